/**
 * What the emulation does not really apply of a valid config. It plans as `create` does, and looks up every instruction in
 * execute/applied.ts, so that the two cannot disagree; what is no instruction has rows of its own here.
 */
import type { Spec } from '../../oci/spec.ts';
import type { Op } from '../../plan/ops.ts';
import { planCreate } from '../../plan/plan.ts';
import { PlanProblem } from '../../plan/problem.ts';
import type { BackendOptions, Finding } from '../backend.ts';
import { APPLIED_BY_EMULATION, BUILT_IN_DEVICES, ENFORCED_RLIMITS, FILE_SYSTEMS } from './execute/applied.ts';
import { emulatedCgroup, EMULATED_HOST } from './execute/facts.ts';
import { lacks } from './execute/resources.ts';

type Say = (level: Finding['level'], pointer: string, message: string) => void;

export function checkConfig(config: Spec, _options: BackendOptions): readonly Finding[] {
  const found: Finding[] = [];
  const say: Say = (level, pointer, message) => {
    if (!found.some((known) => known.pointer === pointer && known.message === message)) found.push({ level, pointer, message });
  };
  checkSections(config, say);
  for (const { level, path, message } of lacks(config.linux?.resources ?? {})) say(level, `/linux/resources${path}`, message);
  for (const op of planOf(config, say)) {
    const { level, reason } = APPLIED_BY_EMULATION[op.op];
    if (level === 'visible' || level === 'recorded') say(level, op.origin, reason ?? op.op);
    checkArguments(op, say);
  }
  return found;
}

/** As `create` would make it; what the planner refuses is a finding. */
function planOf(config: Spec, say: Say): readonly Op[] {
  if (config.root === undefined) return []; // create says what is missing
  try {
    return planCreate(config, EMULATED_HOST, {
      id: 'check',
      bundle: '/',
      stateDir: '/',
      cgroup: emulatedCgroup(config, 'check'),
      stdio: config.process?.terminal ? 'terminal' : 'inherit',
      preserveFds: 0,
      attached: true,
      subreaper: false,
      noPivot: false,
      startNow: true,
      hookState: () => ['', ''],
    });
  } catch (error) {
    if (!(error instanceof PlanProblem)) throw error;
    say('refused', error.pointer, error.message);
    return [];
  }
}

/** An instruction that is applied in general may not be with these arguments. */
function checkArguments(op: Op, say: Say): void {
  switch (op.op) {
    case 'mount':
      if (!FILE_SYSTEMS.has(op.fstype))
        say('refused', op.origin, `no such device: the emulated kernel has no file system ${JSON.stringify(op.fstype)}`);
      return;
    case 'openTree':
      if (op.uidMap !== '') say('refused', op.origin, 'the emulated kernel has no idmapped mounts');
      return;
    case 'mknod':
      checkDevice(op.origin, op.mode, op.n ?? 0n, say);
      return;
    case 'rlimit':
      if (!ENFORCED_RLIMITS.has(op.resource)) say('visible', op.origin, 'the emulated kernel shows this limit and does not enforce it');
      return;
    case 'personality':
      if (op.n !== 0n) say('refused', op.origin, 'the emulated kernel has no personality but LINUX');
      return;
    case 'seccomp':
      if (op.listener !== '') say('refused', `${op.origin}/listenerPath`, 'the emulated kernel has no seccomp listeners');
      return;
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the others are as applied.ts says, whatever their arguments
    default:
  }
}

const S_IFMT = 0o170000;
const S_IFCHR = 0o020000;
const S_IFIFO = 0o010000;

function checkDevice(origin: string, mode: number, device: bigint, say: Say): void {
  if ((mode & S_IFMT) === S_IFIFO) return;
  const name = `${(device >> 8n) & 0xfffn}:${(device & 0xffn) | ((device >> 12n) & 0xfff00n)}`;
  if ((mode & S_IFMT) !== S_IFCHR || !BUILT_IN_DEVICES.has(name))
    say('refused', origin, `the emulated kernel has no device ${(mode & S_IFMT) === S_IFCHR ? 'c' : 'b'} ${name}`);
}

/** Where a config has no such namespace, its program expects to see the host's processes, network or names. */
const SHARED_ELSEWHERE = ['pid', 'network', 'ipc', 'uts'] as const;

/** Mount options that are taken; the last two are of tmpfs. */
const WITHOUT_EFFECT = /^(mand|iversion|huge=.*|mpol=.*)$/;

/** What leads to no instruction. */
function checkSections({ process, linux, mounts = [] }: Spec, say: Say): void {
  if (process?.commandLine !== undefined) say('recorded', '/process/commandLine', 'commandLine is for Windows; args is what runs');
  if (process?.user?.username !== undefined) say('recorded', '/process/user/username', 'username is for Windows; uid is what counts');
  if (process?.execCPUAffinity !== undefined)
    say('recorded', '/process/execCPUAffinity', APPLIED_BY_EMULATION.cpuAffinity.reason ?? 'execCPUAffinity');
  if (linux?.intelRdt !== undefined) say('refused', '/linux/intelRdt', 'the emulated kernel has no resource director');
  if (linux?.mountLabel !== undefined) say('refused', '/linux/mountLabel', 'the emulated kernel has no SELinux');
  for (const type of SHARED_ELSEWHERE) {
    if (linux !== undefined && !linux.namespaces?.some((namespace) => namespace.type === type))
      say('recorded', '/linux/namespaces', `${type}: nothing is shared with the host, though the config makes no new namespace`);
  }
  mounts.forEach(({ options = [] }, index) => {
    const lacking = options.filter((option) => WITHOUT_EFFECT.test(option));
    if (lacking.length > 0) say('recorded', `/mounts/${index}/options`, `the emulated kernel does not apply ${lacking.join(', ')}`);
  });
}
