/** Calls one after the other as no compiler makes them: on descriptors of every kind, at the ends of a memory that grows in between. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFileSystem } from '../kernel/filesystems/index.ts';
import { KernelState } from '../kernel/state.ts';
import { Unwound } from '../kernel/types.ts';
import { makedev, O_NONBLOCK, S_IFCHR } from '../vfs/types.ts';
import { WASI_ERRNO } from './errno.ts';
import { SUSPEND } from './guest.ts';
import type { Callable } from './imports.ts';
import { tsrun } from './posix/index.ts';
import { wasix } from './posix/wasix.ts';
import { preview1 } from './preview1/index.ts';
import { WIDE } from './signatures.ts';
import { Calls, invoke } from './testing/calls.ts';

const ERRNOS = new Set<number>(Object.values(WASI_ERRNO));
const PAGE = 65536;
const AT_FDCWD = -100;
const MAX_PAGES = 64;

const IMPORTS = Object.entries({ ...wasix, ...preview1, ...tsrun })
  // They end the process or its image, with whose memory the others are called.
  .filter(([name]) => !/^proc_(exit|raise|exec)/.test(name))
  .map(([name, call]) => ({ name, call: call as Callable, wide: WIDE[name] ?? [] }));

const DEVICES = [
  ['null', 1, 3],
  ['zero', 1, 5],
  ['full', 1, 7],
  ['urandom', 1, 9],
  ['tty', 5, 0],
] as const;
const PATHS = [
  '/pts',
  '/pts/ptmx',
  '/sys',
  '/cgroup/memory.current',
  '/dev/full',
  '/',
  '/dev/zero',
  '/dev/urandom',
  '/dev/null',
  '/proc/1/status',
  '/proc/1/fd',
  '/proc/1/environ',
  '/dir/f',
  '/dir',
  '/dir/../..//dir/./f',
];

/** With proc, devices and a terminal. */
function furnished(pages?: number): Calls {
  const calls = new Calls('memory', false, pages);
  const { vfs, context, kernel } = calls.container;
  if (!(kernel instanceof KernelState)) throw new Error('not this kernel');
  vfs.mkdir(context, '/dev', 0o755);
  for (const [name, major, minor] of DEVICES) vfs.mknod(context, `/dev/${name}`, S_IFCHR | 0o666, makedev(major, minor));
  for (const [path, type] of [
    ['/proc', 'proc'],
    ['/pts', 'devpts'],
    ['/sys', 'sysfs'],
    ['/cgroup', 'cgroup2'],
  ] as const) {
    vfs.mkdir(context, path, 0o755);
    vfs.mount(createFileSystem(kernel, type, ''), vfs.resolve(context, path), { flags: 0, source: type });
  }
  return calls;
}

/** A guest with open files of every kind, and texts and vectors where its pointers are likely to point. */
function hostileGuest(): Calls {
  const calls = furnished();
  const { guest } = calls;
  const { sys, process } = guest;
  sys.openat(process, AT_FDCWD, '/dir/f', 0o102, 0o644);
  for (const path of PATHS) sys.openat(process, AT_FDCWD, path, O_NONBLOCK, 0);
  sys.openat(process, AT_FDCWD, '/dir/f', 0o2001, 0o644);
  sys.openat(process, AT_FDCWD, '/dir', 0o10000000, 0);
  sys.pipe(process, 0o4000);
  return calls;
}

const pointer = fc.oneof(
  { weight: 4, arbitrary: fc.record({ from: fc.constant<'start'>('start'), by: fc.nat(4096) }) },
  { weight: 2, arbitrary: fc.record({ from: fc.constant<'end'>('end'), by: fc.integer({ min: -64, max: 8 }) }) },
  { weight: 1, arbitrary: fc.record({ from: fc.constant<'start'>('start'), by: fc.constantFrom(-1, -4, -8, 0x7fffffff, -0x80000000) }) },
);
const small = fc.record({ from: fc.constant<'start'>('start'), by: fc.nat(40) });
const wide = fc.oneof(
  fc.bigInt({ min: 0n, max: 5000n }),
  fc.constantFrom(-1n, -2n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n)),
);
const step = fc.record({
  which: fc.nat(IMPORTS.length - 1),
  narrow: fc.array(fc.oneof(pointer, small), { minLength: 10, maxLength: 10 }),
  wide: fc.array(wide, { minLength: 4, maxLength: 4 }),
  grow: fc.constantFrom(0, 0, 0, 1),
  /** Words put into memory before: lengths, pointers, numbers of descriptors. */
  words: fc.array(fc.tuple(fc.nat(1023), fc.oneof(fc.nat(40), fc.nat(4096), fc.constantFrom(-1, 0x7fffffff, -0x80000000, PAGE * 4))), {
    maxLength: 24,
  }),
});

it('no sequence of calls throws anything but what ends a process, or takes long', { timeout: 120_000 }, () => {
  let calls = hostileGuest();
  const done = new Set<string>();
  const restart = (): void => {
    calls.close();
    calls = hostileGuest();
  };
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
      for (const { which, narrow, wide: wides, grow, words } of steps) {
        const { guest } = calls;
        const { name, call, wide: at } = IMPORTS[which]!;
        if (grow > 0 && guest.memory.buffer.byteLength < MAX_PAGES * PAGE) guest.memory.grow(grow);
        const memory = new DataView(guest.memory.buffer);
        for (const [index, word] of words) memory.setInt32(index * 4, word, true);
        for (const [index, path] of PATHS.entries()) new Uint8Array(memory.buffer).set(new TextEncoder().encode(path), 3000 + index * 40);
        const size = memory.byteLength;
        const numbers = narrow.map(({ from, by }) => (from === 'end' ? size + by : by) | 0);
        const args = Array.from({ length: call.length - 1 }, (_, index) => (at.includes(index) ? wides[index % 4]! : numbers[index % 10]!));
        const began = process.cpuUsage().user;
        try {
          let result = invoke(guest, call, args);
          if (result === SUSPEND) {
            if (grow > 0) guest.memory.grow(1);
            result = guest.settle();
          }
          expect(result === SUSPEND || ERRNOS.has(result), `${name}(${args.join(', ')}) gave ${result}`).toBe(true);
          if (result === 0) done.add(name);
          if (result === SUSPEND) restart();
        } catch (error) {
          if (!(error instanceof Unwound)) throw error;
          restart();
        }
        expect(process.cpuUsage().user - began, `µs of ${name}(${args.join(', ')})`).toBeLessThan(1_000_000);
      }
    }),
    { numRuns: 1500 },
  );
  calls.close();
  // It is no proof when everything fails at its first check.
  expect(done.size).toBeGreaterThan(IMPORTS.length / 2);
});

it('a vector in its own buffers, and buffers that overlap, are read and written by its words at the time of the call', () => {
  const calls = new Calls('memory', false);
  const fd = calls.open('/f', { oflags: 1, base: 0x7f }) as number;
  calls.write(fd, 'abcdefghijklmnopqrstuvwxyz0123456789');
  const { guest } = calls;
  const vector = 2048;
  const put = (...words: readonly number[]): void => words.forEach((word, index) => guest.setU32(vector + index * 4, word));
  // The first buffer is the vector, the second lies in the first, the third over the end of the second.
  put(vector, 16, vector + 4, 8, vector + 8, 8);
  expect(calls.call('fd_pread', fd, vector, 3, 0n, calls.out)).toBe('SUCCESS');
  expect(calls.u32()).toBe(32);
  expect(guest.string(vector, 16)).toBe('abcdqrstyz012345');
  put(vector, 24, vector, 24);
  expect(calls.call('fd_pwrite', fd, vector, 2, 0n, calls.out)).toBe('SUCCESS');
  expect(calls.u32()).toBe(48);
  calls.close();
});

it('one call moves no more than Linux moves, whatever the guest’s memory is', () => {
  const calls = furnished(50_000);
  const { guest } = calls;
  const open = (path: string, flags: number): number => guest.sys.openat(guest.process, AT_FDCWD, path, flags, 0o644) as number;
  const move = (name: string, fd: number, length: number): number | string => {
    guest.setU32(0, PAGE);
    guest.setU32(4, length);
    const error = calls.call(name, fd, 0, 1, ...(name.startsWith('fd_p') ? [0n] : []), calls.out);
    return error === 'SUCCESS' ? calls.u32() : error;
  };
  expect(move('fd_write', open('/dev/null', 1), 3_000_000_000)).toBe(0x7ffff000);
  expect(move('fd_write', open('/dev/null', 1), -1)).toBe('FAULT');
  expect(move('fd_read', open('/dev/urandom', 0), 64 << 20)).toBe((32 << 20) - 1);
  expect(move('fd_pread', open('/dev/urandom', 0), 64 << 20)).toBe((32 << 20) - 1);
  calls.close();
});

it('a text without an end is looked at no further than a text may be', () => {
  const calls = new Calls('memory', false, 2048);
  const { guest } = calls;
  guest.u8.fill(1, PAGE);
  guest.setU32(64, PAGE * 2);
  guest.setU32(68, 0);
  guest.setU32(72, PAGE * 2047);
  const began = process.cpuUsage().user;
  for (let times = 0; times < 20; times++) {
    expect(calls.call('proc_execve', ...calls.put('/hello'), 64, 0, 0)).toBe('2BIG');
    expect(calls.call('proc_execve', ...calls.put('/hello'), 0, 72, 0)).toBe('FAULT');
    expect(calls.call('sys_mount', 0, guest.u8.length - 1000, 0, 0n, 0)).toBe('FAULT');
  }
  // 20 times 128 MiB are some seconds.
  expect(process.cpuUsage().user - began).toBeLessThan(1_000_000);
  calls.close();
});
