/**
 * What only Linux has appears in the portable part of the sources only where it is named here, with the reason. Signals by number of
 * the host and programs that are started are looked for too.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository } from '../helpers/host.ts';

const PORTABLE = ['oci', 'plan', 'core', 'cli', 'library', 'backends/emulation'];

/** File → why it may. Every file is one whose look is behind `process.platform === 'linux'`, or which makes no look at all. */
const LINUX_PATHS: Readonly<Record<string, string>> = {
  'core/root-dir.ts': 'user namespaces: asked on Linux only; /run/tsrun is the root there only',
  'core/process-id.ts': 'start time of a process: Linux only',
  'backends/emulation/supervisor/identity.ts': 'start time of a process: elsewhere ps(1)',
  'backends/emulation/supervisor/socket-path.ts': 'a short address by descriptor: elsewhere by working directory',
  'backends/emulation/execute/namespaces.ts': 'numbers of inherited namespaces: Linux only',
  'backends/emulation/supervisor/preserved.ts': 'flags and sockets of descriptors: elsewhere a write of nothing, and no sockets',
  'backends/emulation/supervisor/lost-end.ts': 'the pipe of descriptor 0 once more: Linux only, under Bun',
  'backends/emulation/vfs/host-place.ts': 'open directories by descriptor: Linux only',
  'backends/emulation/linux-can-work.ts': 'whether the Linux backend can work: Linux only',
  'backends/emulation/execute/host-source.ts': 'names /sys as a bind source of the config, which it does not look at',
  'library/guest-tools.ts': 'directories of the root file system it makes',
  'cli/preserve-fds.ts': 'what a descriptor is open on: elsewhere fstat',
  'cli/process-table.ts': 'for containers of the Linux backend: emulated processes bring their own table',
  'cli/commands/spec.ts': 'cgroup version of the host: Linux only',
};
const STARTS_PROGRAMS: Readonly<Record<string, string>> = {
  'core/hook-process.ts': 'hooks of the config',
  'cli/process-table.ts': 'ps(1), for containers of the Linux backend',
  'backends/emulation/linux-can-work.ts': 'unshare(1): Linux only',
  'backends/emulation/supervisor/identity.ts': 'ps(1), which POSIX has',
  'backends/emulation/supervisor/console-helper.ts': 'tsrun-helper, for a pidfd socket: Linux only',
  'backends/emulation/supervisor/launch.ts': 'this program itself, and where a console socket is asked for tsrun-helper (Linux)',
  'backends/emulation/supervisor/host-terminal.ts': 'stty(1), which POSIX has',
  'backends/emulation/wasi/asyncify-at-load.ts': 'wasm-opt, or this Node with binaryen: where there is one',
};

interface Source {
  readonly file: string;
  /** Without comments. */
  readonly code: string;
}

const sources: readonly Source[] = PORTABLE.flatMap((dir) =>
  (readdirSync(join(repository, 'src', dir), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$|(^|\/)testing\/|test-(kit|backend)\.ts$|\.d\.ts$/.test(name))
    .map((name) => ({ file: join(dir, name), code: withoutComments(readFileSync(join(repository, 'src', dir, name), 'utf8')) })),
);

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
}

/** Files that use node:fs and have a text that begins with a path of Linux alone. */
const looksAtLinux = ({ code }: Source): boolean =>
  /from 'node:fs(\/promises)?'/.test(code) && /['"`]\/(proc|sys|run|dev\/shm|cgroup)(\/|['"`])/.test(code);
const startsPrograms = ({ code }: Source): boolean => /(from |import\()'node:(child_process|cluster)'/.test(code);
const hostSignals = ({ code }: Source): boolean =>
  Array.from(code.matchAll(/process\.kill\([^,]*,\s*([^)]*)\)/g)).some(([, signal = '']) => !/^(0|name|'SIG\w+')$/.test(signal)) ||
  /(constants\.signals\[|entries\(constants\.signals\))/.test(code);
const hostErrno = ({ code }: Source): boolean => /\.errno\s*(===?|!==?|<|>)\s*-?\d/.test(code) || /constants\.errno/.test(code);

const files = (found: (source: Source) => boolean): readonly string[] => sources.filter(found).map(({ file }) => file);

describe('control: the scan finds', () => {
  const source = (code: string): Source => ({ file: 'x.ts', code: withoutComments(code) });

  test.each([
    ['a literal', `import { readFileSync } from 'node:fs'; readFileSync('/proc/self/stat')`, looksAtLinux, true],
    ['a template', "import * as fs from 'node:fs'; fs.statSync(`/sys/fs/cgroup/${id}`)", looksAtLinux, true],
    ['a comment (not)', `import * as fs from 'node:fs'; // '/proc/self'\n/* '/sys/x' */`, looksAtLinux, false],
    ['a path without node:fs (not)', `const masked = ['/proc/kcore'];`, looksAtLinux, false],
    ['a program', `import { spawn } from 'node:child_process';`, startsPrograms, true],
    ['a signal by number', `process.kill(pid, signal)`, hostSignals, true],
    ['a signal by name (not)', `process.kill(pid, 'SIGKILL'); process.kill(pid, 0)`, hostSignals, false],
    ['the host’s numbers', `Object.entries(constants.signals)`, hostSignals, true],
    ['an errno by number', `if (error.errno === -2) x()`, hostErrno, true],
  ] as const)('%s', (_what, code, found, expected) => {
    expect(found(source(code))).toBe(expected);
  });

  test('sources, in every part', () => {
    for (const dir of PORTABLE) expect(sources.filter(({ file }) => file.startsWith(`${dir}/`)).length, dir).toBeGreaterThan(5);
  });
});

describe('the portable sources', () => {
  test('look at paths of Linux only where a reason is given, and every reason is still needed', () => {
    expect(files(looksAtLinux).toSorted()).toEqual(Object.keys(LINUX_PATHS).toSorted());
  });

  test('start programs only where a reason is given, and every reason is still needed', () => {
    expect(files(startsPrograms).toSorted()).toEqual(Object.keys(STARTS_PROGRAMS).toSorted());
  });

  test('send signals to the host by name, and know errors by their code', () => {
    expect(files(hostSignals)).toEqual([]);
    expect(files(hostErrno)).toEqual([]);
  });
});
