/** A process of the host swaps a directory of a bound tree for a link that leads out, while a container works in it. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { Errno } from '../errno.ts';
import { hostBind, hostDirectoryLayer, overlayFileSystem } from './index.ts';
import { Box, hostSnapshot, hostTree, removeTemporaryDirectories } from './test-kit.ts';

afterAll(removeTemporaryDirectories);

const SECRET = 'SECRET';
/** `d` is by turns the directory, nothing, and a link to what is outside; for as long as some system calls take. */
const SWAP = `const fs = require('fs'); process.chdir(process.argv[1]);
  const rest = () => { for (const end = performance.now() + Math.random() * 0.2; performance.now() < end; ); };
  for (;;) {
    fs.renameSync('d', 'real'); fs.renameSync('link', 'd'); rest();
    fs.renameSync('d', 'link'); fs.renameSync('real', 'd'); rest();
  }`;

const OUTSIDE = { 'out/file': SECRET, 'out/sub/file': SECRET, 'out/victim': SECRET, 'out/moved': SECRET, 'out/empty/': '' };
const INSIDE = { 'd/file': 'in', 'd/sub/file': 'in', 'd/own': 'in', 'd/hole/': '', other: 'in' };

let root: string;
let outside: string;
beforeEach(() => {
  const base = hostTree(OUTSIDE);
  outside = join(base, 'out');
  root = hostTree({ ...INSIDE, link: `->${outside}` }, join(base, 'root'));
});

/** What a container does in `/d`; what it sees goes to `seen`. */
function operations(box: Box, cwd: Box, seen: string[]): (() => unknown)[] {
  return [
    () => seen.push(box.read('/d/file')),
    () => seen.push(box.read('/d/sub/file')),
    () => seen.push(cwd.read('file')),
    () => seen.push(...box.list('/d'), ...cwd.list('sub')),
    () => box.stat('/d/victim'),
    () => box.write('/d/made', 'guest'),
    () => box.write('/d/file', 'guest'),
    () => box.write('/d/sub/made', 'guest'),
    () => cwd.write('made-here', 'guest'),
    () => box.chmod('/d/file', 0o640),
    () => box.chmod('/d/sub', 0o701),
    () => box.chown('/d/file', process.getuid!(), process.getgid!()),
    () => box.vfs.setAttributes(box.context, box.at('/d/file'), { mtime: 1n }),
    () => box.vfs.setAttributes(box.context, box.at('/d/file'), { size: 2 }),
    () => box.rename('/other', '/d/moved'),
    () => box.rename('/d/victim', '/taken'),
    () => box.rename('/d/file', '/taken'),
    () => seen.push(box.read('/taken')),
    () => box.link('/d/file', '/hard'),
    () => seen.push(box.read('/hard')),
    () => box.link('/other', '/d/hard'),
    () => box.symlink('x', '/d/symbolic'),
    () => seen.push(box.vfs.readlink(box.context, '/d/symbolic')),
    () => box.mkdir('/d/new'),
    () => box.rmdir('/d/new'),
    () => box.rmdir('/d/hole'),
    () => box.rmdir('/d/empty'),
    () => box.unlink('/d/own'),
    () => box.unlink('/d/victim'),
    () => cwd.unlink('victim'),
  ];
}

function expectNothing(before: readonly string[], seen: readonly string[]): void {
  expect(hostSnapshot(outside)).toEqual(before);
  expect(seen).not.toContain(SECRET);
  expect(seen).not.toContain('victim');
}

function attempt(operation: () => unknown): boolean {
  try {
    operation();
    return true;
  } catch (error) {
    if (error instanceof Errno) return false;
    throw error;
  }
}

const CALLS =
  `access chmod chown close fchmod fchown fstat ftruncate futimes lchown link lstat lutimes mkdir open read readdir readlink rename
   rmdir symlink unlink utimes write`
    .split(/\s+/)
    .map((name) => `${name}Sync`);

/** Runs `work` with `before` called before its every call of node:fs. */
function watched(work: () => void, before: () => void): void {
  const all = fs as unknown as Record<string, (...given: unknown[]) => unknown>;
  const real = CALLS.map((name) => [name, all[name]!] as const);
  for (const [name, call] of real) {
    all[name] = (...given) => {
      before();
      return call(...given);
    };
  }
  syncBuiltinESMExports();
  try {
    work();
  } finally {
    for (const [name, call] of real) all[name] = call;
    syncBuiltinESMExports();
  }
}

/** The directory and the link change places, by calls that nobody watches. */
function swapper(): () => void {
  const { renameSync } = fs;
  let away = false;
  return () => {
    const [first, second] = away ? ['link', 'real'] : ['real', 'link'];
    renameSync(join(root, 'd'), join(root, first));
    renameSync(join(root, second), join(root, 'd'));
    away = !away;
  };
}

// Elsewhere node:fs has nothing like openat (SECURITY.md).
describe.runIf(process.platform === 'linux')('nothing outside is changed or read', { timeout: 60_000 }, () => {
  /** `back`: how many calls later the directory is there again. */
  it.each([1, 2, 3, Infinity])('when a directory is swapped for a link before any one system call, and back after %d', (back) => {
    const before = hostSnapshot(outside);
    const seen: string[] = [];
    let swaps = 0;
    const count = operations(new Box(hostBind(root)), new Box(hostBind(root)), seen).length;
    for (let index = 0; index < count; index++) {
      for (let at = 1, calls = at; calls >= at - 1; at++) {
        fs.rmSync(root, { recursive: true });
        hostTree({ ...INSIDE, link: `->${outside}` }, root);
        const box = new Box(hostBind(root));
        const operation = operations(box, box.in('/d'), seen)[index]!;
        const swap = swapper();
        calls = 0;
        watched(
          () => attempt(operation),
          () => {
            calls++;
            if (calls !== at && calls !== at + back) return;
            swap();
            swaps++;
          },
        );
        for (const name of ['taken', 'hard']) if (fs.existsSync(join(root, name))) seen.push(box.read(`/${name}`));
      }
      expectNothing(before, seen);
    }
    expect(swaps).toBeGreaterThan(count * 3);
    expect(seen).toContain('in');
  });

  it.each([1, 2, Infinity])('when it is swapped below an overlay, and back after %d', (back) => {
    const before = hostSnapshot(outside);
    const seen: string[] = [];
    for (let at = 1, calls = at; calls >= at - 1; at++) {
      fs.rmSync(root, { recursive: true });
      hostTree({ ...INSIDE, link: `->${outside}` }, root);
      const swap = swapper();
      calls = 0;
      watched(
        () => {
          const box = new Box(overlayFileSystem({ layers: [hostDirectoryLayer(root)] }));
          for (const look of [() => box.list('/d'), () => [box.read('/d/file')], () => [box.read('/d/sub/file')]])
            attempt(() => seen.push(...look()));
        },
        () => {
          calls++;
          if (calls === at || calls === at + back) swap();
        },
      );
    }
    expectNothing(before, seen);
    expect(seen).toContain('in');
  });

  it('when a process of the host swaps it as fast as it can', async () => {
    const before = hostSnapshot(outside);
    const host = spawn(process.execPath, ['-e', SWAP, root], { stdio: 'inherit' });
    const ended = new Promise((resolve) => host.once('exit', resolve));
    try {
      const seen: string[] = [];
      const count = { done: 0, failed: 0 };
      const box = new Box(hostBind(root));
      const all = operations(box, box, seen);
      for (const end = Date.now() + 3000; Date.now() < end;) {
        const lower = new Box(overlayFileSystem({ layers: [hostDirectoryLayer(root)] }));
        attempt(() => seen.push(lower.read('/d/file'), lower.read('/d/sub/file')));
        for (const operation of all) count[attempt(operation) ? 'done' : 'failed']++;
      }
      expectNothing(before, seen);
      expect(Math.min(count.done, count.failed)).toBeGreaterThan(50);
      expect(host.exitCode).toBe(null);
    } finally {
      host.kill('SIGKILL');
      await ended;
    }
  });
});
