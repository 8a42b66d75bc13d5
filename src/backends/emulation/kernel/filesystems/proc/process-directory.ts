import { errno } from '../../../errno.ts';
import type { PseudoDirectoryEntry, PseudoEntry, PseudoFileEntry, PseudoLinkEntry } from '../../../vfs/pseudo.ts';
import type { Location } from '../../../vfs/types.ts';
import { CAP_SYS_RESOURCE, hasCapability } from '../../capabilities.ts';
import type { Proc } from '../../process.ts';
import type { ClockOffsets } from '../../types.ts';
import { callerOf, demandInspect, written } from '../caller.ts';
import { descriptorInfo, descriptorLinks } from './descriptors.ts';
import { limitsOf } from './limits.ts';
import { mountInfoOf, mountsOf } from './mounts.ts';
import { namespaceLinks } from './namespaces.ts';
import { mapsOf, oomScoreOf, statmOf, statOf, statusOf } from './status.ts';

/** Files that only show something: by name, with their mode where it is not 0444. */
const FILES: Readonly<Record<string, readonly [read: (process: Proc) => string, mode?: number]>> = {
  cgroup: [({ kernel }) => `0::${kernel.options.cgroupPath ?? '/'}\n`],
  cmdline: [({ argv, program }) => (program === undefined ? '' : argv.map((text) => `${text}\0`).join(''))],
  environ: [({ env, program }) => (program === undefined ? '' : env.map((text) => `${text}\0`).join('')), 0o400],
  gid_map: [({ kernel }) => idMap(kernel.options.idMaps?.gid)],
  io: [ioOf, 0o400],
  limits: [limitsOf],
  loginuid: [() => '4294967295'],
  maps: [mapsOf],
  mountinfo: [mountInfoOf],
  mounts: [mountsOf],
  oom_score: [oomScoreOf],
  sessionid: [() => '4294967295'],
  setgroups: [() => 'allow\n'],
  stat: [statOf],
  statm: [statmOf],
  status: [statusOf],
  timens_offsets: [({ kernel }) => offsetsOf(kernel.options.clockOffsets)],
  uid_map: [({ kernel }) => idMap(kernel.options.idMaps?.uid)],
  wchan: [() => '0'],
};
const LINKS: Readonly<Record<string, (process: Proc) => Location>> = {
  cwd: ({ cwd }) => cwd,
  exe: ({ executable }) => executable,
  root: ({ root }) => root,
};
const DIRECTORIES: Readonly<Record<string, (process: Proc) => PseudoDirectoryEntry>> = {
  attr: attributesOf,
  fd: descriptorLinks,
  fdinfo: descriptorInfo,
  ns: namespaceLinks,
};
const WRITABLE: Readonly<Record<string, (process: Proc) => PseudoFileEntry>> = { comm: commOf, oom_score_adj: oomAdjustOf };
const TASK_NAMES = [FILES, LINKS, DIRECTORIES, WRITABLE].flatMap((table) => Object.keys(table));

/** /proc/PID. Entries are made when they are looked at. */
export function processDirectory(process: Proc): PseudoDirectoryEntry {
  return {
    kind: 'directory',
    key: process,
    uid: process.ids.euid,
    gid: process.ids.egid,
    lookup: (name) => (name === 'task' ? taskDirectory(process) : lookup(process, name)),
    list: () => ['task', ...TASK_NAMES],
  };
}

/** Processes have one thread. */
function taskDirectory(process: Proc): PseudoDirectoryEntry {
  const owner = { uid: process.ids.euid, gid: process.ids.egid };
  const thread: PseudoDirectoryEntry = {
    kind: 'directory',
    ...owner,
    lookup: (name) => (name === 'children' ? { kind: 'file', read: () => childrenOf(process) } : lookup(process, name)),
    list: () => ['children', ...TASK_NAMES],
  };
  return { kind: 'directory', ...owner, entries: { [process.pid]: thread } };
}

function lookup(process: Proc, name: string): PseudoEntry | undefined {
  const owner = { uid: process.ids.euid, gid: process.ids.egid };
  if (Object.hasOwn(FILES, name)) {
    const [read, mode = 0o444] = FILES[name] ?? [() => ''];
    return { kind: 'file', ...owner, mode, read: () => read(process) };
  }
  if (Object.hasOwn(LINKS, name)) return { ...placeLink(process, LINKS[name] ?? (({ root }) => root)), ...owner };
  if (Object.hasOwn(DIRECTORIES, name)) return DIRECTORIES[name]?.(process);
  if (Object.hasOwn(WRITABLE, name)) return WRITABLE[name]?.(process);
  return undefined;
}

function placeLink(process: Proc, place: (process: Proc) => Location): PseudoLinkEntry {
  const { kernel } = process;
  const get = (): Location => {
    demandInspect(kernel, process);
    // A zombie has none any more.
    if (process.waitStatus !== undefined) throw errno('ENOENT');
    return place(process);
  };
  return { kind: 'link', magic: get, target: () => kernel.vfs.pathOf(get(), (callerOf(kernel) ?? process).root) };
}

function childrenOf(process: Proc): string {
  return [...(process.children ?? [])].map(({ pid }) => `${pid} `).join('');
}

function idMap(lines = '0 0 4294967295\n'): string {
  return lines.replaceAll(/\d+/g, (number) => number.padStart(10));
}

/** As time_namespaces(7) prints them: the nanoseconds are never negative. */
function offsetsOf({ monotonic, boottime }: ClockOffsets = { monotonic: 0n, boottime: 0n }): string {
  const line = (name: string, offset: bigint): string => {
    const nanoseconds = ((offset % SECOND) + SECOND) % SECOND;
    return `${name.padEnd(10)} ${String((offset - nanoseconds) / SECOND).padStart(10)} ${String(nanoseconds).padStart(9)}\n`;
  };
  return line('monotonic', monotonic) + line('boottime', boottime);
}
const SECOND = 1_000_000_000n;

function ioOf({ bytesRead, bytesWritten, reads, writes }: Proc): string {
  return `rchar: ${bytesRead}\nwchar: ${bytesWritten}\nsyscr: ${reads}\nsyscw: ${writes}\nread_bytes: 0\nwrite_bytes: 0\ncancelled_write_bytes: 0\n`;
}

/** prctl(PR_SET_NAME) of the process itself or another of its user: at most 15 bytes. */
function commOf(process: Proc): PseudoFileEntry {
  return {
    kind: 'file',
    mode: 0o644,
    uid: process.ids.euid,
    gid: process.ids.egid,
    read: () => `${process.comm}\n`,
    write: (bytes) => {
      if (callerOf(process.kernel) !== process) throw errno('EINVAL');
      process.comm = written(bytes).slice(0, 15);
    },
  };
}

function oomAdjustOf(process: Proc): PseudoFileEntry {
  return {
    kind: 'file',
    mode: 0o644,
    uid: process.ids.euid,
    gid: process.ids.egid,
    read: () => `${process.oomScoreAdjust}\n`,
    write: (bytes) => {
      const value = Number(written(bytes).trim());
      if (!Number.isInteger(value) || value < -1000 || value > 1000) throw errno('EINVAL');
      const caller = callerOf(process.kernel);
      if (value < process.oomScoreAdjust && caller !== undefined && !hasCapability(caller, CAP_SYS_RESOURCE)) throw errno('EACCES');
      process.oomScoreAdjust = value;
    },
  };
}

/** No security module: they exist and have nothing to say. */
function attributesOf(process: Proc): PseudoDirectoryEntry {
  const none: PseudoFileEntry = {
    kind: 'file',
    uid: process.ids.euid,
    gid: process.ids.egid,
    read: () => {
      throw errno('EINVAL');
    },
  };
  return { kind: 'directory', entries: { current: none, exec: none, fscreate: none, keycreate: none, prev: none, sockcreate: none } };
}
