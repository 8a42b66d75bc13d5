import { afterAll, describe, expect, it } from 'vitest';
import { MACHINE_MEMORY } from './container-memory.ts';
import { hostDirectoryLayer, memoryFileSystem, overlayFileSystem } from './index.ts';
import { Box, hostTree, outcome, removeTemporaryDirectories } from './test-kit.ts';
import { type FileSystem, O_CREAT, O_RDWR } from './types.ts';

afterAll(removeTemporaryDirectories);

const MIB = 2 ** 20;
const PAGE = 4096;

/** A mount namespace over `fs` whose container may have so much memory. */
function limited(limit: number, fs: FileSystem = memoryFileSystem()): Box {
  const box = new Box(fs);
  box.vfs.memory.limit = limit;
  return box;
}

/** Writes 64 KiB at a time until something is in the way; gives what and how much was written. */
function fill(box: Box, path: string): readonly [error: string, bytes: number] {
  const { inode } = box.open(path, O_CREAT | O_RDWR);
  const block = Buffer.alloc(65536, 'x');
  for (let at = 0; ; at += block.length) {
    const error = outcome(() => inode.writeAt(at, block));
    if (error !== 'ok') return [error, at];
  }
}

describe('a file system without a size', () => {
  it('has half of the machine’s memory and says so', () => {
    for (const fs of [memoryFileSystem(), overlayFileSystem({ layers: [hostDirectoryLayer(hostTree({}))] })]) {
      const { blocks, bfree, files, ffree } = fs.statfs();
      expect(blocks).toBe(Math.floor(MACHINE_MEMORY / 2 / PAGE));
      expect(blocks - bfree).toBeLessThan(2);
      expect(files).toBeLessThanOrEqual(blocks);
      expect(files - ffree).toBeLessThan(2);
    }
  });

  it('has half of the container’s memory where that is limited, less what other files have', () => {
    const box = limited(8 * MIB);
    expect(box.vfs.root.mount.fs.statfs().blocks).toBe((4 * MIB) / PAGE);
    box.mkdir('/other');
    const other = memoryFileSystem({ quota: { bytes: 64 * MIB } });
    box.vfs.mount(other, box.at('/other'), { flags: 0, source: 'tmpfs' });
    box.write('/other/f', 'x'.repeat(3 * MIB));
    const { blocks, bavail } = box.vfs.root.mount.fs.statfs();
    expect(blocks).toBe((4 * MIB) / PAGE);
    expect(bavail).toBeLessThanOrEqual(MIB / PAGE);
    expect(other.statfs().bavail).toBe(bavail);
  });
});

describe('files of a container', () => {
  it('end with ENOSPC at half of its memory, wherever they are, and what is freed can be used again', () => {
    const box = limited(8 * MIB);
    box.mkdir('/a');
    box.vfs.mount(memoryFileSystem(), box.at('/a'), { flags: 0, source: 'tmpfs' });
    const [error, bytes] = fill(box, '/a/f');
    expect(error).toBe('ENOSPC');
    expect(bytes).toBeGreaterThan(4 * MIB - 2 * 65536);
    expect(box.vfs.memory.files).toBeLessThanOrEqual(4 * MIB);
    expect(outcome(() => box.write('/g', 'x'.repeat(2 * 65536)))).toBe('ENOSPC');
    box.at('/a/f').inode.setAttributes({ size: bytes - MIB });
    box.write('/h', 'x'.repeat(MIB / 2));
    box.link('/a/f', '/a/second');
    box.unlink('/a/f');
    expect(fill(box, '/i')[1]).toBeLessThan(MIB);
    const { inode } = box.open('/a/second');
    inode.acquire();
    box.unlink('/a/second');
    expect(fill(box, '/j')[1]).toBe(0);
    inode.release();
    expect(fill(box, '/k')[1]).toBeGreaterThan(2 * MIB);
  });

  it('leave programs what they have: together they stay below the limit', () => {
    const box = limited(8 * MIB);
    box.vfs.memory.addPrograms(7 * MIB);
    expect(fill(box, '/f')[1]).toBeLessThan(MIB);
    expect(box.vfs.memory.used).toBeLessThanOrEqual(8 * MIB);
    expect(box.vfs.memory.refusals).toBe(1);
  });

  it('holes are not charged, what is written into them is', () => {
    const box = limited(8 * MIB);
    const { inode } = box.open('/f', O_CREAT | O_RDWR);
    const before = box.vfs.memory.files;
    inode.setAttributes({ size: 2 ** 40 });
    expect(box.vfs.memory.files).toBe(before);
    inode.writeAt(2 ** 40 - 1, Buffer.from('x'));
    inode.writeAt(2 ** 30, Buffer.from('y'));
    expect(box.vfs.memory.files - before).toBe(PAGE + 65536);
    expect(inode.stat()).toMatchObject({ size: 2 ** 40, blocks: (PAGE + 65536) / 512 });
    const read = Buffer.alloc(2);
    inode.readAt(2 ** 30 - 1, read);
    expect(read.toString()).toBe('\0y');
    inode.readAt(2 ** 40 - 2, read);
    expect(read.toString()).toBe('\0x');
    inode.setAttributes({ size: 2 ** 30 });
    expect(box.vfs.memory.files).toBe(before);
  });

  it('of a layer are free until they are changed, and then cost all their bytes', () => {
    const box = limited(
      8 * MIB,
      overlayFileSystem({ layers: [hostDirectoryLayer(hostTree({ f: 'x'.repeat(MIB), big: 'x'.repeat(5 * MIB) }))] }),
    );
    box.read('/f');
    box.chmod('/f', 0o600);
    expect(box.vfs.memory.files).toBe(0);
    box.at('/f').inode.writeAt(0, Buffer.from('y'));
    expect(box.vfs.memory.files).toBe(MIB);
    expect(outcome(() => box.at('/big').inode.writeAt(0, Buffer.from('y')))).toBe('ENOSPC');
    expect(box.vfs.memory.files).toBe(MIB);
    expect(box.read('/big')).toBe('x'.repeat(5 * MIB));
    box.unlink('/f');
    expect(box.vfs.memory.files).toBe(0);
  });

  it('names, links and the targets of symbolic links cost too, and nothing is left of what is removed', () => {
    const box = limited(MIB);
    const none = box.vfs.memory.files;
    const until = (make: (index: number) => void): number => {
      for (let index = 0; ; index++) if (outcome(() => make(index)) === 'ENOSPC') return index;
    };
    const files = until((index) => box.write(`/${index}`, ''));
    expect(files).toBeGreaterThan(500);
    for (let index = 1; index < files; index++) box.unlink(`/${index}`);
    expect(until((index) => box.link('/0', `/l${index}`))).toBe(files - 1);
    for (let index = 0; index < files - 1; index++) box.unlink(`/l${index}`);
    const links = until((index) => box.symlink('t'.repeat(4000), `/s${index}`));
    expect(links).toBeLessThan(files / 4);
    for (let index = 0; index < links; index++) box.unlink(`/s${index}`);
    box.unlink('/0');
    expect(box.vfs.memory.files).toBe(none);
  });

  it('a write of many pages that does not fit changes nothing, also where it would have filled a hole', () => {
    const box = limited(MIB);
    const { inode } = box.open('/f', O_CREAT | O_RDWR);
    inode.writeAt(0, Buffer.from('start'));
    inode.writeAt(200_000, Buffer.from('end'));
    const before = box.vfs.memory.files;
    expect(outcome(() => inode.writeAt(3, Buffer.alloc(MIB, 'x')))).toBe('ENOSPC');
    expect([inode.size, box.vfs.memory.files]).toEqual([200_003, before]);
    const content = Buffer.alloc(200_003);
    inode.readAt(0, content);
    expect(content.toString('latin1')).toBe(`start${'\0'.repeat(199_995)}end`);
  });
});
