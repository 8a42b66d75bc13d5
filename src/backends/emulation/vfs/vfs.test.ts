import { beforeEach, describe, expect, it } from 'vitest';
import { createVfs, memoryFileSystem, pseudoFileSystem } from './index.ts';
import { MS_RDONLY, O_APPEND, O_CREAT, O_EXCL, O_RDWR, type PathContext, type Vfs } from './types.ts';

let vfs: Vfs;
let root: PathContext;
beforeEach(() => {
  vfs = createVfs(memoryFileSystem({ mode: 0o755 }));
  root = { root: vfs.root, cwd: vfs.root, credentials: { uid: 0, gid: 0, groups: [], capabilities: (1n << 41n) - 1n }, umask: 0o22 };
});

describe('smoke', () => {
  it('makes, links, renames, mounts', () => {
    vfs.mkdir(root, '/a', 0o777);
    vfs.mkdir(root, 'a/b/', 0o777);
    const { location } = vfs.open(root, '/a/b/f', O_CREAT | O_EXCL | O_RDWR | O_APPEND, 0o666);
    expect(location.inode.mode & 0o7777).toBe(0o644);
    location.inode.writeAt(10, Buffer.from('hello'));
    const buffer = Buffer.alloc(20);
    expect(location.inode.readAt(0, buffer)).toBe(15);
    expect(buffer.toString('latin1', 0, 15)).toBe('\0'.repeat(10) + 'hello');
    expect(vfs.pathOf(location)).toBe('/a/b/f');
    vfs.symlink(root, '../a/b', '/a/l');
    expect(vfs.resolve(root, '/a/l/../l/f').inode).toBe(location.inode);
    vfs.link(root, '/a/l/f', root, '/g');
    expect(location.inode.stat().nlink).toBe(2);
    expect(() => vfs.rename(root, '/a', root, '/a/b/c')).toThrow('EINVAL');
    vfs.rename(root, '/a/b', root, '/c');
    expect(vfs.pathOf(location)).toBe('/c/f');
    vfs.unlink(root, '/c/f');
    expect(vfs.pathOf(location)).toBe('/c/f (deleted)');
    const mount = vfs.mount(memoryFileSystem(), vfs.resolve(root, '/c'), { flags: MS_RDONLY, source: 'tmpfs' });
    expect(vfs.pathOf(vfs.resolve(root, '/c/..'))).toBe('/');
    expect(() => vfs.mkdir(root, '/c/x', 0o777)).toThrow('EROFS');
    vfs.remount(mount, 0);
    vfs.mkdir(root, '/c/x', 0o777);
    expect(() => vfs.rmdir(root, '/c')).toThrow('EBUSY');
    vfs.unmount(mount);
    vfs.rmdir(root, '/c');
  });
  it('serves pseudo files', () => {
    vfs.mkdir(root, '/proc', 0o755);
    let pids = ['1', '2'];
    const proc = pseudoFileSystem({
      type: 'proc',
      magic: 0x9fa0,
      root: {
        kind: 'directory',
        entries: { uptime: { kind: 'file', read: () => '1 1\n' }, self: { kind: 'link', target: () => '1' } },
        list: () => pids,
        lookup: (name) =>
          pids.includes(name)
            ? {
                kind: 'directory',
                entries: { cwd: { kind: 'link', target: () => '/', magic: () => vfs.root }, comm: { kind: 'file', read: () => name } },
              }
            : undefined,
      },
    });
    vfs.mount(proc, vfs.resolve(root, '/proc'), { flags: 0, source: 'proc' });
    const comm = vfs.resolve(root, '/proc/self/comm').inode;
    const buffer = Buffer.alloc(8);
    expect(comm.openSpecial!(0).readAt(0, buffer)).toBe(1);
    expect(vfs.resolve(root, '/proc/2/cwd').inode).toBe(vfs.root.inode);
    expect([...proc.root.entries()].map(([name]) => name)).toEqual(['uptime', 'self', '1', '2']);
    pids = ['1'];
    expect(() => vfs.resolve(root, '/proc/2')).toThrow('ENOENT');
  });
});
