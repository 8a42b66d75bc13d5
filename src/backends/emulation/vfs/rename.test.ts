import { beforeEach, describe, expect, it } from 'vitest';
import { memoryFileSystem } from './index.ts';
import { Box, outcome, user } from './test-kit.ts';

let box: Box;
beforeEach(() => {
  box = new Box(memoryFileSystem({ mode: 0o755 }));
  box.mkdir('/empty');
  box.mkdir('/empty2');
  box.mkdir('/full');
  box.mkdir('/full/sub');
  box.write('/file', 'f');
  box.write('/file2', 'f2');
  box.symlink('full', '/link');
  box.symlink('nowhere', '/dangling');
});

describe('rename(2)', () => {
  it.each([
    ['/file', '/new', 'ok'],
    ['/file', '/file2', 'ok'],
    ['/file', '/file', 'ok'],
    ['/file', '/empty', 'EISDIR'],
    ['/file', '/full', 'EISDIR'],
    ['/file', '/link', 'ok'],
    ['/file', '/new/', 'ENOTDIR'],
    ['/file/', '/new', 'ENOTDIR'],
    ['/file', '/none/new', 'ENOENT'],
    ['/file', '/file2/new', 'ENOTDIR'],
    ['/none', '/new', 'ENOENT'],
    ['/none', '/empty', 'ENOENT'],
    ['/empty', '/new', 'ok'],
    ['/empty', '/new/', 'ok'],
    ['/empty/', '/new', 'ok'],
    ['/empty', '/empty2', 'ok'],
    ['/empty', '/full', 'ENOTEMPTY'],
    ['/full', '/empty', 'ok'],
    ['/empty', '/file', 'ENOTDIR'],
    ['/empty', '/link', 'ENOTDIR'],
    ['/full', '/full/sub/new', 'EINVAL'],
    ['/full', '/full/new', 'EINVAL'],
    ['/full', '/link/new', 'EINVAL'],
    ['/full', '/full', 'ok'],
    ['/full/sub', '/full', 'ENOTEMPTY'],
    ['/full/sub', '/', 'EBUSY'],
    ['/', '/new', 'EBUSY'],
    ['/full/.', '/new', 'EBUSY'],
    ['/full/sub/..', '/new', 'EBUSY'],
    ['/file', '/full/.', 'EBUSY'],
    ['/file', '/full/..', 'EBUSY'],
    ['/link', '/new', 'ok'],
    ['/link/', '/new', 'ENOTDIR'],
    ['/dangling', '/file', 'ok'],
    ['/link/sub', '/new', 'ok'],
  ])('of %s to %s gives %s', (from, to, expected) => {
    const before = box.list('/').join();
    expect(outcome(() => box.rename(from, to))).toBe(expected);
    if (expected === 'ok') return;
    expect(box.list('/').join()).toBe(before);
    expect(box.list('/full')).toEqual(['sub']);
  });

  it('of one name of a file to another name of it does nothing', () => {
    box.link('/file', '/hard');
    box.rename('/file', '/hard');
    expect(box.list('/')).toContain('file');
    expect(box.stat('/file').nlink).toBe(2);
  });

  it('replaces atomically: who has the old file open keeps it', () => {
    const old = box.open('/file2').inode;
    old.acquire();
    box.rename('/file', '/file2');
    expect(box.read('/file2')).toBe('f');
    const buffer = Buffer.alloc(9);
    expect(buffer.toString('latin1', 0, old.readAt(0, buffer))).toBe('f2');
    expect(old.stat().nlink).toBe(0);
    old.release();
  });

  it('keeps the link counts of directories', () => {
    expect(box.stat('/').nlink).toBe(5);
    box.rename('/full/sub', '/empty/sub');
    expect([box.stat('/full').nlink, box.stat('/empty').nlink]).toEqual([2, 3]);
    box.rename('/empty', '/empty2');
    expect(box.stat('/').nlink).toBe(4);
  });

  it('of a directory moves what `..` of it is', () => {
    const inner = box.in('/full/sub');
    box.rename('/full/sub', '/empty/moved');
    expect(inner.pathOf('..')).toBe('/empty');
    expect(inner.pathOf('.')).toBe('/empty/moved');
  });

  it('goes across no mount, not even to another bind of the same file system', () => {
    box.vfs.mount(memoryFileSystem(), box.at('/empty'), { flags: 0, source: 'tmpfs' });
    expect(outcome(() => box.rename('/file', '/empty/x'))).toBe('EXDEV');
    expect(outcome(() => box.link('/file', '/empty/x'))).toBe('EXDEV');
    box.vfs.bind(box.at('/full'), box.at('/empty2'), { flags: 0, recursive: false });
    expect(outcome(() => box.rename('/file', '/empty2/x'))).toBe('EXDEV');
    expect(outcome(() => box.rename('/empty2', '/x'))).toBe('EBUSY');
    expect(outcome(() => box.rename('/full', '/empty2'))).toBe('EBUSY');
  });

  it('needs the right to write the moved directory when its `..` changes', () => {
    const owner = user(7);
    box.chmod('/', 0o777);
    box.chmod('/full', 0o777);
    box.chown('/full/sub', 8, 8);
    const other = box.as({ credentials: owner });
    expect(outcome(() => other.rename('/full/sub', '/full/sub2'))).toBe('ok');
    expect(outcome(() => other.rename('/full/sub2', '/moved'))).toBe('EACCES');
    box.chmod('/full/sub2', 0o777);
    expect(outcome(() => other.rename('/full/sub2', '/moved'))).toBe('ok');
  });
});
