import * as fs from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, describe, expect, it } from 'vitest';
import { hostDirectoryLayer, overlayFileSystem, tarLayer } from '../index.ts';
import { Box, hostTree, outcome, removeTemporaryDirectories, temporaryDirectory } from '../test-kit.ts';
import { makedev } from '../types.ts';

afterAll(removeTemporaryDirectories);

type Entry = Parameters<ReturnType<typeof pack>['entry']>[0] & { readonly content?: string };

async function archive(entries: readonly Entry[], change: (bytes: Buffer) => Buffer = (bytes) => bytes): Promise<string> {
  const tar = pack();
  for (const { content, ...header } of entries) tar.entry(header, content ?? '');
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) chunks.push(chunk as Uint8Array);
  const path = join(temporaryDirectory(), 'layer.tar');
  fs.writeFileSync(path, change(Buffer.concat(chunks)));
  return path;
}

async function boxOf(entries: readonly Entry[], change?: (bytes: Buffer) => Buffer): Promise<Box> {
  return new Box(overlayFileSystem({ layers: [await tarLayer(await archive(entries, change))] }));
}

const file = (name: string, content = name): Entry => ({ name, content });
const link = (name: string, linkname: string): Entry => ({ name, type: 'symlink', linkname });

describe('a tar layer', () => {
  it('has files with their attributes, links, hard links and devices', async () => {
    const box = await boxOf([
      { name: 'etc/', type: 'directory', mode: 0o750, uid: 1, gid: 2, mtime: new Date(5000) },
      { name: './etc/passwd', content: 'root', mode: 0o640, uid: 3, gid: 4, mtime: new Date(7000) },
      link('bin', 'usr/bin'),
      file('usr/bin/sh', 's'.repeat(100_000)),
      { name: 'usr/bin/dash', type: 'link', linkname: 'usr/bin/sh' },
      { name: 'dev/null', type: 'character-device', mode: 0o666, devmajor: 1, devminor: 3 },
      { name: 'dev/loop', type: 'block-device', mode: 0o660, devmajor: 7, devminor: 300 },
      { name: 'run/fifo', type: 'fifo', mode: 0o600 },
    ]);
    expect(box.stat('/etc')).toMatchObject({ mode: 0o040750, uid: 1, gid: 2, mtime: 5_000_000_000n });
    expect(box.stat('/etc/passwd')).toMatchObject({ mode: 0o100640, uid: 3, gid: 4, size: 4, nlink: 1 });
    expect(box.read('/bin/sh')).toBe('s'.repeat(100_000));
    expect(box.at('/bin/dash').inode).toBe(box.at('/usr/bin/sh').inode);
    expect(box.stat('/bin/dash').nlink).toBe(2);
    expect(box.stat('/dev/null')).toMatchObject({ mode: 0o020666, rdev: makedev(1, 3) });
    expect(box.stat('/dev/loop')).toMatchObject({ mode: 0o060660, rdev: makedev(7, 300) });
    expect(box.stat('/run/fifo').mode).toBe(0o010600);
    expect(box.list('/')).toEqual(['bin', 'dev', 'etc', 'run', 'usr']);
    box.write('/bin/dash', 'new');
    expect(box.read('/usr/bin/sh')).toBe('new');
  });

  it('takes PAX names, links, ids and times, and GNU’s implied directories', async () => {
    const long = `deep/${'n'.repeat(200)}/${'ü'.repeat(100)}`;
    const box = await boxOf([
      { name: long, content: 'x', pax: { mtime: '1700000000.123456789', uid: '3000000', gid: '4000000' } },
      link('l', `/${long}`),
    ]);
    expect(box.read(`/${long}`)).toBe('x');
    expect(box.stat(`/l`)).toMatchObject({ uid: 3_000_000, gid: 4_000_000, mtime: 1_700_000_000_123_456_789n });
  });

  it('reads bytes of a plain archive from the file when they are wanted', async () => {
    const path = await archive([file('a', 'first'), file('b', 'B'.repeat(10_000))]);
    const layer = await tarLayer(path);
    const bytes = fs.readFileSync(path);
    fs.writeSync(fs.openSync(path, 'r+'), 'FIRST', bytes.indexOf('first'));
    const box = new Box(overlayFileSystem({ layers: [layer] }));
    expect(box.read('/a')).toBe('FIRST');
    layer.close();
    expect(outcome(() => box.read('/b'))).toBe('EBADF');
  });

  it('unpacks a gzipped one to memory', async () => {
    const path = await archive([file('a', 'first'), file('d/b', 'B'.repeat(10_000))], (bytes) => gzipSync(bytes));
    const box = new Box(overlayFileSystem({ layers: [await tarLayer(path)] }));
    fs.rmSync(path);
    expect([box.read('/a'), box.read('/d/b')]).toEqual(['first', 'B'.repeat(10_000)]);
  });

  it('clamps names and links that want out', async () => {
    const box = await boxOf([
      file('../../up'),
      file('/absolute'),
      file('a/../../b'),
      file('a/./c'),
      link('out', '../../..'),
      file('out/through'),
      link('away', '/tmp/elsewhere'),
      file('away/x'),
      { name: 'hard', type: 'link', linkname: '/../up' },
      file('..'),
    ]);
    expect(box.list('/')).toEqual(['a', 'absolute', 'away', 'b', 'hard', 'out', 'through', 'tmp', 'up']);
    expect(box.read('/hard')).toBe('../../up');
    expect(box.list('/tmp/elsewhere')).toEqual(['x']);
    expect(box.pathOf('/out')).toBe('/');
  });

  it('takes the last of several entries of one name, and keeps what is in a directory named twice', async () => {
    const box = await boxOf([
      file('f', 'old'),
      file('f', 'new'),
      file('d/x'),
      { name: 'd', type: 'directory', mode: 0o700 },
      file('g/x'),
      file('g', 'now a file'),
      link('s', 'f'),
      file('s', 'no link'),
    ]);
    expect([box.read('/f'), box.list('/d'), box.stat('/d').mode, box.read('/g'), box.read('/s')]).toEqual([
      'new',
      ['x'],
      0o040700,
      'now a file',
      'no link',
    ]);
  });

  it('hides what its whiteouts name in layers below', async () => {
    const bottom = hostTree({ 'd/a': '1', 'd/b': '1', 'o/x': '1', gone: '1' });
    const top = await tarLayer(
      await archive([file('d/.wh.a', ''), file('d/c'), file('.wh.gone', ''), file('o/.wh..wh..opq', ''), file('o/y')]),
    );
    const box = new Box(overlayFileSystem({ layers: [hostDirectoryLayer(bottom), top] }));
    expect([box.list('/'), box.list('/d'), box.list('/o')]).toEqual([['d', 'o'], ['b', 'c'], ['y']]);
  });

  it.each([
    ['a hard link to nothing', [{ name: 'h', type: 'link', linkname: 'none' }] as Entry[], /layer\.tar: hard link h: .*none/],
    ['a name that no path could name', [file(`d/${'é'.repeat(128)}/x`)], /entry d\/.*: a name of 256 bytes; 255 is the most/],
    ['a loop of links on the way', [link('a', 'b'), link('b', 'a'), file('a/x')], /entry a\/x: too many symbolic links/],
  ])('refuses %s', async (_, entries, message) => {
    await expect(boxOf(entries)).rejects.toThrow(message);
  });

  it('refuses an archive that ends early and one that is none', async () => {
    await expect(boxOf([file('a', 'x'.repeat(5000))], (bytes) => bytes.subarray(0, 2000))).rejects.toThrow(/layer\.tar: .*end/i);
    await expect(boxOf([], () => Buffer.from('no archive '.repeat(100)))).rejects.toThrow(/layer\.tar: .*tar/i);
    await expect(boxOf([file('a')], (bytes) => gzipSync(bytes).subarray(0, 60))).rejects.toThrow(/layer\.tar: /);
    await expect(tarLayer('/nonexistent.tar')).rejects.toThrow('ENOENT');
  });

  it.each([
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd, 4, 0]],
    ['bzip2', [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41]],
  ])('names a compression that it does not know: %s', async (name, head) => {
    const bytes = Buffer.concat([Buffer.from(head), Buffer.alloc(600, 1)]);
    await expect(boxOf([], () => bytes)).rejects.toThrow(`compressed with ${name}; only gzip can be read`);
  });
});
