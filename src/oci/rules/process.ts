import { CAPABILITY_SETS, capabilityNumber } from '../capabilities.ts';
import { parseCpuList } from '../cpu-list.ts';
import { nearest } from '../did-you-mean.ts';
import { RLIMITS, rlimitNumber } from '../rlimits.ts';
import type { Process } from '../spec.ts';
import type { Report } from './rule.ts';

/** args: at least one entry is REQUIRED on POSIX platforms; cwd MUST be absolute (config.md#process). */
export function command(process: Process, report: Report, base: string): void {
  const section = 'config.md#process';
  if (!process.args?.length) report.error(`${base}/args`, 'args must not be empty', { section });
  if (!process.cwd.startsWith('/')) {
    report.error(`${base}/cwd`, `Cwd must be an absolute path, got ${JSON.stringify(process.cwd)}`, { section });
  }
  for (const [index, entry] of (process.env ?? []).entries()) {
    if (entry.indexOf('=') < 1) report.warn(`${base}/env/${index}`, `${JSON.stringify(entry)} is not of the form NAME=value`, { section });
  }
  if (process.commandLine !== undefined) report.warn(`${base}/commandLine`, 'is for windows; ignored', { section });
  if (process.user?.username !== undefined) report.warn(`${base}/user/username`, 'is for windows; ignored', { section });
}

/** uid and gid are REQUIRED (config.md#posix-platform-user); runtimes take 0 where they are missing. */
export function user(process: Process, report: Report, base: string): void {
  const section = 'config.md#posix-platform-user';
  const missing = (['uid', 'gid'] as const).filter((name) => process.user?.[name] === undefined);
  if (process.user === undefined) report.warn(`${base}/user`, 'is required; uid 0 and gid 0 are used', { section });
  else for (const name of missing) report.warn(`${base}/user/${name}`, 'is required; 0 is used', { section });
}

/** Each type MUST be known and MUST appear once; the kernel refuses a soft limit above the hard one (config.md#posix-process). */
export function rlimits(process: Process, report: Report, base: string): void {
  const section = 'config.md#posix-process';
  const seen = new Map<string, number>();
  for (const [index, { type, soft, hard }] of (process.rlimits ?? []).entries()) {
    const pointer = `${base}/rlimits/${index}`;
    if (rlimitNumber(type) === undefined) {
      const guess = nearest(type, Object.keys(RLIMITS));
      report.error(`${pointer}/type`, `wrong rlimit value: ${type}`, {
        section,
        ...(guess === undefined ? {} : { hint: `did you mean "${guess}"?` }),
      });
    }
    const first = seen.get(type);
    if (first !== undefined) report.error(pointer, `duplicate rlimit ${type}, already in ${base}/rlimits/${first}`, { section });
    else seen.set(type, index);
    if (soft > hard) report.error(`${pointer}/soft`, `is above the hard limit (${soft} > ${hard})`, { section });
  }
}

/** An unknown capability SHOULD NOT fail, MUST warn (config.md#linux-process); a set that capset(2) refuses is an error. */
export function capabilities(process: Process, report: Report, base: string): void {
  const section = 'config.md#linux-process';
  const unknown = new Map<string, string>();
  for (const set of CAPABILITY_SETS) {
    for (const [index, name] of (process.capabilities?.[set] ?? []).entries()) {
      if (capabilityNumber(name) === undefined && !unknown.has(name)) unknown.set(name, `${base}/capabilities/${set}/${index}`);
    }
  }
  for (const [name, pointer] of unknown) report.warn(pointer, `unknown capability ${JSON.stringify(name)} is ignored`, { section });
  const permitted = new Set(process.capabilities?.permitted);
  const lacking = (process.capabilities?.effective ?? []).filter((name) => !permitted.has(name) && capabilityNumber(name) !== undefined);
  if (lacking.length > 0) {
    report.error(`${base}/capabilities/effective`, `${lacking.join(', ')} cannot be effective without being permitted`, { section });
  }
  const inheritable = new Set(process.capabilities?.inheritable);
  const notRaised = (process.capabilities?.ambient ?? []).filter((name) => !(permitted.has(name) && inheritable.has(name)));
  const known = notRaised.filter((name) => capabilityNumber(name) !== undefined);
  if (known.length > 0) {
    report.warn(`${base}/capabilities/ambient`, `can't raise ambient capability ${known.join(', ')}: not both permitted and inheritable`, {
      section,
    });
  }
}

/** What sched_setattr(2) takes with each policy (config.md#linux-process). */
export function scheduler(process: Process, report: Report, base: string): void {
  const { scheduler: s } = process;
  if (!s) return;
  const section = 'config.md#linux-process';
  const at = `${base}/scheduler`;
  const realTime = s.policy === 'SCHED_FIFO' || s.policy === 'SCHED_RR';
  if (s.nice !== undefined && (s.nice < -20 || s.nice > 19)) report.error(`${at}/nice`, `expected -20 to 19, got ${s.nice}`, { section });
  if (realTime && ((s.priority ?? 0) < 1 || (s.priority ?? 0) > 99))
    report.error(`${at}/priority`, `${s.policy} needs 1 to 99`, { section });
  if (!realTime && s.priority) report.error(`${at}/priority`, 'is only for SCHED_FIFO and SCHED_RR', { section });
  const { runtime = 0, deadline = 0, period = 0 } = s;
  if (s.policy !== 'SCHED_DEADLINE') {
    for (const name of ['runtime', 'deadline', 'period'] as const) {
      if (s[name]) report.error(`${at}/${name}`, 'is only for SCHED_DEADLINE', { section });
    }
  } else if (runtime === 0 || runtime > deadline || (period !== 0 && deadline > period)) {
    report.error(at, 'SCHED_DEADLINE needs 0 < runtime <= deadline <= period', { section });
  }
}

/** CPU lists (config.md#linux-process). */
export function cpuAffinity(process: Process, report: Report, base: string): void {
  for (const name of ['initial', 'final'] as const) {
    const parsed = parseCpuList(process.execCPUAffinity?.[name] ?? '');
    if ('error' in parsed) report.error(`${base}/execCPUAffinity/${name}`, parsed.error, { section: 'config.md#linux-process' });
  }
}
