/** What the golden files cannot say: what is refused, and why the order of a plan is as it is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe as suite, expect, it } from 'vitest';
import type { Linux, Process, Spec } from '../oci/spec.ts';
import { bitList, makedev } from './bytes.ts';
import { describe } from './describe.ts';
import type { HostFacts } from './facts.ts';
import { sysctlPath } from './masks.ts';
import { type Op, OPS, STAGES } from './ops.ts';
import type { CreateOptions } from './options.ts';
import { absolute } from './paths.ts';
import { planCreate, planExec } from './plan.ts';
import { PlanProblem } from './problem.ts';

const plans = join(import.meta.dirname, '../../fixtures/plans');
const read = (name: string, file: string): unknown => JSON.parse(readFileSync(join(plans, name, file), 'utf8'));

function facts(changes: Partial<HostFacts> = {}): HostFacts {
  const file = read('default', 'facts.json') as Omit<HostFacts, 'capabilities'> & { capabilities: string };
  return { ...file, capabilities: BigInt(file.capabilities), ...changes };
}

const options: CreateOptions = {
  id: 'box',
  bundle: '/bundle',
  stateDir: '/run/tsrun/box',
  cgroup: { manager: 'cgroupfs', mode: 'v2', path: '/box', dirs: { '': '/sys/fs/cgroup/box' } },
  stdio: 'inherit',
  preserveFds: 0,
  noPivot: false,
  noNewKeyring: false,
  attached: false,
  subreaper: false,
  startNow: false,
  hookState: () => ['', ''],
};

function spec(changes: { process?: Partial<Process>; linux?: Partial<Linux> } & Partial<Omit<Spec, 'process' | 'linux'>> = {}): Spec {
  const base = read('default', 'config.json') as Spec & { process: Process };
  const { process = {}, linux = {}, ...rest } = changes;
  return { ...base, ...rest, process: { ...base.process, ...process }, linux: { ...base.linux, ...linux } };
}

function problem(config: Spec, host = facts()): string {
  try {
    planCreate(config, host, options);
  } catch (error) {
    if (error instanceof PlanProblem) return error.pointer;
    throw error;
  }
  return 'none';
}

const all = ['default', 'everything', 'userns', 'rootless', 'rootless-ranges', 'docker', 'cgroup-v1', 'terminal-run', 'no-process'];
const names = (ops: readonly Op[]): string[] => ops.map(({ op }) => op);

suite('a plan', () => {
  it('keeps to the stages of the instruction table, in their order', () => {
    for (const name of all) {
      const ops = planCreate(read(name, 'config.json') as Spec, facts({ apparmor: true, selinux: true }), options);
      const stages = ops.map(({ stage }) => STAGES.indexOf(stage));
      expect(stages, name).toEqual(stages.toSorted((a, b) => a - b));
      for (const { op, stage } of ops) expect(OPS[op].stages, `${name}: ${op}`).toContain(stage);
    }
  });

  it('says what every instruction does in a phrase of one line', () => {
    for (const op of planCreate(read('everything', 'config.json') as Spec, facts({ apparmor: true, selinux: true }), options)) {
      expect(describe(op), op.op).toMatch(/^[a-z][^\n]{4,}$/);
    }
    const [proc] = planCreate(spec(), facts(), options).filter(({ op }) => op === 'mount');
    expect(proc && describe(proc)).toBe('mounting proc on /proc');
  });

  it('installs seccomp after the wait under no_new_privs, before the ids change without', () => {
    const seccomp = { defaultAction: 'SCMP_ACT_ALLOW' } as const;
    const late = names(planCreate(spec({ linux: { seccomp }, process: { noNewPrivileges: true } }), facts(), options));
    expect(late.slice(-3)).toEqual(['awaitStart', 'seccomp', 'exec']);
    const early = names(planCreate(spec({ linux: { seccomp }, process: { noNewPrivileges: false } }), facts(), options));
    expect(early.indexOf('seccomp')).toBeLessThan(early.indexOf('ids'));
    expect(early.indexOf('ids')).toBeLessThan(early.indexOf('capabilities'));
  });

  it('gives up no privilege before what needs it, and waits with none left', () => {
    const ops = names(planCreate(read('everything', 'config.json') as Spec, facts({ apparmor: true, selinux: true }), options));
    for (const op of ['rlimit', 'scheduler', 'ioPriority', 'memoryPolicy', 'label', 'chdir', 'keyring', 'session']) {
      expect(ops.lastIndexOf(op), op).toBeLessThan(ops.indexOf('ids'));
    }
    expect(ops.indexOf('capabilities')).toBeLessThan(ops.indexOf('awaitStart'));
  });

  it('takes relative bind sources from the bundle and relative destinations from /', () => {
    const mounts = [{ destination: 'x/./y/', type: 'none', source: 'a/../b', options: ['bind'] }];
    expect(planCreate(spec({ mounts }), facts(), options)).toContainEqual(
      expect.objectContaining({ op: 'bind', source: '/bundle/b', target: '/x/y' }),
    );
  });

  it('makes ambient only what is permitted and inheritable, and leaves out what the kernel does not know', () => {
    const kill = ['CAP_KILL', 'CAP_CHECKPOINT_RESTORE'];
    const capabilities = { permitted: kill, inheritable: ['CAP_KILL'], ambient: kill };
    const op = planCreate(spec({ process: { capabilities } }), facts({ lastCapability: 39 }), options).find(
      (each) => each.op === 'capabilities',
    );
    const sets = op && new BigUint64Array(op.sets.buffer);
    expect(sets && [...sets]).toEqual([0n, 0n, 1n << 5n, 1n << 5n, 1n << 5n]);
  });

  it('binds the devices of the host instead of making them inside any user namespace', () => {
    const flags = (host: HostFacts): unknown => planCreate(spec(), host, options).find(({ op }) => op === 'mknod')?.flags;
    expect(flags(facts({ inUserNamespace: true }))).toBe(1);
    expect(flags(facts())).toBeUndefined();
  });

  it('copy-symlink makes a source that is a symlink again, and binds any other', () => {
    const mounts = ['link', 'file'].map((source) => ({ destination: `/${source}`, source, options: ['bind', 'copy-symlink', 'ro'] }));
    const readLink = (path: string): string | undefined => (path === '/bundle/link' ? 'to/there' : undefined);
    const ops = planCreate(spec({ mounts }), facts(), { ...options, readLink }).filter(({ origin }) => origin.startsWith('/mounts/'));
    expect(ops).toEqual([
      { op: 'symlink', stage: 'setup', origin: '/mounts/0', path: '/link', target: 'to/there' },
      expect.objectContaining({ op: 'bind', source: '/bundle/file' }),
    ]);
  });

  it('of exec joins exactly the namespaces of the config, and enters a chroot where there is no mount namespace', () => {
    const process: Process = { args: ['true'], cwd: '/', env: [] };
    const exec = {
      target: { pid: 7, namespaces: { pid: '/kept/pid' } },
      state: '{}',
      cgroupDirs: [],
      stdio: 'inherit',
      preserveFds: 0,
      attached: false,
      subreaper: false,
    } as const;
    const ops = planExec(process, spec({ linux: { namespaces: [{ type: 'pid' }] } }), facts(), exec);
    expect(ops.filter(({ op }) => op === 'joinNamespace')).toEqual([expect.objectContaining({ path: '/kept/pid' })]);
    expect(names(ops)).toEqual(expect.arrayContaining(['rootfs', 'pivotRoot']));
    expect(names(planExec(process, spec(), facts(), exec))).not.toContain('pivotRoot');
  });
});

suite('what cannot be planned is refused with its pointer', () => {
  const user = { namespaces: [{ type: 'user' }, { type: 'mount' }, { type: 'uts' }] } as const;
  const one = [{ containerID: 0, hostID: 1000, size: 1 }];
  it.each<[string, Spec, string, Partial<HostFacts>?]>([
    ['mounts without a mount namespace', spec({ linux: { namespaces: [{ type: 'pid' }] } }), '/mounts'],
    ['a user namespace without maps', spec({ linux: user }), '/linux/uidMappings'],
    ['a hostname in the host’s UTS namespace', spec({ linux: { namespaces: [{ type: 'mount' }] } }), '/hostname'],
    [
      'network devices in the host’s network namespace',
      spec({ linux: { namespaces: [{ type: 'mount' }, { type: 'uts' }], netDevices: { eth0: {} } } }),
      '/linux/netDevices',
    ],
    ['an AppArmor profile without AppArmor', spec({ process: { apparmorProfile: 'x' } }), '/process/apparmorProfile'],
    ['an SELinux label without SELinux', spec({ process: { selinuxLabel: 'x' } }), '/process/selinuxLabel'],
    ['personality flags', spec({ linux: { personality: { domain: 'LINUX', flags: ['X'] } } }), '/linux/personality/flags'],
    ['an idmapped mount without any map', spec({ mounts: [{ destination: '/x', source: '/y', options: ['bind', 'idmap'] }] }), '/mounts/0'],
    ['a bind mount without a source', spec({ mounts: [{ destination: '/x', options: ['bind'] }] }), '/mounts/0/source'],
    [
      'a cgroup mount where no cgroups are',
      spec({ mounts: [{ destination: '/x', type: 'cgroup' }] }),
      '/mounts/0/type',
      { cgroup: { mode: 'none', v1: [] } },
    ],
    ['a node list that is none', spec({ linux: { memoryPolicy: { mode: 'MPOL_BIND', nodes: '3-1' } } }), '/linux/memoryPolicy/nodes'],
    [
      'more groups where setgroups is denied',
      spec({ linux: { ...user, uidMappings: one, gidMappings: one }, process: { user: { additionalGids: [5] } } }),
      '/process/user/additionalGids',
      { euid: 1000, egid: 1000, canWriteIdMaps: false },
    ],
    [
      'notify without a listener',
      spec({ linux: { seccomp: { defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['mkdir'], action: 'SCMP_ACT_NOTIFY' }] } } }),
      '/linux/seccomp/listenerPath',
    ],
    ['notify as the default', spec({ linux: { seccomp: { defaultAction: 'SCMP_ACT_NOTIFY' } } }), '/linux/seccomp/defaultAction'],
  ])('%s', (_, config, pointer, host) => expect(problem(config, facts(host))).toBe(pointer));
});

suite('small parts', () => {
  it('absolute() tidies without leaving the root', () => {
    expect(['/a//b/./c/', '../../x', '/..', 'y'].map((path) => absolute(path, '/b'))).toEqual(['/a/b/c', '/x', '/', '/b/y']);
  });
  it('sysctl keys: the first separator separates', () => {
    expect(['kernel.msgmax', 'net/ipv4/conf/eth0.1/mtu', 'net.ipv4.conf.eth0/1.mtu'].map(sysctlPath)).toEqual([
      'kernel/msgmax',
      'net/ipv4/conf/eth0.1/mtu',
      'net/ipv4/conf/eth0.1/mtu',
    ]);
  });
  it('bit lists are whole 64-bit words; reversed, empty and huge ranges are none', () => {
    expect(bitList('0-3,65')).toEqual(new Uint8Array([15, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]));
    expect(['3-1', '', 'a', '0-99999', '1,,2', '-1'].map((list) => bitList(list))).toEqual(Array.from({ length: 6 }, () => undefined));
  });
  it('device numbers are packed as the C library does', () => {
    expect(makedev(1, 3)).toBe(0x103n);
    expect(makedev(259, 300000)).toBe(0x4931_03e0n);
  });
});
