import { beforeEach, describe, expect, it } from 'vitest';
import { memoryFileSystem } from './index.ts';
import { Box, outcome, user } from './test-kit.ts';
import { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_PATH, O_RDWR, O_TRUNC, O_WRONLY } from './types.ts';

let box: Box;
beforeEach(() => {
  box = new Box(memoryFileSystem({ mode: 0o755 }));
  for (const path of ['/a', '/a/b', '/root', '/root2']) box.mkdir(path);
  box.write('/a/b/f', 'deep');
  box.write('/f', 'top');
  box.write('/root2/f', 'sibling');
  box.symlink('a/b', '/rel');
  box.symlink('/a/b', '/abs');
  box.symlink('new', '/dangling');
  box.symlink('loop2', '/loop1');
  box.symlink('loop1', '/loop2');
});

describe('path resolution', () => {
  it.each([
    ['', 'ENOENT'],
    ['/f/', 'ENOTDIR'],
    ['/f/.', 'ENOTDIR'],
    ['/f/..', 'ENOTDIR'],
    ['/a/b/f/x', 'ENOTDIR'],
    ['/none', 'ENOENT'],
    ['/none/..', 'ENOENT'],
    ['/a\0b', 'EINVAL'],
    ['/f\0', 'EINVAL'],
    ['/loop1', 'ELOOP'],
    ['/loop1/x', 'ELOOP'],
    ['/dangling', 'ENOENT'],
    [`/${'n'.repeat(256)}`, 'ENAMETOOLONG'],
    [`/${'n'.repeat(255)}`, 'ENOENT'],
    [`/${'é'.repeat(128)}`, 'ENAMETOOLONG'],
    [`/${'é'.repeat(127)}`, 'ENOENT'],
    ['/a/..'.repeat(819), 'ok'],
    ['/a/..'.repeat(820), 'ENAMETOOLONG'],
    ['//a///b//', 'ok'],
    ['/rel/', 'ok'],
    ['/abs/f', 'ok'],
    ['/abs/../../f', 'ok'],
  ])('of %j gives %s', (path, expected) => {
    expect(outcome(() => box.at(path))).toBe(expected);
  });

  it('takes `..` of a linked directory physically, not by the text', () => {
    expect(box.pathOf('/rel/..')).toBe('/a');
    expect(box.pathOf('/abs/.././b')).toBe('/a/b');
  });

  it('follows 40 links and not 41', () => {
    box.symlink('/f', '/l1');
    for (let i = 2; i <= 41; i++) box.symlink(`l${i - 1}`, `/l${i}`);
    expect(outcome(() => box.at('/l40'))).toBe('ok');
    expect(outcome(() => box.at('/l41'))).toBe('ELOOP');
  });

  it('stops at the root of the process, whose name is no prefix of a sibling', () => {
    const jail = box.as({ root: box.at('/root'), cwd: box.at('/root') });
    box.symlink('/../root2/f', '/root/out');
    box.symlink('../root2', '/root/out2');
    expect(outcome(() => jail.read('/../root2/f'))).toBe('ENOENT');
    expect(outcome(() => jail.read('2/f'))).toBe('ENOENT');
    expect(outcome(() => jail.read('/out'))).toBe('ENOENT');
    expect(outcome(() => jail.read('/out2/f'))).toBe('ENOENT');
    expect(jail.vfs.pathOf(jail.at('../..'), jail.context.root)).toBe('/');
    expect(jail.vfs.pathOf(box.at('/root2/f'), jail.context.root)).toBe('(unreachable)/root2/f');
  });

  it('searches only directories that the caller may search', () => {
    const other = box.as({ credentials: user(5) });
    box.chmod('/a', 0o744);
    expect(outcome(() => other.at('/a'))).toBe('ok');
    expect(outcome(() => other.at('/a/b'))).toBe('EACCES');
    expect(outcome(() => other.at('/a/none'))).toBe('EACCES');
    expect(outcome(() => other.at('/a/.'))).toBe('EACCES');
  });
});

describe('open(2)', () => {
  const open = (path: string, flags: number) => outcome(() => box.open(path, flags));

  it.each([
    ['/f', O_CREAT | O_EXCL, 'EEXIST'],
    ['/dangling', O_CREAT | O_EXCL, 'EEXIST'],
    ['/a', O_CREAT | O_EXCL, 'EEXIST'],
    ['/a/.//', O_CREAT | O_EXCL, 'EEXIST'],
    ['//', O_CREAT | O_EXCL, 'EEXIST'],
    ['/a/', O_CREAT | O_EXCL, 'EISDIR'],
    ['/a/./', O_CREAT, 'EISDIR'],
    ['/a', O_CREAT, 'EISDIR'],
    ['/a', O_WRONLY, 'EISDIR'],
    ['/a', O_RDWR, 'EISDIR'],
    ['/a', O_TRUNC, 'EISDIR'],
    ['/a', 0, 'ok'],
    ['/new/', O_CREAT, 'EISDIR'],
    ['/f/', O_CREAT, 'EISDIR'],
    ['/f/', 0, 'ENOTDIR'],
    ['/', O_CREAT, 'EISDIR'],
    ['/a/.', O_CREAT, 'EISDIR'],
    ['/a/..', O_CREAT, 'EISDIR'],
    ['/f', O_DIRECTORY, 'ENOTDIR'],
    ['/a', O_DIRECTORY, 'ok'],
    ['/f', O_CREAT | O_DIRECTORY, 'EINVAL'],
    ['/rel', O_NOFOLLOW, 'ELOOP'],
    ['/rel/f', O_NOFOLLOW, 'ok'],
    ['/rel/', O_NOFOLLOW, 'ok'],
    ['/rel', O_NOFOLLOW | O_DIRECTORY, 'ENOTDIR'],
    ['/rel', O_NOFOLLOW | O_PATH, 'ok'],
    ['/dangling', O_CREAT | O_NOFOLLOW, 'ELOOP'],
    ['/none/x', O_CREAT, 'ENOENT'],
    ['/loop1', O_CREAT, 'ELOOP'],
  ])('of %s with flags %o gives %s', (path, flags, expected) => {
    expect(open(path, flags)).toBe(expected);
  });

  it('with O_CREAT makes the file that a dangling link names', () => {
    box.symlink('/a/../a/made', '/far');
    const opened = box.vfs.open(box.context, '/far', O_CREAT | O_WRONLY, 0o600);
    expect(opened.created).toBe(true);
    expect(box.vfs.pathOf(opened.location)).toBe('/a/made');
    expect(box.vfs.open(box.context, '/far', O_CREAT | O_WRONLY, 0o600).created).toBe(false);
  });

  it('applies the umask to permission bits only, and never to links', () => {
    const masked = box.as({ umask: 0o7077 });
    masked.open('/m', O_CREAT, 0o4777);
    masked.mkdir('/d', 0o1777);
    masked.symlink('x', '/s');
    expect([box.stat('/m').mode & 0o7777, box.stat('/d').mode & 0o7777, box.stat('/s', false).mode & 0o7777]).toEqual([
      0o4700, 0o1700, 0o777,
    ]);
  });

  it('with O_TRUNC empties the file and drops its set-id bits for those without CAP_FSETID', () => {
    box.chown('/f', 5, 5);
    box.chmod('/f', 0o6777);
    box.open('/f', O_WRONLY | O_TRUNC);
    expect(box.stat('/f').mode & 0o7777).toBe(0o6777);
    box.as({ credentials: user(5) }).open('/f', O_WRONLY | O_TRUNC);
    expect([box.stat('/f').mode & 0o7777, box.stat('/f').size]).toEqual([0o777, 0]);
  });
});

describe('removal', () => {
  it.each([
    ['unlink', '/a', 'EISDIR'],
    ['unlink', '/f/', 'ENOTDIR'],
    ['unlink', '/a/', 'EISDIR'],
    ['unlink', '/none', 'ENOENT'],
    ['unlink', '/none/', 'ENOENT'],
    ['unlink', '/', 'EISDIR'],
    ['unlink', '/a/.', 'EISDIR'],
    ['unlink', '/a/..', 'EISDIR'],
    ['unlink', '/rel', 'ok'],
    ['unlink', '/rel/', 'ENOTDIR'],
    ['rmdir', '/f', 'ENOTDIR'],
    ['rmdir', '/a', 'ENOTEMPTY'],
    ['rmdir', '/rel', 'ENOTDIR'],
    ['rmdir', '/rel/', 'ENOTDIR'],
    ['rmdir', '/root/', 'ok'],
    ['rmdir', '/root/.', 'EINVAL'],
    ['rmdir', '/a/b/..', 'ENOTEMPTY'],
    ['rmdir', '/', 'EBUSY'],
    ['mkdir', '/a', 'EEXIST'],
    ['mkdir', '/dangling', 'EEXIST'],
    ['mkdir', '/dangling/', 'EEXIST'],
    ['mkdir', '/', 'EEXIST'],
    ['mkdir', '/a/.', 'EEXIST'],
    ['mkdir', '/none/x', 'ENOENT'],
    ['mkdir', '/new//', 'ok'],
  ] as const)('%s of %s gives %s', (operation, path, expected) => {
    expect(outcome(() => box[operation](path))).toBe(expected);
  });

  it('of a directory leaves who is in it in an empty one that takes nothing new', () => {
    const inner = box.in('/root');
    box.rmdir('/root');
    expect(inner.list('.')).toEqual([]);
    expect(outcome(() => inner.write('x', ''))).toBe('ENOENT');
    expect(outcome(() => inner.mkdir('x'))).toBe('ENOENT');
    expect(outcome(() => inner.link('/f', 'x'))).toBe('ENOENT');
    expect(outcome(() => inner.rename('/f', 'x'))).toBe('ENOENT');
    expect(inner.pathOf('..')).toBe('/');
    expect(inner.vfs.pathOf(inner.context.cwd)).toBe('/root (deleted)');
    expect(inner.stat('.').nlink).toBe(0);
  });
});

describe('link(2) and symlink(2)', () => {
  it.each([
    ['/f', '/hard', 'ok'],
    ['/a', '/hard', 'EPERM'],
    ['/f', '/a', 'EEXIST'],
    ['/f', '/hard/', 'ENOENT'],
    ['/f/', '/hard', 'ENOTDIR'],
    ['/none', '/hard', 'ENOENT'],
    ['/rel', '/hard', 'ok'],
    ['/f', '/dangling', 'EEXIST'],
  ])('link of %s to %s gives %s', (from, to, expected) => {
    expect(outcome(() => box.link(from, to))).toBe(expected);
  });

  it('a hard link to a symbolic link is one, unless it is to be followed', () => {
    box.symlink('/f', '/s');
    box.link('/s', '/h1');
    box.link('/s', '/h2', true);
    expect(box.vfs.readlink(box.context, '/h1')).toBe('/f');
    expect(box.at('/h2').inode).toBe(box.at('/f').inode);
  });

  it.each([
    ['', '/s', 'ENOENT'],
    ['x', '/f', 'EEXIST'],
    ['x', '/s/', 'ENOENT'],
    ['x\0y', '/s', 'EINVAL'],
    ['x'.repeat(4095), '/s', 'ok'],
    ['x'.repeat(4096), '/s', 'ENAMETOOLONG'],
  ])('symlink of %j to %s gives %s', (target, path, expected) => {
    expect(outcome(() => box.symlink(target, path))).toBe(expected);
  });

  it('readlink of what is no link is EINVAL', () => {
    expect(outcome(() => box.vfs.readlink(box.context, '/f'))).toBe('EINVAL');
    expect(outcome(() => box.vfs.readlink(box.context, '/rel/'))).toBe('EINVAL');
    expect(box.vfs.readlink(box.context, '/rel')).toBe('a/b');
  });
});

describe('the path of an open file', () => {
  it('follows renames and tells when the name is gone', () => {
    const location = box.open('/f');
    box.rename('/f', '/a/g');
    expect(box.vfs.pathOf(location)).toBe('/a/g');
    box.rename('/a', '/z');
    expect(box.vfs.pathOf(location)).toBe('/z/g');
    box.unlink('/z/g');
    expect(box.vfs.pathOf(location)).toBe('/z/g (deleted)');
    box.write('/z/g', 'another');
    expect(box.vfs.pathOf(location)).toBe('/z/g (deleted)');
  });
});
