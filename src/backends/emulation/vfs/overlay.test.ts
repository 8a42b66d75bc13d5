import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hostDirectoryLayer, overlayFileSystem } from './index.ts';
import type { Layer } from './layers/layer.ts';
import type { OverlayFileSystem } from './overlay.ts';
import { Box, hostSnapshot, hostTree, outcome, removeTemporaryDirectories } from './test-kit.ts';
import { O_RDWR } from './types.ts';

afterAll(removeTemporaryDirectories);

const overLayers = (...layers: Layer[]): Box => new Box(overlayFileSystem({ layers }));
const over = (...roots: string[]): Box => overLayers(...roots.map((root) => hostDirectoryLayer(root)));
const changes = (box: Box): string[] => (box.vfs.root.inode.fs as OverlayFileSystem).changes().map(({ kind, path }) => `${kind} ${path}`);

describe('copy-up', () => {
  it('happens when a file is written, and leaves the layer as it was', () => {
    const lower = hostTree({ 'etc/passwd': 'root', 'etc/big': 'x'.repeat(200_000), 'bin/sh': 'sh' });
    const before = hostSnapshot(lower);
    const box = over(lower);
    expect(changes(box)).toEqual([]);
    const opened = box.open('/etc/passwd');
    box.open('/etc/passwd', O_RDWR).inode.writeAt(0, Buffer.from('R'));
    expect(box.read('/etc/passwd')).toBe('Root');
    expect(box.at('/etc/passwd').inode).toBe(opened.inode);
    box.open('/etc/big', O_RDWR).inode.writeAt(199_999, Buffer.from('yz'));
    expect(box.read('/etc/big')).toBe(`${'x'.repeat(199_999)}yz`);
    expect(changes(box)).toEqual(['C /etc/big', 'C /etc/passwd']);
    box.chmod('/bin/sh', 0o4755);
    expect([box.read('/bin/sh'), box.stat('/bin/sh').mode]).toEqual(['sh', 0o104755]);
    box.unlink('/etc/passwd');
    expect(box.list('/etc')).toEqual(['big']);
    box.write('/etc/new', 'n');
    expect(changes(box)).toEqual(['C /bin/sh', 'C /etc', 'C /etc/big', 'A /etc/new', 'D /etc/passwd']);
    expect(hostSnapshot(lower)).toEqual(before);
  });

  it('keeps mode, owner and times that were not changed', () => {
    const box = over(hostTree({ f: 'text' }));
    const { mode, uid, gid, mtime, atime, ino } = box.stat('/f');
    box.chown('/f', uid + 1, gid);
    expect(box.stat('/f')).toMatchObject({ mode, uid: uid + 1, gid, mtime, atime, ino, size: 4 });
  });

  it('of one container is not seen by another over the same layers', () => {
    const layers = [hostDirectoryLayer(hostTree({ a: 'a', 'd/x': 'x' })), hostDirectoryLayer(hostTree({ 'd/y': 'y' }))];
    const [one, two] = [overLayers(...layers), overLayers(...layers)];
    one.write('/a', 'changed');
    one.unlink('/d/x');
    one.rename('/d', '/e');
    one.write('/new', '');
    expect([two.read('/a'), two.list('/'), two.list('/d'), changes(two)]).toEqual(['a', ['a', 'd'], ['x', 'y'], []]);
  });
});

describe('directories of layers', () => {
  it('are renamed with all that is in them', () => {
    const box = over(hostTree({ 'a/b/c/file': 'deep', 'z/': '' }));
    box.rename('/a/b', '/z/q');
    expect(box.read('/z/q/c/file')).toBe('deep');
    expect(outcome(() => box.at('/a/b'))).toBe('ENOENT');
    expect(box.pathOf('/z/q/c')).toBe('/z/q/c');
    expect(changes(box)).toEqual(['C /a', 'D /a/b', 'C /z', 'A /z/q', 'A /z/q/c', 'A /z/q/c/file']);
    box.rename('/z/q', '/a/b');
    expect(box.read('/a/b/c/file')).toBe('deep');
    expect(changes(box)).toEqual(['C /a', 'C /a/b', 'C /z']);
  });

  it('removed and made anew are opaque', () => {
    const box = over(hostTree({ 'd/old': '1' }));
    expect(outcome(() => box.rmdir('/d'))).toBe('ENOTEMPTY');
    box.unlink('/d/old');
    box.rmdir('/d');
    box.mkdir('/d');
    expect(box.list('/d')).toEqual([]);
    expect(changes(box)).toEqual(['C /', 'C /d', 'D /d/old']);
  });

  it('take the place of others that were emptied', () => {
    const box = over(hostTree({ 'new/x': 'new', 'old/y': 'old' }));
    expect(outcome(() => box.rename('/new', '/old'))).toBe('ENOTEMPTY');
    box.unlink('/old/y');
    box.rename('/new', '/old');
    expect([box.list('/'), box.list('/old')]).toEqual([['old'], ['x']]);
    expect(changes(box)).toEqual(['C /', 'D /new', 'C /old', 'A /old/x', 'D /old/y']);
  });

  it('list entries in one order while they change', () => {
    const box = over(hostTree({ a: '', b: '', c: '' }));
    const names = () => [...box.at('/').inode.entries()].map(([name]) => name);
    box.write('/z', '');
    box.write('/y', '');
    box.unlink('/b');
    expect(names()).toEqual(['a', 'c', 'z', 'y']);
    box.write('/b', 'again');
    expect(names()).toEqual(['a', 'b', 'c', 'z', 'y']);
  });
});

describe('stacked layers', () => {
  it('merge, with whiteouts and opaque directories', () => {
    const bottom = hostTree({ 'd/one': '1', 'd/two': '1', 'o/lost': '1', gone: '1', 'f/x': '1', keep: '1', 'r/a': '1' });
    const middle = hostTree({
      'd/two': '2',
      'd/.wh.one': '',
      'o/.wh..wh..opq': '',
      'o/new': '2',
      '.wh.gone': '',
      f: 'file',
      '.wh.r': '',
      'r/b': '2',
    });
    const top = hostTree({ 'd/three': '3', 'f/y': '3' });
    const box = over(bottom, middle, top);
    expect(box.list('/')).toEqual(['d', 'f', 'keep', 'o', 'r']);
    expect(box.list('/d')).toEqual(['three', 'two']);
    expect(box.read('/d/two')).toBe('2');
    expect([box.list('/o'), box.list('/f'), box.list('/r')]).toEqual([['new'], ['y'], ['b']]);
    expect(outcome(() => box.at('/gone'))).toBe('ENOENT');
    box.write('/gone', 'back');
    expect(box.read('/gone')).toBe('back');
  });

  it('share one index between containers', () => {
    const layers = [hostDirectoryLayer(hostTree({ 'd/x': '' })), hostDirectoryLayer(hostTree({ 'd/y': '' }))];
    const roots = [1, 2].map(() => overlayFileSystem({ layers: [...layers] }).root.lower);
    expect(roots[0]).toBe(roots[1]);
  });

  it('a root file system that is no unpacked layer keeps names that look like whiteouts', () => {
    const root = hostTree({ '.wh.x': 'a name', x: 'there' });
    const box = overLayers(hostDirectoryLayer(root, { whiteouts: false }));
    expect(box.list('/')).toEqual(['.wh.x', 'x']);
  });

  it.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
    'take 0/0 character devices for whiteouts, as overlayfs makes them',
    () => {
      const top = hostTree({ 'd/': '' });
      try {
        execFileSync('mknod', [join(top, 'd/x'), 'c', '0', '0'], { stdio: 'pipe' });
      } catch {
        return; // a container without CAP_MKNOD
      }
      expect(over(hostTree({ 'd/x': '1', 'd/y': '1' }), top).list('/d')).toEqual(['y']);
    },
  );
});

describe('hard links of a layer', () => {
  it('stay together', () => {
    const box = over(hostTree({ one: 'text', two: '=one', 'd/three': '=one' }));
    expect(box.at('/one').inode).toBe(box.at('/two').inode);
    expect(box.stat('/d/three').nlink).toBe(3);
    box.write('/two', 'TEXT!');
    expect([box.read('/one'), box.read('/d/three')]).toEqual(['TEXT!', 'TEXT!']);
    box.unlink('/one');
    box.link('/two', '/four');
    expect([box.stat('/two').nlink, box.stat('/four').ino]).toEqual([3, box.stat('/d/three').ino]);
  });
});
