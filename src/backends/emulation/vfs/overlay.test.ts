import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createVfs, hostDirectoryLayer, overlayFileSystem } from './index.ts';
import { O_CREAT, O_RDWR, O_TRUNC, O_WRONLY, type PathContext, type Vfs } from './types.ts';

const made: string[] = [];
afterAll(() => {
  for (const path of made) fs.rmSync(path, { recursive: true, force: true });
});

/** Paths ending in `/` are directories, values starting with `->` links, with `=` hard links. */
function tree(files: Readonly<Record<string, string>>): string {
  const root = fs.mkdtempSync(join(tmpdir(), 'tsrun-layer-'));
  made.push(root);
  for (const [path, text] of Object.entries(files)) {
    const host = join(root, path);
    fs.mkdirSync(path.endsWith('/') ? host : join(host, '..'), { recursive: true });
    if (path.endsWith('/')) continue;
    if (text.startsWith('->')) fs.symlinkSync(text.slice(2), host);
    else if (text.startsWith('=')) fs.linkSync(join(root, text.slice(1)), host);
    else fs.writeFileSync(host, text);
  }
  return root;
}

function snapshot(root: string): string[] {
  return fs
    .readdirSync(root, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => {
      const stats = fs.lstatSync(join(root, name));
      return `${name} ${stats.mode} ${stats.size} ${stats.mtimeMs} ${stats.isFile() ? fs.readFileSync(join(root, name), 'latin1') : ''}`;
    });
}

function over(...roots: string[]) {
  const fileSystem = overlayFileSystem({ layers: roots.map((root) => hostDirectoryLayer(root)) });
  const vfs = createVfs(fileSystem);
  const credentials = { uid: 0, gid: 0, groups: [], capabilities: (1n << 41n) - 1n };
  const context: PathContext = { root: vfs.root, cwd: vfs.root, credentials, umask: 0o22 };
  return { vfs, context, changes: () => fileSystem.changes().map(({ kind, path }) => `${kind} ${path}`) };
}

function read(vfs: Vfs, context: PathContext, path: string): string {
  const { inode } = vfs.resolve(context, path);
  const buffer = Buffer.alloc(inode.size);
  return buffer.toString('latin1', 0, inode.readAt(0, buffer));
}

function write(vfs: Vfs, context: PathContext, path: string, text: string, flags = O_TRUNC): void {
  vfs.open(context, path, O_CREAT | O_WRONLY | flags, 0o644).location.inode.writeAt(0, Buffer.from(text));
}

const names = (vfs: Vfs, context: PathContext, path: string): string[] =>
  [...vfs.resolve(context, path).inode.entries()].map(([name]) => name);

describe('overlay', () => {
  it('copies a file up when it is written, and leaves the layer as it was', () => {
    const lower = tree({ 'etc/passwd': 'root', 'etc/big': 'x'.repeat(200_000), 'bin/sh': 'sh' });
    const before = snapshot(lower);
    const { vfs, context, changes } = over(lower);
    expect(changes()).toEqual([]);
    write(vfs, context, '/etc/passwd', 'R', 0);
    expect(read(vfs, context, '/etc/passwd')).toBe('Root');
    vfs.open(context, '/etc/big', O_RDWR, 0).location.inode.writeAt(199_999, Buffer.from('yz'));
    expect(read(vfs, context, '/etc/big')).toBe('x'.repeat(199_999) + 'yz');
    expect(changes()).toEqual(['C /etc/big', 'C /etc/passwd']);
    vfs.setAttributes(context, vfs.resolve(context, '/bin/sh'), { mode: 0o4755 });
    expect(read(vfs, context, '/bin/sh')).toBe('sh');
    vfs.unlink(context, '/etc/passwd');
    expect(names(vfs, context, '/etc')).toEqual(['big']);
    write(vfs, context, '/etc/new', 'n');
    expect(changes()).toEqual(['C /bin/sh', 'C /etc', 'C /etc/big', 'A /etc/new', 'D /etc/passwd']);
    expect(snapshot(lower)).toEqual(before);
  });

  it('renames directories of a layer with all that is in them', () => {
    const lower = tree({ 'a/b/c/file': 'deep', 'z/': '' });
    const { vfs, context, changes } = over(lower);
    vfs.rename(context, '/a/b', context, '/z/q');
    expect(read(vfs, context, '/z/q/c/file')).toBe('deep');
    expect(() => vfs.resolve(context, '/a/b')).toThrow('ENOENT');
    expect(vfs.pathOf(vfs.resolve(context, '/z/q/c'))).toBe('/z/q/c');
    expect(changes()).toEqual(['C /a', 'D /a/b', 'C /z', 'A /z/q', 'A /z/q/c', 'A /z/q/c/file']);
  });

  it('makes a directory anew opaque', () => {
    const lower = tree({ 'd/old': '1' });
    const { vfs, context, changes } = over(lower);
    expect(() => vfs.rmdir(context, '/d')).toThrow('ENOTEMPTY');
    vfs.unlink(context, '/d/old');
    vfs.rmdir(context, '/d');
    vfs.mkdir(context, '/d', 0o755);
    expect(names(vfs, context, '/d')).toEqual([]);
    expect(changes()).toEqual(['C /', 'C /d', 'D /d/old']);
  });

  it('merges layers and honours whiteouts and opaque directories', () => {
    const bottom = tree({ 'd/one': '1', 'd/two': '1', 'o/lost': '1', gone: '1', 'f/x': '1', keep: '1' });
    const middle = tree({ 'd/two': '2', 'd/.wh.one': '', 'o/.wh..wh..opq': '', 'o/new': '2', '.wh.gone': '', f: 'file' });
    const top = tree({ 'd/three': '3', 'f/y': '3' });
    const { vfs, context } = over(bottom, middle, top);
    expect(names(vfs, context, '/').toSorted()).toEqual(['d', 'f', 'keep', 'o']);
    expect(names(vfs, context, '/d').toSorted()).toEqual(['three', 'two']);
    expect(read(vfs, context, '/d/two')).toBe('2');
    expect(names(vfs, context, '/o')).toEqual(['new']);
    expect(names(vfs, context, '/f')).toEqual(['y']);
  });

  it('keeps hard links of a layer together', () => {
    const lower = tree({ one: 'text', two: '=one' });
    const { vfs, context } = over(lower);
    expect(vfs.resolve(context, '/one').inode).toBe(vfs.resolve(context, '/two').inode);
    write(vfs, context, '/two', 'TEXT!', 0);
    expect(read(vfs, context, '/one')).toBe('TEXT!');
    vfs.unlink(context, '/one');
    expect(vfs.resolve(context, '/two').inode.stat().nlink).toBe(1);
  });
});
