/** Nothing that a guest can say reaches a host object outside the directories that were mounted. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createVfs, hostBind, hostDirectoryLayer, memoryFileSystem, overlayFileSystem } from './index.ts';
import {
  Box,
  byPaths,
  hostPaths,
  hostSnapshot,
  hostTree,
  outcome,
  removeTemporaryDirectories,
  ROOT,
  temporaryDirectory,
} from './test-kit.ts';
import { O_APPEND, O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDWR, O_TRUNC, O_WRONLY } from './types.ts';

afterAll(removeTemporaryDirectories);

const SECRET = 'SECRET of the host';
let base: string;
let root: string;
let outside: string[];

beforeEach(() => {
  base = temporaryDirectory();
  root = join(base, 'root');
  hostTree(
    {
      secret: SECRET,
      'dir/secret': SECRET,
      'root2/secret': SECRET,
      rootsecret: SECRET,
      'root/inside/deep/file': 'in',
      'root/file': 'in',
      'root/tmp/': '',
    },
    base,
  );
  const links: Record<string, string> = {
    up: '->..',
    'inside/up3': '->../../..',
    'inside/deep/up4': '->../../../..',
    'abs-base': `->${base}`,
    'abs-secret': `->${base}/secret`,
    'abs-sibling': `->${base}/root2`,
    'rel-secret': '->../secret',
    'rel-sibling': '->../root2/secret',
    'rel-prefix': '->../rootsecret',
    'far-up': `->../../../../../../../../../../..${base}/secret`,
    'dangling-rel': '->../made-by-guest',
    'dangling-abs': `->${base}/made-by-guest`,
    'dangling-dir': '->../dir/made-by-guest',
    chain1: '->chain2',
    chain2: '->inside/chain3',
    'inside/chain3': '->../chain4',
    chain4: '->../dir',
    'through-root': '->/..',
    'through-file': '->file/../../secret',
    slashes: '->..//.//secret',
    'slash-end': '->../dir/',
    'self-root': '->/proc/self/root',
    'host-cwd': '->/proc/self/cwd',
    'host-fd': '->/dev/fd',
    'self-again': `->${base}/root/../secret`,
    loop1: '->loop2',
    loop2: '->loop1',
  };
  hostTree(links, root);
  outside = seenOutside();
});

/** The mounted directory itself may change. */
function seenOutside(): string[] {
  return hostSnapshot(base).filter((line) => !line.startsWith('root/') && !line.startsWith('root '));
}

/** BASE stands for the directory with the secrets. */
const PATHS = [
  '..',
  '../secret',
  '../../secret',
  '/../secret',
  '/..//../secret',
  '../root2/secret',
  '../rootsecret',
  'BASE/secret',
  '/..BASE/secret',
  'inside/../../secret',
  'inside/deep/../../../secret',
  'inside/./deep/.././../../dir/secret',
  'up',
  'up/',
  'up/secret',
  'up/dir/secret',
  'up/../secret',
  'inside/up3',
  'inside/up3/secret',
  'inside/deep/up4/secret',
  'inside/deep/up4BASE/secret',
  'abs-base/secret',
  'abs-base/',
  'abs-base/dir/secret',
  'abs-secret',
  'abs-secret/',
  'abs-sibling/secret',
  'rel-secret',
  'rel-secret/',
  'rel-sibling',
  'rel-prefix',
  'far-up',
  'dangling-rel',
  'dangling-rel/',
  'dangling-abs',
  'dangling-dir',
  'chain1',
  'chain1/secret',
  'chain1/../secret',
  'through-root/secret',
  'through-file',
  'slashes',
  'slash-end/secret',
  'self-root/etc/passwd',
  'self-root/../etc/passwd',
  'host-cwd/package.json',
  'host-fd/0',
  'self-again',
  'loop1/../../secret',
  'file/../../secret',
  'file/../secret',
  'tmp/../up/secret',
  '../secret\0',
  'up\0/secret',
];

/** All that can be done with a path; what was read comes back. */
function assault(box: Box, path: string): string {
  const seen: string[] = [];
  const { vfs, context } = box;
  const attempt = (operation: () => unknown): void => {
    const before = seen.length;
    const result = outcome(operation);
    if (result === 'ok' && seen.length === before) seen.push('done');
  };
  const leaf = (suffix: string): string => `${path.replace(/\/+$/, '')}/${suffix}`;
  attempt(() => seen.push(box.read(path)));
  attempt(() => seen.push(...box.list(path)));
  attempt(() => box.stat(path));
  attempt(() => box.stat(path, false));
  attempt(() => seen.push(vfs.readlink(context, leaf('rel-secret'))));
  attempt(() => box.chmod(path, 0o4777));
  attempt(() => box.chown(path, 12, 34));
  attempt(() => vfs.setAttributes(context, box.at(path), { mtime: 5n, atime: 5n }));
  attempt(() => vfs.setAttributes(context, box.at(path), { size: 3 }));
  for (const flags of [0, O_EXCL, O_TRUNC, O_APPEND, O_NOFOLLOW, O_DIRECTORY])
    attempt(() => vfs.open(context, path, O_CREAT | O_RDWR | flags, 0o666).location.inode.writeAt(0, Buffer.from('pwned')));
  attempt(() => vfs.open(context, path, O_WRONLY | O_TRUNC, 0).location.inode.writeAt(0, Buffer.from('pwned')));
  attempt(() => box.write(leaf('made-by-guest'), 'pwned'));
  attempt(() => box.mkdir(path));
  attempt(() => box.mkdir(leaf('made-dir')));
  attempt(() => box.symlink('anything', path));
  attempt(() => box.symlink('anything', leaf('made-link')));
  attempt(() => vfs.mknod(context, leaf('made-fifo'), 0o010644, 0));
  attempt(() => box.link(path, '/stolen-nofollow'));
  attempt(() => box.link(path, '/stolen', true));
  attempt(() => seen.push(box.read('/stolen')));
  attempt(() => box.link('/file', path));
  attempt(() => box.link('/file', leaf('made-hard')));
  attempt(() => box.rename('/inside/deep/file', path));
  attempt(() => box.rename('/tmp', leaf('made-tmp')));
  attempt(() => box.rename(leaf('secret'), '/moved'));
  attempt(() => seen.push(box.read('/moved')));
  attempt(() => box.rename(path, '/moved2'));
  attempt(() => seen.push(box.read('/moved2')));
  attempt(() => box.unlink(leaf('secret')));
  attempt(() => box.unlink(path));
  attempt(() => box.rmdir(path));
  return seen.join('\n');
}

const kinds = {
  'a host directory layer under an overlay': () => overlayFileSystem({ layers: [hostDirectoryLayer(root)] }),
  'a host directory written through': () => hostBind(root),
  'a host directory layer, by paths alone': () => byPaths(() => overlayFileSystem({ layers: [hostDirectoryLayer(root)] })),
  'a host directory written through, by paths alone': () => byPaths(() => hostBind(root)),
};

describe.each(Object.entries(kinds))('%s', { timeout: 30_000 }, (_, make) => {
  it('the attempts do work on what is inside', () => {
    const box = new Box(make());
    expect(assault(box, 'file')).toMatch(/^in\n[^]*done/);
    expect(box.list('/')).not.toContain('file');
    expect(assault(box, 'inside')).toContain('deep');
    expect(box.list('/inside')).toContain('made-by-guest');
  });

  it.each(PATHS)('keeps its guest in: %j', (template) => {
    const path = template.replaceAll('BASE', base);
    for (const directory of ['/', '/inside', '/inside/deep']) {
      const box = new Box(make());
      const start = outcome(() => box.at(directory)) === 'ok' ? box.in(directory) : box;
      expect(assault(start, path)).not.toContain('SECRET');
      expect(seenOutside()).toEqual(outside);
    }
  });
});

describe.each(['by descriptors', 'by paths alone'])('a bound host directory, %s', (how) => {
  const bound = (path = root): Box => {
    const box = new Box(memoryFileSystem());
    box.mkdir('/mnt');
    box.vfs.mount(how === 'by paths alone' ? byPaths(() => hostBind(path)) : hostBind(path), box.at('/mnt'), { flags: 0, source: path });
    return box;
  };

  it('resolves its links in the container: absolute ones from the container root', () => {
    const box = bound();
    expect(outcome(() => box.at('/mnt/abs-secret'))).toBe('ENOENT');
    expect(box.pathOf('/mnt/up')).toBe('/');
    expect(box.pathOf('/mnt/..')).toBe('/');
    box.write('/secret', 'container');
    expect(box.read('/mnt/rel-secret')).toBe('container');
  });

  it.each([
    '/mnt/up/secret',
    '/mnt/../secret',
    '/mnt/inside/up3/secret',
    '/mnt/chain1/secret',
    '/mnt/dangling-rel',
    '/mnt/inside/../../secret',
  ])('mounted below another root it keeps its guest in: %s', (path) => {
    expect(assault(bound(), path)).not.toContain('SECRET');
    expect(seenOutside()).toEqual(outside);
  });

  it('has no way out of a subdirectory that is bound alone', () => {
    const box = new Box(hostBind(join(root, 'inside')));
    expect(outcome(() => box.read('/deep/../../file'))).toBe('ENOENT');
    expect(outcome(() => box.read('/up3/file'))).toBe('ENOENT');
    expect(box.pathOf('/up3')).toBe('/');
  });

  it('that was replaced by a link after it was found is not entered', () => {
    const box = bound();
    const directory = box.at('/mnt/inside');
    const deep = box.at('/mnt/inside/deep');
    const file = box.at('/mnt/inside/deep/file');
    fs.renameSync(join(root, 'inside'), join(root, 'elsewhere'));
    fs.symlinkSync(join(base, 'dir'), join(root, 'inside'));
    const inner = box.as({ cwd: directory });
    expect(outcome(() => inner.read('secret'))).toBe('ENOENT');
    expect(outcome(() => inner.write('made', 'pwned'))).toBe('ENOENT');
    expect(outcome(() => inner.mkdir('made'))).toBe('ENOENT');
    expect(outcome(() => inner.unlink('secret'))).toBe('ENOENT');
    expect(outcome(() => inner.rename('secret', 'x'))).toBe('ENOENT');
    expect(outcome(() => [...directory.inode.entries()])).toBe('ENOENT');
    expect(outcome(() => box.as({ cwd: deep }).list('.'))).toBe('ENOENT');
    expect(outcome(() => file.inode.writeAt(0, Buffer.from('x')))).toBe('ENOENT');
    expect(seenOutside()).toEqual(outside);
  });

  it('whose file was replaced by a link is neither read nor written', () => {
    const box = bound();
    const { inode } = box.at('/mnt/file');
    fs.renameSync(join(root, 'file'), join(root, 'file.old'));
    fs.symlinkSync('../secret', join(root, 'file'));
    const buffer = Buffer.alloc(100);
    expect(outcome(() => inode.readAt(0, buffer))).toBe('ENOENT');
    expect(outcome(() => inode.writeAt(0, Buffer.from('pwned')))).toBe('ENOENT');
    expect(outcome(() => inode.setAttributes({ size: 0 }))).toBe('ENOENT');
    expect(outcome(() => inode.setAttributes({ mode: 0o777 }))).toBe('ENOENT');
    expect(outcome(() => inode.setAttributes({ mtime: 1n }))).toBe('ENOENT');
    expect(seenOutside()).toEqual(outside);
  });

  it('that is bound twice stays closed when one container swaps what the other has found', () => {
    const [one, two] = [bound(), bound()];
    const cwd = two.at('/mnt/inside');
    one.rename('/mnt/inside', '/mnt/renamed');
    one.symlink(`${base}/dir`, '/mnt/inside');
    expect(outcome(() => two.as({ cwd }).read('secret'))).toBe('ENOENT');
    expect(outcome(() => two.as({ cwd }).write('made', 'pwned'))).toBe('ENOENT');
    expect(two.list('/mnt/renamed')).toContain('deep');
    expect(seenOutside()).toEqual(outside);
  });

  it('follows a directory that its own container renames', () => {
    const box = bound();
    const inner = box.in('/mnt/inside/deep');
    box.rename('/mnt/inside', '/mnt/renamed');
    expect(inner.read('file')).toBe('in');
    expect(box.vfs.pathOf(inner.context.cwd)).toBe('/mnt/renamed/deep');
  });

  it('as a single file gives only this file', () => {
    const box = new Box(memoryFileSystem());
    box.write('/file', '');
    box.vfs.mount(hostBind(join(root, 'file')), box.at('/file'), { flags: 0, source: 'file' });
    expect(box.read('/file')).toBe('in');
    expect(outcome(() => box.at('/file/..'))).toBe('ENOTDIR');
    expect(outcome(() => box.unlink('/file'))).toBe('EBUSY');
    box.write('/file', 'out');
    expect(fs.readFileSync(join(root, 'file'), 'utf8')).toBe('out');
  });
});

describe('a host directory layer', () => {
  it('whose directory was replaced by a link after it was indexed gives EIO', () => {
    const box = new Box(overlayFileSystem({ layers: [hostDirectoryLayer(root)] }));
    const directory = box.at('/inside/deep');
    expect(directory.inode.mode & 0o170000).toBe(0o040000);
    fs.renameSync(join(root, 'inside'), join(root, 'elsewhere'));
    fs.symlinkSync(base, join(root, 'inside'));
    fs.mkdirSync(join(base, 'deep'));
    fs.writeFileSync(join(base, 'deep/secret'), SECRET);
    expect(outcome(() => [...directory.inode.entries()])).toBe('EIO');
  });

  it('whose file was replaced by a link after it was indexed gives EIO, never what the link leads to', () => {
    const box = new Box(overlayFileSystem({ layers: [hostDirectoryLayer(root)] }));
    const { inode } = box.at('/file');
    expect(inode.size).toBe(2);
    fs.renameSync(join(root, 'file'), join(root, 'file.old'));
    fs.symlinkSync('../secret', join(root, 'file'));
    expect(outcome(() => inode.readAt(0, Buffer.alloc(9)))).toBe('EIO');
    fs.rmSync(join(root, 'file'));
    fs.renameSync(join(root, 'inside/deep/file'), join(root, 'file'));
    expect(outcome(() => inode.readAt(0, Buffer.alloc(9)))).toBe('EIO');
  });
});

describe('strict WASI (beneath)', () => {
  const strict = (): Box => new Box(hostBind(root), { credentials: ROOT }).in('/inside').as({ beneath: true });

  it.each([
    '/',
    '/file',
    '..',
    '../file',
    'deep/../../file',
    './../file',
    'up3',
    'up3/file',
    'deep/up4',
    '/inside/deep/file',
    'chain3/secret',
  ])('refuses what leaves the directory: %s', (path) => {
    expect(outcome(() => strict().at(path))).toBe('ENOTCAPABLE');
    expect(outcome(() => strict().write(path, 'x'))).toBe('ENOTCAPABLE');
    expect(outcome(() => strict().mkdir(`${path}/made`))).toBe('ENOTCAPABLE');
    expect(outcome(() => strict().rename('deep/file', `${path}/made`))).toBe('ENOTCAPABLE');
    expect(hostPaths(root).filter((name) => name.includes('made'))).toEqual([]);
  });

  it('allows `..` that stays inside', () => {
    expect(strict().read('deep/../deep/file')).toBe('in');
  });
});

it('createVfs of a layer alone has no host path in its namespace', () => {
  const vfs = createVfs(overlayFileSystem({ layers: [hostDirectoryLayer(root)] }));
  expect(vfs.pathOf(vfs.root)).toBe('/');
});
