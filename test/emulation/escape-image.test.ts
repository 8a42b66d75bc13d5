/** Images made hostile by who built them: links in the way of everything that the runtime itself opens, special files, odd names. */
import binaryen from 'binaryen';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Box, Bundle } from '../helpers/box.ts';
import type { JsonValue } from '../helpers/config.ts';
import { isRoot } from '../helpers/host.ts';
import { poll } from '../helpers/process.ts';
import { test } from '../helpers/test.ts';

const SECRET = 'SECRET of the host';

/** A directory of the host that nobody gave the container. */
function outside(box: Box): string {
  const path = box.path('outside');
  mkdirSync(path);
  writeFileSync(join(path, 'secret'), `root:x:0:0:${SECRET}:/root:/bin/sh\n`);
  return path;
}

const untouched = (path: string): void => {
  expect(readdirSync(path)).toEqual(['secret']);
  expect(readFileSync(join(path, 'secret'), 'utf8')).toContain(SECRET);
};

const bothWays = ['discard', 'through'] as const;
const flags = (writes: string): { readonly flags: readonly string[] } => ({ flags: ['--rootfs-writes', writes] });
const mountPoint = (destination: string, more: Record<string, JsonValue> = {}): JsonValue => ({
  destination,
  type: 'tmpfs',
  source: 'tmpfs',
  ...more,
});

describe('links of the image', () => {
  test.for(bothWays)(
    'in the place of /etc/passwd, /etc/group and /tmp lead to what the container has there, %s',
    async (writes, { box }) => {
      const out = outside(box);
      const bundle = box.bundle('cat /etc/passwd /etc/group; id -un; cd ~root; echo x > /tmp/made; ls /tmp; echo ran');
      for (const name of ['etc/passwd', 'etc/group', 'tmp']) {
        rmSync(join(bundle.rootfs, name), { recursive: true });
        symlinkSync(name.startsWith('etc/') ? `${out}/secret` : out, join(bundle.rootfs, name));
      }
      const result = await box.tsrun(['run', ...flags(writes).flags, '--bundle', bundle.path, bundle.id], { until: 'close' });
      expect(result.stdout).toMatch(/ran\n$/);
      expect(result.stdout + result.stderr).not.toContain(SECRET);
      untouched(out);
    },
  );

  test.for(['proc', 'sys', 'dev'])('in the place of /%s are refused', async (name, { box }) => {
    const out = outside(box);
    const bundle = box.bundle('echo ran');
    rmSync(join(bundle.rootfs, name), { recursive: true });
    symlinkSync(out, join(bundle.rootfs, name));
    const failure = await box.fails(['run', '--rootfs-writes', 'through', '--bundle', bundle.path, bundle.id]);
    expect(failure.msg).toContain(`on /${name} (config.json /mounts/`);
    expect(failure.stdout).toBe('');
    untouched(out);
  });

  test.for(bothWays)('in the way of mount targets do not move the mount to the host, %s', async (writes, { box }) => {
    const out = outside(box);
    const bundle = box.bundle(
      'echo x > /mnt/abs/made; echo x > /mnt/up/sub/made; mount | grep -c made-here; cat /mnt/abs/secret; ls /mnt/abs /mnt/up/sub; echo ran',
      {
        '/mounts/-': mountPoint('/mnt/abs'),
        '/mounts/-1': mountPoint('/mnt/up/sub'),
        '/mounts/-2': mountPoint('/mnt/abs2/deep/er'),
      },
    );
    symlinkSync(out, join(bundle.rootfs, 'mnt/abs'));
    symlinkSync(out, join(bundle.rootfs, 'mnt/abs2'));
    symlinkSync('../'.repeat(20) + out.slice(1), join(bundle.rootfs, 'mnt/up'));
    const result = await box.tsrun(['run', ...flags(writes).flags, '--bundle', bundle.path, bundle.id], { until: 'close' });
    expect(result.stdout).toMatch(/made[^]*made\nran\n$/);
    expect(result.stdout + result.stderr).not.toContain(SECRET);
    untouched(out);
    expect(existsSync(join(out, 'sub'))).toBe(false);
  });

  test('in the place of the program, its interpreter, the working directory and masked paths', async ({ box }) => {
    const out = outside(box);
    writeFileSync(join(out, 'secret'), readFileSync(join(out, 'secret')), { mode: 0o755 });
    const changes = {
      '/process/args': ['/run-me'],
      '/process/cwd': '/work/dir',
      '/linux/maskedPaths': ['/masked'],
      '/linux/readonlyPaths': ['/ro'],
    };
    const bundle = box.bundle('true', changes);
    symlinkSync(join(out, 'secret'), join(bundle.rootfs, 'run-me'));
    symlinkSync(out, join(bundle.rootfs, 'work'));
    symlinkSync(out, join(bundle.rootfs, 'masked'));
    symlinkSync(out, join(bundle.rootfs, 'ro'));
    const failure = await box.fails(['run', '--rootfs-writes', 'through', '--bundle', bundle.path, bundle.id]);
    expect(failure.stdout + failure.stderr).not.toContain(SECRET);
    untouched(out);
    const script = box.bundle('/script');
    writeFileSync(join(script.rootfs, 'script'), `#!${out}/secret\n`, { mode: 0o755 });
    expect(await box.tsrun(['run', '--bundle', script.path, script.id])).toMatchObject({ code: 127 });
    untouched(out);
  });
});

describe('special files of the image', () => {
  const special = (bundle: Bundle, name: string, ...type: string[]): string => {
    const path = join(bundle.rootfs, name);
    expect(spawnSync('mknod', [path, ...type]).status).toBe(0);
    chmodSync(path, 0o666);
    return path;
  };

  test.for(bothWays)('a fifo is the container’s own: the host’s is never opened, %s', async (writes, { box }) => {
    const bundle = box.bundle('(cat /fifo; echo end) & sleep 0.5; echo through > /fifo; wait');
    const fifo = special(bundle, 'fifo', 'p');
    const running = box.runBundle(bundle, { ...flags(writes), until: 'close' });
    // Somebody who had it open for reading would let us open it for writing.
    const seen: string[] = [];
    const watch = setInterval(() => {
      try {
        openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK);
        seen.push('a reader');
      } catch (error) {
        seen.push((error as NodeJS.ErrnoException).code ?? '');
      }
    }, 20);
    const { stdout } = await running;
    clearInterval(watch);
    expect(stdout).toBe('through\nend\n');
    expect(new Set(seen)).toEqual(new Set(['ENXIO']));
  });

  test('a fifo as the program is an error, not a wait', async ({ box }) => {
    const bundle = box.bundle('true', { '/process/args': ['/fifo'] });
    special(bundle, 'fifo', 'p');
    expect((await box.fails(['run', '--bundle', bundle.path, bundle.id])).msg).toContain('permission denied');
  });

  test.skipIf(!isRoot)('devices are the emulated ones; of others rules allow none, and there are none (ENXIO)', async ({ box }) => {
    const script = `echo gone > /null && cat /null; head -c 4 /zero | wc -c; for d in mem disk kmsg; do cat /$d 2>&1 | sed 's/.*: //'; echo x 2>&1 > /$d | sed 's/.*: //'; done`;
    const denied = box.bundle(script);
    const allowed = box.bundle(script, { '/linux/resources/devices': [{ allow: true, access: 'rwm' }] });
    for (const [bundle, said] of [
      [denied, /Operation not permitted/g],
      [allowed, /No such device or address/g],
    ] as const) {
      special(bundle, 'null', 'c', '1', '3');
      special(bundle, 'zero', 'c', '1', '5');
      special(bundle, 'mem', 'c', '1', '1');
      special(bundle, 'kmsg', 'c', '1', '11');
      special(bundle, 'disk', 'b', '254', '0');
      for (const writes of bothWays) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        const { stdout, stderr } = await box.runBundle({ ...bundle, id: box.newId() }, { ...flags(writes), until: 'close' });
        expect(stdout.split('\n').slice(0, 1)).toEqual(['4']);
        expect(`${stdout}${stderr}`.match(said)?.length).toBe(6);
      }
    }
  });

  test('sockets of the host cannot be opened', async ({ box }) => {
    const bundle = box.bundle('cat /socket; echo x > /socket; ls -l /socket | cut -c1');
    const { createServer } = await import('node:net');
    let connections = 0;
    const server = createServer(() => (connections += 1));
    await new Promise<void>((resolve) => server.listen(join(bundle.rootfs, 'socket'), resolve));
    try {
      const { stdout, stderr } = await box.runBundle(bundle, { until: 'close' });
      expect(stdout).toBe('s\n');
      expect(stderr).toMatch(/No such device or address[^]*No such device or address/);
    } finally {
      server.close();
    }
    expect(connections).toBe(0);
  });
});

describe('odd names', () => {
  test('with newlines, quotes, leading dashes, 255 bytes and no UTF-8 are files as others', async ({ box }) => {
    const bundle = box.bundle(`ls /odd | wc -l; for f in /odd/*; do cat "$f"; done; cat /proc/self/mountinfo | grep -c '/odd.012dir'`, {
      '/mounts/-': { destination: '/odd\ndir', type: 'bind', source: box.path('so\nurce'), options: ['bind'] },
    });
    mkdirSync(box.path('so\nurce'));
    const odd = join(bundle.rootfs, 'odd');
    mkdirSync(odd);
    const names = ['a\nb', `it's "quoted"`, '-rf', '*', 'ü'.repeat(127), 'x'.repeat(255), '\u0001\u001b[2J'];
    for (const name of names) writeFileSync(join(odd, name), 'content\n');
    writeFileSync(Buffer.concat([Buffer.from(`${odd}/`), Buffer.from([0xff, 0xfe])]), 'content\n');
    for (const writes of bothWays) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { stdout } = await box.runBundle({ ...bundle, id: box.newId() }, { ...flags(writes), until: 'close' });
      expect(stdout).toContain('content\n'.repeat(names.length));
      expect(stdout.endsWith('1\n')).toBe(true);
    }
  });

  test('NUL in a path is EINVAL or EILSEQ in every call, never a shorter path', async ({ box }) => {
    const bundle = box.bundle('true', { '/process/args': ['/nul'] });
    writeFileSync(join(bundle.rootfs, 'nul'), nulProgram(), { mode: 0o755 });
    // Bit n of the status: call n succeeded. The control, a path without NUL, is bit 0.
    const result = await box.tsrun(['run', '--rootfs-writes', 'through', '--bundle', bundle.path, bundle.id]);
    expect({ ...result, code: result.code.toString(2) }).toEqual({ code: '1', stdout: '', stderr: '' });
    expect(existsSync(join(bundle.rootfs, 'made'))).toBe(false);
    await poll('the container to be gone', () => !existsSync(join(box.root, bundle.id)));
  });
});

/** A WASI program that gives paths with NUL to what takes a path; preopened descriptor 3 is `/`, for who calls fd_prestat_get (instrumentation drops an import that is not used). */
function nulProgram(): Uint8Array {
  const module = binaryen.parseText(`(module
    (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "path_create_directory" (func $mkdir (param i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "path_unlink_file" (func $unlink (param i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "path_symlink" (func $symlink (param i32 i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "path_rename" (func $rename (param i32 i32 i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "path_link" (func $link (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (memory (export "memory") 1)
    (data (i32.const 16) "etc/marker\\00x")
    (data (i32.const 48) "made\\00x")
    (func $bit (param $errno i32) (param $bit i32) (result i32)
      (i32.shl (i32.eqz (local.get $errno)) (local.get $bit)))
    (func (export "_start")
      (drop (call $prestat (i32.const 3) (i32.const 0)))
      (call $exit (i32.or (i32.or (i32.or
        (call $bit (call $open (i32.const 3) (i32.const 1) (i32.const 16) (i32.const 10) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 0)) (i32.const 0))
        (call $bit (call $open (i32.const 3) (i32.const 1) (i32.const 16) (i32.const 12) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 0)) (i32.const 1)))
        (i32.or
        (call $bit (call $mkdir (i32.const 3) (i32.const 48) (i32.const 6)) (i32.const 2))
        (call $bit (call $unlink (i32.const 3) (i32.const 16) (i32.const 12)) (i32.const 3))))
        (i32.or (i32.or
        (call $bit (call $symlink (i32.const 16) (i32.const 12) (i32.const 3) (i32.const 48) (i32.const 4)) (i32.const 4))
        (call $bit (call $rename (i32.const 3) (i32.const 16) (i32.const 10) (i32.const 3) (i32.const 48) (i32.const 6)) (i32.const 5)))
        (call $bit (call $link (i32.const 3) (i32.const 0) (i32.const 16) (i32.const 10) (i32.const 3) (i32.const 48) (i32.const 6)) (i32.const 6))))))
  )`);
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}
