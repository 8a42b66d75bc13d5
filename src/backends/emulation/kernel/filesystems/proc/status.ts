import { memoryOf as containerMemory } from '../../memory.ts';
import type { Proc } from '../../process.ts';
import { RLIM_INFINITY, limitOf } from '../../rlimits.ts';
import { SIGCHLD } from '../../signal-numbers.ts';
import { TICKS_PER_SECOND } from '../../uname.ts';
import { makedev } from '../../../vfs/types.ts';
import { PTS_MAJOR } from '../../tty/slave.ts';

const PAGE = 4096;

const STATES: Readonly<Record<Proc['state'], string>> = {
  running: 'R (running)',
  sleeping: 'S (sleeping)',
  stopped: 'T (stopped)',
  zombie: 'Z (zombie)',
  dead: 'X (dead)',
};

const hex = (mask: bigint): string => mask.toString(16).padStart(16, '0');
const kilobytes = (bytes: number): string => `${String(Math.floor(bytes / 1024)).padStart(8)} kB`;
const memoryOf = (process: Proc): number => process.program?.memoryBytes ?? 0;

/** /proc/PID/status (proc_pid_status(5)). */
export function statusOf(process: Proc): string {
  const { ids, capabilities, pid, pgid, sid } = process;
  const memory = kilobytes(memoryOf(process));
  const rows: (readonly [string, string | number])[] = [
    ['Name', process.comm],
    ['Umask', process.umask.toString(8).padStart(4, '0')],
    ['State', STATES[process.state]],
    ['Tgid', pid],
    ['Ngid', 0],
    ['Pid', pid],
    ['PPid', process.ppid],
    ['TracerPid', 0],
    ['Uid', [ids.ruid, ids.euid, ids.suid, ids.euid].join('\t')],
    ['Gid', [ids.rgid, ids.egid, ids.sgid, ids.egid].join('\t')],
    ['FDSize', Math.max(64, process.descriptors.length)],
    ['Groups', ids.groups.map((gid) => `${gid} `).join('')],
    ['NStgid', pid],
    ['NSpid', pid],
    ['NSpgid', pgid],
    ['NSsid', sid],
  ];
  if (process.program !== undefined) {
    rows.push(['VmPeak', memory], ['VmSize', memory], ['VmHWM', memory], ['VmRSS', memory], ['VmData', memory], ['VmSwap', kilobytes(0)]);
  }
  const queued =
    [...(process.extra?.values() ?? [])].reduce((sum, count) => sum + count, 0) + hex(process.pending).replaceAll('0', '').length;
  rows.push(
    ['Threads', 1],
    ['SigQ', `${queued}/${limitText(limitOf(process, 11)[0])}`],
    ['SigPnd', hex(0n)],
    ['ShdPnd', hex(process.pending)],
    ['SigBlk', hex(process.mask)],
    ['SigIgn', hex(process.ignored)],
    ['SigCgt', hex(process.handled)],
    ['CapInh', hex(capabilities.inheritable)],
    ['CapPrm', hex(capabilities.permitted)],
    ['CapEff', hex(capabilities.effective)],
    ['CapBnd', hex(capabilities.bounding)],
    ['CapAmb', hex(capabilities.ambient)],
    ['NoNewPrivs', process.noNewPrivileges ? 1 : 0],
    ['Seccomp', 0],
    ['Seccomp_filters', 0],
    ['Cpus_allowed', 1],
    ['Cpus_allowed_list', 0],
    ['Mems_allowed', 1],
    ['Mems_allowed_list', 0],
    ['voluntary_ctxt_switches', process.switches],
    ['nonvoluntary_ctxt_switches', 0],
  );
  return rows.map(([name, value]) => `${name}:\t${value}\n`).join('');
}

const limitText = (limit: bigint): string => String(limit === RLIM_INFINITY ? 0xffffffffn : limit);
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
const ticks = (ms: number): number => Math.round((ms * TICKS_PER_SECOND) / 1000);

/** /proc/PID/stat (proc_pid_stat(5)): 52 fields. */
export function statOf(process: Proc): string {
  const { kernel } = process;
  const { terminal } = process;
  const memory = memoryOf(process);
  const low = (mask: bigint): bigint => mask & 0x7fffffffn;
  const [asLimit] = limitOf(process, 5);
  const fields = [
    process.pid,
    `(${process.comm})`,
    STATES[process.state][0],
    process.ppid,
    process.pgid,
    process.sid,
    terminal === undefined ? 0 : makedev(PTS_MAJOR, terminal.index),
    terminal === undefined ? -1 : terminal.foreground,
    // PF_RANDOMIZE, and PF_FORKNOEXEC before the first exec.
    0x00400000 | (process.executed ? 0 : 0x40),
    ...zeros(4),
    ticks(kernel.scheduler.cpuOf(process)),
    0,
    ticks(process.childrenCpuMs),
    0,
    // priority nice num_threads itrealvalue
    20,
    0,
    1,
    0,
    ticks(process.startedAt - kernel.startedAt),
    memory,
    Math.floor(memory / PAGE),
    asLimit,
    ...zeros(5),
    low(process.pending),
    low(process.mask),
    low(process.ignored),
    low(process.handled),
    // wchan nswap cnswap exit_signal processor rt_priority policy delays guest cguest
    ...zeros(3),
    SIGCHLD,
    ...zeros(6),
    ...zeros(7),
    process.waitStatus ?? 0,
  ];
  return `${fields.join(' ')}\n`;
}

/** /proc/PID/statm: total and resident pages; all of a guest's memory is data. */
export function statmOf(process: Proc): string {
  const pages = Math.floor(memoryOf(process) / PAGE);
  return `${pages} ${pages} 0 0 0 ${pages} 0\n`;
}

/** One region: the linear memory, beginning at 0. */
export function mapsOf(process: Proc): string {
  const memory = memoryOf(process);
  if (memory === 0) return '';
  return `${'0'.padStart(8, '0')}-${memory.toString(16).padStart(8, '0')} rw-p 00000000 00:00 0`.padEnd(73) + '[heap]\n';
}

/** 0 to 1000 and more: share of the container's memory in thousandths, and oom_score_adj. */
export function oomScoreOf(process: Proc): string {
  const total = process.kernel.limits.memory ?? containerMemory(process.kernel).used;
  const share = total === 0 ? 0 : Math.round((memoryOf(process) * 1000) / total);
  return `${Math.max(0, share + process.oomScoreAdjust)}\n`;
}
