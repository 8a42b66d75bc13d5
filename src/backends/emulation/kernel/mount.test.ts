import { describe, expect, it } from 'vitest';
import { MS_NODEV, MS_RDONLY, O_CREAT, O_RDONLY, O_WRONLY } from '../vfs/types.ts';
import { World } from './testing/world.ts';
import { call } from './testing/programs.ts';

const AT_FDCWD = -100;
const MS_REMOUNT = 32;
const MS_BIND = 4096;
const MNT_DETACH = 2;

describe('mount(2)', () => {
  it('tmpfs with size and mode; ENOSPC beyond its size; statfs tells its type', async () => {
    const world = new World();
    world.mkdir('/mnt');
    await world.run(function* (self, sys) {
      sys.mount(self, 'none', '/mnt', 'tmpfs', MS_NODEV, 'size=8k,mode=750');
      expect(sys.stat(self, AT_FDCWD, '/mnt', true).mode & 0o7777).toBe(0o750);
      const fd = yield* call(sys.openat(self, AT_FDCWD, '/mnt/f', O_WRONLY | O_CREAT, 0o600));
      expect(() => sys.write(self, fd, new Uint8Array(9000))).toThrow('ENOSPC');
      expect(sys.statfs(self, AT_FDCWD, '/mnt')).toMatchObject({ type: 0x01021994, blocks: 2 });
    });
  });

  it.each([
    ['an unknown type', 'ext4', '', 'ENODEV'],
    ['an unknown option', 'tmpfs', 'sizee=3', 'EINVAL'],
    ['a bad size', 'tmpfs', 'size=many', 'EINVAL'],
    ['an option of another type', 'proc', 'size=3', 'EINVAL'],
    ['a bad devpts mode', 'devpts', 'mode=9', 'EINVAL'],
  ])('%s is refused', async (_name, type, data, expected) => {
    const world = new World();
    world.mkdir('/mnt');
    await world.run((self, sys) => {
      expect(() => sys.mount(self, 'none', '/mnt', type, 0, data)).toThrow(expected);
    });
  });

  it('a file system does not go over a file', async () => {
    const world = new World();
    world.file('/tmp/f', '');
    await world.run((self, sys) => {
      expect(() => sys.mount(self, 'none', '/tmp/f', 'tmpfs', 0, '')).toThrow('ENOTDIR');
    });
  });

  it('a bind shows the same files; remounted read-only it refuses writes, and its source does not', async () => {
    const world = new World();
    world.mkdir('/source');
    world.mkdir('/target');
    world.file('/source/f', 'x');
    await world.run((self, sys) => {
      sys.mount(self, '/source', '/target', '', MS_BIND, '');
      expect(sys.stat(self, AT_FDCWD, '/target/f', true).ino).toBe(sys.stat(self, AT_FDCWD, '/source/f', true).ino);
      sys.mount(self, '', '/target', '', MS_REMOUNT | MS_BIND | MS_RDONLY, '');
      expect(() => sys.openat(self, AT_FDCWD, '/target/f', O_WRONLY, 0)).toThrow('EROFS');
      sys.openat(self, AT_FDCWD, '/source/f', O_WRONLY, 0);
    });
  });

  it('sysfs tells the processors, mqueue is an empty directory, devpts has ptmx', async () => {
    const world = new World();
    for (const name of ['/sys', '/mq', '/pts']) world.mkdir(name);
    await world.run((self, sys) => {
      sys.mount(self, 'sysfs', '/sys', 'sysfs', 0, '');
      sys.mount(self, 'mqueue', '/mq', 'mqueue', 0, '');
      sys.mount(self, 'devpts', '/pts', 'devpts', 0, 'newinstance,ptmxmode=0666,gid=5');
      const fd = sys.openat(self, AT_FDCWD, '/sys/devices/system/cpu/online', O_RDONLY, 0) as number;
      const buffer = new Uint8Array(9);
      expect(sys.read(self, fd, buffer)).toBe(2);
      expect(sys.stat(self, AT_FDCWD, '/sys/fs/cgroup', true).mode & 0o170000).toBe(0o040000);
      expect(sys.readdir(self, sys.openat(self, AT_FDCWD, '/mq', O_RDONLY, 0) as number)).toHaveLength(2);
      expect(sys.stat(self, AT_FDCWD, '/pts/ptmx', true).mode).toBe(0o020666);
      expect(() => sys.mkdirat(self, AT_FDCWD, '/sys/new', 0o755)).toThrow('EPERM');
    });
  });
});

describe('umount2(2)', () => {
  it('gives back the memory of a tmpfs once it is mounted nowhere; detached in use, it stays charged', async () => {
    const world = new World();
    world.mkdir('/mnt');
    world.mkdir('/second');
    await world.run((self, sys) => {
      const files = (): number => world.vfs.memory.files;
      const write = (path: string): number => {
        const fd = sys.openat(self, AT_FDCWD, path, O_WRONLY | O_CREAT, 0o600) as number;
        sys.write(self, fd, new Uint8Array(100_000));
        return fd;
      };
      const before = files();
      sys.mount(self, 'none', '/mnt', 'tmpfs', 0, '');
      sys.close(self, write('/mnt/f'));
      sys.mount(self, '/mnt', '/second', '', MS_BIND, '');
      sys.umount(self, '/mnt', 0);
      expect(files()).toBeGreaterThan(before + 100_000);
      sys.umount(self, '/second', 0);
      expect(files()).toBe(before);
      sys.mount(self, 'none', '/mnt', 'tmpfs', 0, '');
      write('/mnt/f');
      sys.umount(self, '/mnt', MNT_DETACH);
      expect(files()).toBeGreaterThan(before + 100_000);
    });
  });

  it('EBUSY while a file or a working directory is in it, MNT_DETACH does not ask', async () => {
    const world = new World();
    world.mkdir('/mnt');
    await world.run((self, sys) => {
      sys.mount(self, 'none', '/mnt', 'tmpfs', 0, '');
      sys.chdir(self, '/mnt');
      expect(() => sys.umount(self, '/mnt', 0)).toThrow('EBUSY');
      sys.chdir(self, '/');
      const fd = sys.openat(self, AT_FDCWD, '/mnt/f', O_WRONLY | O_CREAT, 0o600) as number;
      expect(() => sys.umount(self, '/mnt', 0)).toThrow('EBUSY');
      sys.umount(self, '/mnt', MNT_DETACH);
      expect(() => sys.stat(self, AT_FDCWD, '/mnt/f', true)).toThrow('ENOENT');
      expect(sys.write(self, fd, new Uint8Array(3))).toBe(3);
      expect(() => sys.umount(self, '/', 0)).toThrow('EINVAL');
      expect(() => sys.umount(self, '/mnt', 1024)).toThrow('EINVAL');
    });
  });
});
