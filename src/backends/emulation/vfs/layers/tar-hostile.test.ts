/** Archives that want out, lie or have no end: an error that names the file, in bounded memory and time, or a tree that stays one. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { overlayFileSystem, tarLayer } from '../index.ts';
import { Box, removeTemporaryDirectories, temporaryDirectory } from '../test-kit.ts';
import type { LayerNode } from './layer.ts';
import { TarTree } from './tar-tree.ts';
import { Unpacked } from './unpacked.ts';

afterAll(removeTemporaryDirectories);

interface Raw {
  readonly name?: string;
  readonly type?: string;
  readonly size?: string | Buffer;
  readonly uid?: string | Buffer;
  readonly mtime?: string | Buffer;
  readonly link?: string;
  readonly major?: string;
  readonly content?: string | Buffer;
}

/** One entry with whatever its fields are to say, and a checksum that is right. */
function raw({ name = 'f', type = '0', size, uid = '0', mtime = '0', link = '', major = '0', content = '' }: Raw): Buffer {
  const body = Buffer.from(content);
  const head = Buffer.alloc(512);
  const put = (at: number, value: string | Buffer): void => void Buffer.from(value as string).copy(head, at);
  put(0, name.slice(0, 100));
  put(100, '0000644\0');
  put(108, uid);
  put(116, '0000000\0');
  put(124, size ?? `${body.length.toString(8).padStart(11, '0')}\0`);
  put(136, mtime);
  put(148, '        ');
  put(156, type);
  put(157, link);
  put(257, 'ustar\x0000');
  put(329, major);
  const sum = head.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return Buffer.concat([head, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

function pax(records: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = Buffer.byteLength(` ${key}=${value}\n`);
    const length = [1, 2, 3, 4, 5, 6, 7].map((digits) => rest + digits).find((sum) => String(sum).length === sum - rest);
    return `${length} ${key}=${value}\n`;
  });
  return raw({ name: 'pax', type: 'x', content: lines.join('') });
}

const base256 = (first: number, ...rest: readonly number[]): Buffer =>
  Buffer.from([first, ...Array.from({ length: 11 - rest.length }, () => (first === 0xff ? 0xff : 0)), ...rest]);
const END = Buffer.alloc(1024);

function written(...parts: readonly Buffer[]): string {
  const path = join(temporaryDirectory(), 'layer.tar');
  fs.writeFileSync(path, Buffer.concat(parts));
  return path;
}

/** 'taken', or why not. */
async function refusal(...parts: readonly Buffer[]): Promise<string> {
  const path = written(...parts, END);
  try {
    (await tarLayer(path)).close();
    return 'taken';
  } catch (error) {
    const { message } = error as Error;
    expect(message.startsWith(`${path}: `)).toBe(true);
    return message.slice(path.length + 2);
  }
}

/** Everything below, by path; throws when a name is none or the tree has no end. */
function walk(node: LayerNode, path = '', found: string[] = []): string[] {
  if (found.length > 100_000) throw new Error('no end');
  for (const [name, child] of node.children()) {
    if (name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0')) throw new Error(`a name ${name}`);
    found.push(`${path}/${name}`);
    for (const number of [child.mode, child.uid, child.gid, child.rdev, child.size, child.nlink])
      if (!Number.isSafeInteger(number) || number < 0) throw new Error(`${path}/${name} has the number ${number}`);
    walk(child, `${path}/${name}`, found);
  }
  return found;
}

describe('an archive', () => {
  it.each<[string, readonly Buffer[], string | RegExp]>([
    ['of a negative size', [raw({ size: base256(0xff, 0xfe) })], 'an entry has a size that is none'],
    ['of a size beyond all files', [raw({ size: base256(0x80, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff) })], /ends early|size/],
    ['whose size is no number', [raw({ size: 'zzzzzzzzzzz\0' })], 'an entry has a size that is none'],
    ['whose size is a broken number of GNU tar', [raw({ size: Buffer.from([0x81, 1, 1]) })], 'entry f: size null'],
    ['whose PAX size is negative', [pax({ size: '-1' }), raw({})], 'an entry has a size that is none'],
    ['whose PAX size is larger than the archive', [pax({ size: '99999999999999999999' }), raw({})], /ends early|size/],
    ['whose long name has a negative size', [raw({ type: 'L', size: base256(0xff, 0xfe) }), raw({})], 'the archive ends early'],
    ['whose long name is longer than any', [raw({ type: 'L', size: base256(0x80, 0x7f, 0xff, 0xff, 0xff) })], 'more than 4 MiB'],
    ['with a name of a megabyte', [pax({ path: 'n/'.repeat(500_000) }), raw({})], /^entry (n\/)+\.\.\.: a name of more than 65535 bytes$/],
    ['with a link of a megabyte', [pax({ linkpath: 'n/'.repeat(500_000) }), raw({ type: '2' })], /^entry f: a link of more than 4095/],
    ['with a NUL in a name', [pax({ path: 'a\0b' }), raw({})], String.raw`entry a\u0000b: a NUL in a name`],
    ['with an owner that is none', [pax({ uid: 'root' }), raw({})], 'entry f: uid NaN'],
    ['with a negative owner', [pax({ gid: '-1' }), raw({})], 'entry f: gid NaN'],
    ['with an owner beyond all', [raw({ uid: Buffer.from([0x80, 0, 0, 1, 0, 0, 0, 0]) })], 'entry f: uid 4294967296'],
    ['with a time that is no number', [raw({ mtime: base256(0x80, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff) })], /^entry f: a time/],
    ['with a device that there cannot be', [raw({ type: '3', major: '7777777\0' })], 'entry f: device 2097151'],
    ['with a sparse file of old GNU tar', [raw({ type: 'S' })], 'entry f: unknown type'],
    ['with a sparse file of new GNU tar', [pax({ 'GNU.sparse.major': '1' }), raw({})], /sparse files of GNU tar are not supported/],
    [
      'with a hard link to what comes later',
      [raw({ name: 'l', type: '1', link: 'f' }), raw({})],
      /^hard link l: the archive has no file f/,
    ],
    ['with a hard link to a directory', [raw({ name: 'd', type: '5' }), raw({ type: '1', link: 'd' })], /no file d before it/],
    ['with a hard link instead of the root', [raw({}), raw({ name: 'a/..', type: '1', link: 'f' })], /the name of a directory/],
    ['whose names talk to the terminal', [raw({ name: '\x1b[2J', type: 'S' })], String.raw`entry \u001b[2J: unknown type`],
    ['that loops through links', [raw({ name: 'a', type: '2', link: 'a/a' }), raw({ name: 'a/x' })], /too many symbolic links/],
  ])('%s is refused in words', async (_, parts, words) => {
    expect(await refusal(...parts)).toMatch(words);
  });

  it('with a directory that has a size, which is a quota and no bytes, is read to its end', async () => {
    const layer = await tarLayer(written(raw({ name: 'd', type: '5', size: '00000000074\0' }), raw({ name: 'd/f' }), END));
    expect(walk(layer.root)).toEqual(['/d', '/d/f']);
    layer.close();
  });

  it('with times beyond 64 bits has the nearest there is', async () => {
    const layer = await tarLayer(
      written(pax({ mtime: '9'.repeat(60_000) }), raw({}), pax({ mtime: `-${'9'.repeat(15)}` }), raw({ name: 'g' })),
    );
    expect([layer.root.children().get('f')?.mtime, layer.root.children().get('g')?.mtime]).toEqual([2n ** 63n - 1n, 1n - 2n ** 63n]);
    layer.close();
  });

  it('cut off anywhere, plain or gzipped, is refused, but where it could have ended', async () => {
    const whole = Buffer.concat([pax({ path: 'long/name' }), raw({ content: 'x'.repeat(700) }), raw({ name: 'g', content: 'y' }), END]);
    const zipped = gzipSync(whole);
    for (let at = 1; at < whole.length - 1024; at += 37) {
      const path = written(whole.subarray(0, at));
      const tried = await tarLayer(path).then(
        () => 'taken',
        ({ message }: Error) => message,
      ); // oxlint-disable-line no-await-in-loop
      expect(tried).toBe(at % 512 === 0 && [1024, 2560].includes(at) ? 'taken' : `${path}: the archive ends early`);
    }
    for (let at = 20; at < zipped.length; at += 7) {
      const path = written(zipped.subarray(0, at));
      await expect(tarLayer(path)).rejects.toThrow(`${path}: the archive ends early`); // oxlint-disable-line no-await-in-loop
    }
  });

  it('that unpacks to a thousand times its size is refused at the limit, and takes no more', async () => {
    const bomb = gzipSync(Buffer.concat([raw({ size: `${(200 << 20).toString(8).padStart(11, '0')}\0` }), Buffer.alloc(200 << 20), END]));
    expect(bomb.length).toBeLessThan(1 << 20);
    const path = written(bomb);
    const before = process.memoryUsage().arrayBuffers;
    await expect(tarLayer(path, 16 << 20)).rejects.toThrow(`${path}: it unpacks to more than 16 MiB`);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 << 20);
  });

  it('changed at random gives a tree or an error that names the file', { timeout: 120_000 }, async () => {
    const whole = Buffer.concat([
      raw({ name: 'd/', type: '5' }),
      pax({ path: 'd/päx', uid: '5', mtime: '1.5', linkpath: 'x' }),
      raw({ content: 'x'.repeat(600) }),
      raw({ type: 'L', content: `d/${'n'.repeat(120)}\0` }),
      raw({ content: 'short' }),
      raw({ name: 'l', type: '2', link: 'd' }),
      raw({ name: 'h', type: '1', link: 'd/päx' }),
      raw({ type: 'g', content: '11 uid=77\n' }),
      raw({ name: 'c', type: '3' }),
      raw({ name: 'l/x' }),
      END,
    ]);
    /** With sums that are right again, so that what is behind them is reached. */
    const summed = (bytes: Buffer): Buffer => {
      for (let at = 0; at + 512 <= bytes.length; at += 512) {
        if (bytes.toString('latin1', at + 257, at + 262) !== 'ustar') continue;
        bytes.fill(' ', at + 148, at + 156);
        const sum = bytes.subarray(at, at + 512).reduce((total, byte) => total + byte, 0);
        bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148, 'latin1');
      }
      return bytes;
    };
    const byte = fc.oneof(fc.constantFrom(0, 0x20, 0x2d, 0x2e, 0x2f, 0x30, 0x37, 0x3d, 0x80, 0xff), fc.nat(255));
    const change = fc.tuple(fc.nat(whole.length - 1), fc.array(byte, { minLength: 1, maxLength: 12 }));
    const path = join(temporaryDirectory(), 'layer.tar');
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), fc.boolean(), async (changes, zipped) => {
        const bytes = Buffer.from(whole);
        for (const [at, by] of changes) Buffer.from(by).copy(bytes, at);
        summed(bytes);
        fs.writeFileSync(path, zipped ? gzipSync(bytes) : bytes);
        try {
          const layer = await Promise.race([
            tarLayer(path),
            new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no end')), 3000).unref()),
          ]);
          walk(layer.root);
          layer.close();
        } catch (error) {
          expect((error as Error).message).toMatch(
            /^\/.*layer\.tar: (entry|hard link|an entry has|it is no tar|the archive ends|a name, or)/,
          );
        }
      }),
      { numRuns: 500, endOnFailure: true },
    );
  });
});

describe('a tree of entries', () => {
  const attributes = { mode: 0o100644, uid: 0, gid: 0, rdev: 0, size: 0, mtime: 0n };
  const link = (target: string): typeof attributes => ({ ...attributes, mode: 0o120777, target }) as typeof attributes;

  it('has no more names than there may be, told or implied', () => {
    expect(() => {
      const tree = new TarTree(1000);
      for (let n = 0; ; n++) tree.add(`f${n}`, attributes);
    }).toThrow('more entries than the memory of this process can hold');
    expect(() => new TarTree(1000).add('d/'.repeat(1001), attributes)).toThrow('more entries than');
    expect(() => new TarTree(1000).add('n'.repeat(60_000), attributes)).toThrow('a name of 60000 bytes; 255 is the most');
    expect(() => {
      const tree = new TarTree(1000);
      tree.add('f', attributes);
      for (let n = 0; ; n++) tree.link(`l${n}`, 'f');
    }).toThrow('more entries than');
  });

  it('ends ways that are made long by links', () => {
    const tree = new TarTree(10_000);
    tree.add('d', link('e/../'.repeat(800)));
    const began = performance.now();
    expect(() => {
      for (let n = 0; ; n++) tree.add(`d/../d/../d/../d/${n}`, attributes);
    }).toThrow(/the ways to the entries so far were too long|more entries/);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

it('unpacked bytes are read as they were, across pieces and beyond the end', () => {
  const unpacked = new Unpacked(5 << 20);
  const bytes = Buffer.from(Uint8Array.from({ length: (3 << 20) + 77 }, (_, index) => (index * 31) ^ (index >> 8)));
  for (let at = 0; at < bytes.length; at += 300_007) unpacked.append(bytes.subarray(at, at + 300_007));
  fc.assert(
    fc.property(fc.nat(bytes.length + 100), fc.nat(2_500_000), (position, length) => {
      const buffer = Buffer.alloc(length);
      const count = unpacked.read(position, buffer);
      expect(count).toBe(Math.max(0, Math.min(length, bytes.length - position)));
      expect(buffer.subarray(0, count).equals(bytes.subarray(position, position + count))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

it('a container sees of a hostile archive what is in its root', async () => {
  const path = written(
    raw({ name: '../../../etc/passwd', content: 'up' }),
    raw({ name: 'out', type: '2', link: '../../../../../..' }),
    raw({ name: 'out/etc/shadow', content: 'through' }),
    raw({ name: '//a///./b//', content: 'odd' }),
    END,
  );
  const box = new Box(overlayFileSystem({ layers: [await tarLayer(path)] }));
  expect([box.list('/'), box.list('/etc'), box.read('/a/b')]).toEqual([['a', 'etc', 'out'], ['passwd', 'shadow'], 'odd']);
  expect(box.read('/out/etc/passwd')).toBe('up');
});
