import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { callerIsRoot, hostBind } from './index.ts';
import { Box, hostPaths, hostTree, outcome, removeTemporaryDirectories } from './test-kit.ts';
import { O_CREAT, O_RDWR, O_TRUNC, O_WRONLY, S_IFCHR, S_IFIFO } from './types.ts';

afterAll(removeTemporaryDirectories);

let root: string;
let box: Box;
beforeEach(() => {
  root = hostTree({ 'd/f': 'host', link: '->d/f', hard: '=d/f' });
  box = new Box(hostBind(root), { umask: 0 });
});

const onHost = (path: string): string => fs.readFileSync(join(root, path), 'latin1');

describe('a host directory mounted read-write', () => {
  it('writes to the host and sees what the host writes', () => {
    box.write('/link', 'guest');
    expect(onHost('d/f')).toBe('guest');
    fs.writeFileSync(join(root, 'd/f'), 'host again');
    expect(box.read('/hard')).toBe('host again');
    fs.writeFileSync(join(root, 'new'), 'n');
    expect(box.list('/')).toEqual(['d', 'hard', 'link', 'new']);
    fs.rmSync(join(root, 'new'));
    expect(outcome(() => box.at('/new'))).toBe('ENOENT');
  });

  it('makes files, directories and links with the exact mode, whatever the umask of this process', () => {
    const previous = process.umask(0o077);
    try {
      box.open('/f', O_CREAT | O_RDWR, 0o666);
      box.mkdir('/dir', 0o777);
    } finally {
      process.umask(previous);
    }
    box.symlink('/nowhere', '/s');
    expect(fs.statSync(join(root, 'f')).mode & 0o7777).toBe(0o666);
    expect(fs.statSync(join(root, 'dir')).mode & 0o7777).toBe(0o777);
    expect(fs.readlinkSync(join(root, 's'))).toBe('/nowhere');
    expect(outcome(() => box.vfs.mknod(box.context, '/fifo', S_IFIFO | 0o600, 0))).toBe('EPERM');
    expect(outcome(() => box.vfs.mknod(box.context, '/null', S_IFCHR | 0o600, 259))).toBe('EPERM');
  });

  it('keeps opened files that lose their name, from inside and from outside', () => {
    box.unlink('/hard');
    const { inode } = box.open('/d/f', O_RDWR);
    inode.acquire();
    box.unlink('/d/f');
    inode.writeAt(0, Buffer.from('HO'));
    const buffer = Buffer.alloc(9);
    expect(buffer.toString('latin1', 0, inode.readAt(0, buffer))).toBe('HOst');
    expect(inode.stat()).toMatchObject({ nlink: 0, size: 4 });
    inode.setAttributes({ size: 1 });
    expect(inode.size).toBe(1);
    inode.release();
    box.write('/x', 'outside');
    const other = box.open('/x').inode;
    other.acquire();
    fs.rmSync(join(root, 'x'));
    expect(buffer.toString('latin1', 0, other.readAt(0, buffer))).toBe('outside');
    other.release();
    expect(outcome(() => other.readAt(0, buffer))).toBe('ENOENT');
  });

  it('gives one object for all names of a file', () => {
    expect(box.at('/hard').inode).toBe(box.at('/d/f').inode);
    expect(box.stat('/hard').nlink).toBe(2);
    box.link('/hard', '/third');
    expect(box.stat('/d/f').nlink).toBe(3);
  });

  it('sets mode, size and times; a gap reads as zeros', () => {
    box.chmod('/d/f', 0o4711);
    expect(fs.statSync(join(root, 'd/f')).mode & 0o7777).toBe(0o4711);
    box.vfs.setAttributes(box.context, box.at('/d/f'), { atime: 5_000_000_000n, mtime: 7_500_000_000n });
    expect(box.stat('/d/f')).toMatchObject({ atime: 5_000_000_000n, mtime: 7_500_000_000n });
    box.at('/d/f').inode.writeAt(6, Buffer.from('!'));
    expect(onHost('d/f')).toBe('host\0\0!');
    box.vfs.setAttributes(box.context, box.at('/link', false), { mtime: 1_000_000_000n });
    expect(fs.lstatSync(join(root, 'link')).mtimeMs).toBe(1000);
  });

  it.runIf(process.getuid?.() === 0)('changes owners where the host lets it', () => {
    box.chown('/d/f', 12, 34);
    box.chown('/link', 5, 6);
    expect(fs.statSync(join(root, 'd/f'))).toMatchObject({ uid: 12, gid: 34 });
    expect(fs.lstatSync(join(root, 'link'))).toMatchObject({ uid: 5, gid: 6 });
  });

  it.skipIf(process.getuid?.() === 0)('an unprivileged host user’s container root owns nothing that the host does not let it', () => {
    box.write('/made', 'by container root');
    expect(box.stat('/made').uid).toBe(process.getuid?.());
    expect(outcome(() => box.chown('/made', 12, 34))).toBe('EPERM');
    fs.chmodSync(join(root, 'd/f'), 0);
    expect(outcome(() => box.open('/d/f'))).toBe('EACCES');
    fs.chmodSync(join(root, 'd/f'), 0o400);
    expect([outcome(() => box.open('/d/f')), outcome(() => box.open('/d/f', O_RDWR))]).toEqual(['ok', 'EACCES']);
    box.chmod('/d/f', 0o200);
    expect(outcome(() => box.open('/d/f', O_WRONLY))).toBe('ok');
  });

  it('read-only refuses every change and reads all the same', () => {
    const before = hostPaths(root);
    const sealed = new Box(hostBind(root, { readonly: true }));
    expect(sealed.read('/link')).toBe('host');
    const attempts = [
      () => sealed.open('/d/f', O_WRONLY),
      () => sealed.open('/d/f', O_TRUNC),
      () => sealed.write('/new', ''),
      () => sealed.mkdir('/new'),
      () => sealed.symlink('x', '/new'),
      () => sealed.link('/hard', '/new'),
      () => sealed.unlink('/hard'),
      () => sealed.rmdir('/d'),
      () => sealed.rename('/hard', '/new'),
      () => sealed.chmod('/hard', 0),
      () => sealed.at('/hard').inode.writeAt(0, Buffer.from('x')),
    ];
    expect(attempts.map(outcome)).toEqual(attempts.map(() => 'EROFS'));
    expect(hostPaths(root)).toEqual(before);
    expect(onHost('hard')).toBe('host');
  });

  it('a source that is missing or a loop is an error of its own', () => {
    expect(outcome(() => hostBind(join(root, 'none')))).toBe('ENOENT');
    fs.symlinkSync('loop', join(root, 'loop'));
    expect(outcome(() => hostBind(join(root, 'loop')))).toBe('ELOOP');
  });
});

describe('ids of a host user who is root in the container', () => {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];

  it('his files are root’s, and what root makes is his', () => {
    const directory = fs.mkdtempSync(join(tmpdir(), 'tsrun-ids-'));
    try {
      fs.writeFileSync(join(directory, 'file'), '');
      const bind = hostBind(directory, { ids: callerIsRoot(uid, gid) });
      expect(bind.root.lookup('file')).toMatchObject({ uid: 0, gid: 0 });
      const made = bind.root.create('made', { mode: 0o100644, uid: 0, gid: 0 });
      expect(made.stat()).toMatchObject({ uid: 0, gid: 0 });
      expect(fs.statSync(join(directory, 'made'))).toMatchObject({ uid, gid });
      made.setAttributes({ uid: 0, gid: 0 });
      expect(fs.statSync(join(directory, 'made'))).toMatchObject({ uid, gid });
    } finally {
      fs.rmSync(directory, { recursive: true });
    }
  });

  it('ids of others stay what they are', () => {
    const ids = callerIsRoot(1000, 100);
    expect([ids.uid(1000), ids.uid(1001), ids.uid(0), ids.gid(100), ids.hostUid(0), ids.hostGid(0), ids.hostUid(5)]).toEqual([
      0, 1001, 0, 0, 1000, 100, 5,
    ]);
  });
});
