import * as fs from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { hostDirectoryLayer, memoryFileSystem, overlayFileSystem } from './index.ts';
import { Box, hostTree, outcome, removeTemporaryDirectories } from './test-kit.ts';
import { O_CREAT, O_RDWR, type Inode } from './types.ts';

afterAll(removeTemporaryDirectories);

function bytesOf(inode: Inode): Buffer {
  const buffer = Buffer.alloc(inode.size + 10, 0xaa);
  return buffer.subarray(0, inode.readAt(0, buffer));
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), at: fc.nat(20_000), bytes: fc.uint8Array({ maxLength: 300 }) }),
  fc.record({ kind: fc.constant('append' as const), at: fc.constant(0), bytes: fc.uint8Array({ maxLength: 5000 }) }),
  fc.record({ kind: fc.constant('size' as const), at: fc.oneof(fc.nat(20_000), fc.constant(0)), bytes: fc.constant(new Uint8Array(0)) }),
);

/** The model: a file is its bytes. */
function matches(make: (content: Buffer) => Inode): void {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 9000 }), fc.array(step, { maxLength: 20 }), (start, steps) => {
      let model = Buffer.from(start);
      const inode = make(model);
      for (const { kind, at, bytes } of steps) {
        if (kind === 'size') {
          inode.setAttributes({ size: at });
          model = Buffer.concat([model.subarray(0, at), Buffer.alloc(Math.max(0, at - model.length))]);
        } else {
          const position = kind === 'append' ? model.length : at;
          expect(inode.writeAt(position, bytes)).toBe(bytes.length);
          if (bytes.length > 0) {
            const grown = Buffer.alloc(Math.max(model.length, position + bytes.length));
            model.copy(grown);
            grown.set(bytes, position);
            model = grown;
          }
        }
        expect(inode.size).toBe(model.length);
        expect(bytesOf(inode).equals(model)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
}

describe('bytes of files', { timeout: 60_000 }, () => {
  it('in memory are those of a simple model, holes and truncations included', () => {
    matches((content) => {
      const { inode } = new Box(memoryFileSystem()).open('/f', O_CREAT | O_RDWR);
      inode.writeAt(0, content);
      return inode;
    });
  });

  it('copied up from a layer are those of the model', () => {
    matches((content) => {
      const root = hostTree({ f: '' });
      fs.writeFileSync(join(root, 'f'), content);
      const { inode } = new Box(overlayFileSystem({ layers: [hostDirectoryLayer(root)] })).at('/f');
      expect(bytesOf(inode).equals(content)).toBe(true);
      return inode;
    });
  });

  it('a hole costs nothing and reads as zeros', () => {
    const box = new Box(memoryFileSystem({ quota: { bytes: 8192 } }));
    const { inode } = box.open('/f', O_CREAT | O_RDWR);
    inode.setAttributes({ size: 2 ** 40 });
    expect([inode.size, inode.stat().blocks]).toEqual([2 ** 40, 0]);
    const buffer = Buffer.alloc(100, 1);
    expect(inode.readAt(2 ** 39, buffer)).toBe(100);
    expect(buffer.every((byte) => byte === 0)).toBe(true);
    expect(inode.readAt(2 ** 40 - 1, buffer)).toBe(1);
    expect(inode.readAt(2 ** 40, buffer)).toBe(0);
    expect(outcome(() => inode.setAttributes({ size: 2 ** 60 }))).toBe('EFBIG');
  });

  it('bytes cut off by a truncation do not come back', () => {
    const { inode } = new Box(memoryFileSystem()).open('/f', O_CREAT | O_RDWR);
    inode.writeAt(0, Buffer.from('secretsecret'));
    inode.setAttributes({ size: 3 });
    inode.setAttributes({ size: 12 });
    expect(bytesOf(inode).toString('latin1')).toBe('sec' + '\0'.repeat(9));
    inode.setAttributes({ size: 3 });
    inode.writeAt(10, Buffer.from('!'));
    expect(bytesOf(inode).toString('latin1')).toBe('sec' + '\0'.repeat(7) + '!');
  });
});

describe('quotas', () => {
  it('ENOSPC when the bytes are used up; nothing is written then, and removal gives them back', () => {
    const box = new Box(memoryFileSystem({ quota: { bytes: 3 * 4096 } }));
    box.write('/a', 'x'.repeat(8192));
    const { inode } = box.open('/b', O_CREAT | O_RDWR);
    expect(outcome(() => inode.writeAt(0, Buffer.alloc(4097)))).toBe('ENOSPC');
    expect(inode.size).toBe(0);
    inode.writeAt(0, Buffer.alloc(4096));
    expect(outcome(() => inode.writeAt(4096, Buffer.from('1')))).toBe('ENOSPC');
    expect(box.vfs.root.mount.fs.statfs()).toMatchObject({ blocks: 3, bfree: 0 });
    box.unlink('/a');
    inode.writeAt(4096, Buffer.from('1'));
    expect(box.vfs.root.mount.fs.statfs().bfree).toBe(1);
    inode.setAttributes({ size: 0 });
    expect(box.vfs.root.mount.fs.statfs().bfree).toBe(3);
  });

  it('the bytes of a removed file are held until its last close', () => {
    const box = new Box(memoryFileSystem({ quota: { bytes: 4096, inodes: 2 } }));
    box.write('/a', 'kept');
    const { inode } = box.open('/a');
    inode.acquire();
    inode.acquire();
    box.unlink('/a');
    expect(bytesOf(inode).toString()).toBe('kept');
    expect(outcome(() => box.write('/b', ''))).toBe('ENOSPC');
    inode.release();
    expect(box.vfs.root.mount.fs.statfs()).toMatchObject({ bfree: 0, ffree: 0 });
    inode.release();
    expect(box.vfs.root.mount.fs.statfs()).toMatchObject({ bfree: 1, ffree: 1 });
    box.write('/b', 'fits');
  });

  it('count what is copied up, but no inode for it; a copy that does not fit changes nothing', () => {
    const root = hostTree({ big: 'x'.repeat(10_000), small: 'y' });
    const box = new Box(overlayFileSystem({ layers: [hostDirectoryLayer(root)], quota: { bytes: 4096, inodes: 0 } }));
    expect(outcome(() => box.at('/big').inode.writeAt(0, Buffer.from('z')))).toBe('ENOSPC');
    expect(box.read('/big')).toBe('x'.repeat(10_000));
    box.at('/small').inode.writeAt(0, Buffer.from('z'));
    expect(box.read('/small')).toBe('z');
    expect(outcome(() => box.write('/new', ''))).toBe('ENOSPC');
    box.unlink('/big');
    box.at('/small').inode.setAttributes({ mode: 0o600 });
  });
});

describe('times', () => {
  it('mtime and ctime follow writes, ctime metadata, the directory its entries', async () => {
    const box = new Box(memoryFileSystem());
    box.mkdir('/d');
    box.write('/d/f', '1');
    const old = 1_000_000_000n;
    const reset = (path: string) => box.at(path).inode.setAttributes({ atime: old, mtime: old });
    const changed = async (path: string, operation: () => void) => {
      reset(path);
      const before = box.stat(path);
      await new Promise((resolve) => setTimeout(resolve, 3));
      operation();
      const after = box.stat(path);
      return [after.mtime !== before.mtime && 'm', after.ctime !== before.ctime && 'c', after.atime !== before.atime && 'a']
        .filter(Boolean)
        .join('');
    };
    expect(await changed('/d/f', () => box.at('/d/f').inode.writeAt(0, Buffer.from('2')))).toBe('mc');
    expect(await changed('/d/f', () => box.chmod('/d/f', 0o600))).toBe('c');
    expect(await changed('/d/f', () => box.link('/d/f', '/hard'))).toBe('c');
    expect(await changed('/d/f', () => box.unlink('/hard'))).toBe('c');
    expect(await changed('/d/f', () => bytesOf(box.at('/d/f').inode))).toBe('a');
    expect(await changed('/d/f', () => box.rename('/d/f', '/d/g') ?? box.rename('/d/g', '/d/f'))).toBe('c');
    expect(await changed('/d', () => box.write('/d/new', ''))).toBe('mc');
    expect(await changed('/d', () => box.unlink('/d/new'))).toBe('mc');
    expect(await changed('/d', () => box.at('/d/f').inode.writeAt(0, Buffer.from('3')))).toBe('');
  });

  it('read access is noted as relatime does', () => {
    const box = new Box(memoryFileSystem());
    box.write('/f', '1');
    const { inode } = box.at('/f');
    bytesOf(inode);
    const future = (BigInt(Date.now()) + 60_000n) * 1_000_000n;
    inode.setAttributes({ atime: future });
    bytesOf(inode);
    expect(inode.stat().atime).toBe(future);
  });
});
