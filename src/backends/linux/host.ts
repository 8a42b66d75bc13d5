/** Facts about the host that the planner needs, from a handful of small files and no child process. */
import { readFileSync } from 'node:fs';
import type { CgroupFacts, CgroupV1Hierarchy, HostFacts } from '../../plan/facts.ts';
import { parseProcCgroup } from './proc.ts';

const CAP_SETGID = 6n;
const CAP_SETUID = 7n;

let gathered: HostFacts | undefined;

/**
 * Read once a process: `check`, planning and cgroups need the same. What cannot be read counts as not there. What few configs
 * ask for is read when it is asked for: a small file is 50 µs of a `run`.
 */
export function gatherHostFacts(): HostFacts {
  gathered ??= readHostFacts();
  return gathered;
}

function readHostFacts(): HostFacts {
  const uidMap = readOrEmpty('/proc/self/uid_map');
  const capabilities = BigInt(`0x${/^CapEff:\t([0-9a-f]+)/m.exec(readOrEmpty('/proc/self/status'))?.[1] ?? '0'}`);
  return {
    euid: process.geteuid?.() ?? 0,
    egid: process.getegid?.() ?? 0,
    inUserNamespace: !isInitialUidMap(uidMap),
    get kernel() {
      return parseKernelVersion(readOrEmpty('/proc/sys/kernel/osrelease'));
    },
    arch: process.arch,
    capabilities,
    lastCapability: Number(readOrEmpty('/proc/sys/kernel/cap_last_cap')) || 0,
    get filesystems() {
      return parseFilesystems(readOrEmpty('/proc/filesystems'));
    },
    cgroup: cgroupFacts(readOrEmpty('/proc/self/mountinfo'), readOrEmpty('/proc/self/cgroup'), readOrEmpty),
    get apparmor() {
      return readOrEmpty('/sys/module/apparmor/parameters/enabled').startsWith('Y');
    },
    get selinux() {
      return this.filesystems.includes('selinuxfs') && readOrEmpty('/sys/fs/selinux/enforce') !== '';
    },
    setgroupsDenied: readOrEmpty('/proc/self/setgroups').startsWith('deny'),
    canWriteIdMaps: ((capabilities >> CAP_SETUID) & (capabilities >> CAP_SETGID) & 1n) === 1n,
  };
}

/** tsrun has not the rights of the machine's root: not uid 0, or uid 0 of a user namespace only. */
export function isRootless(facts: Pick<HostFacts, 'euid' | 'inUserNamespace'>): boolean {
  return facts.euid !== 0 || facts.inUserNamespace;
}

/** A missing file (no user namespaces in this kernel) means the initial one. */
export function isInitialUidMap(text: string): boolean {
  const fields = text.trim().split(/\s+/);
  return text.trim() === '' || (fields.length === 3 && fields[0] === '0' && fields[1] === '0' && fields[2] === '4294967295');
}

export function parseKernelVersion(text: string): readonly [number, number] {
  const match = /^(\d+)\.(\d+)/.exec(text);
  return [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
}

function parseFilesystems(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.slice(line.indexOf('\t') + 1).trim())
    .filter(Boolean);
}

interface CgroupMount {
  readonly root: string;
  readonly mountpoint: string;
  readonly v2: boolean;
  readonly options: readonly string[];
}

/** Pure but for `read`, which gives '' for a missing file; so that other hosts' tables can be tested. */
export function cgroupFacts(mountinfo: string, procCgroup: string, read: (path: string) => string): CgroupFacts {
  const own = parseProcCgroup(procCgroup);
  const mounts = [...cgroupMounts(mountinfo).values()];
  const unified = preferred(mounts.filter(({ v2 }) => v2));
  const v1: CgroupV1Hierarchy[] = [];
  // A v2 tree at the standard place is the host's choice, whatever else somebody mounted elsewhere.
  if (unified?.mountpoint !== '/sys/fs/cgroup') {
    for (const [key, path] of own) {
      if (key === '') continue;
      const controllers = key.split(',');
      const mount = preferred(mounts.filter(({ v2, options }) => !v2 && controllers.every((name) => options.includes(name))));
      if (mount !== undefined) v1.push({ controllers, mountpoint: mount.mountpoint, root: mount.root, own: path });
    }
  }
  const mode = v1.length === 0 ? (unified === undefined ? 'none' : 'v2') : unified === undefined ? 'v1' : 'hybrid';
  if (unified === undefined) return { mode, v1 };
  const controllers = read(`${unified.mountpoint}/cgroup.controllers`).split(/\s+/).filter(Boolean);
  return { mode, v1, v2: { mountpoint: unified.mountpoint, root: unified.root, own: own.get('') ?? '/', controllers } };
}

/** By mount point: the last one there hides those before it. */
function cgroupMounts(mountinfo: string): ReadonlyMap<string, CgroupMount> {
  const found = new Map<string, CgroupMount>();
  for (const line of mountinfo.split('\n')) {
    const dash = line.indexOf(' - cgroup');
    if (dash < 0) continue;
    const [, , , root, mountpoint] = line.slice(0, dash).split(' ');
    const [type, , options] = line.slice(dash + 3).split(' ');
    if (root === undefined || mountpoint === undefined || (type !== 'cgroup' && type !== 'cgroup2')) continue;
    const place = unescapeOctal(mountpoint);
    found.set(place, { root: unescapeOctal(root), mountpoint: place, v2: type === 'cgroup2', options: options?.split(',') ?? [] });
  }
  return found;
}

/** One hierarchy may be mounted more than once (in chroots, for containers): the standard place wins, then the first. */
function preferred(mounts: readonly CgroupMount[]): CgroupMount | undefined {
  return mounts.find(({ mountpoint }) => mountpoint.startsWith('/sys/fs/cgroup')) ?? mounts[0];
}

/** mountinfo writes blank, tab, newline and backslash as \ooo. */
function unescapeOctal(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // absent or not ours to read: the fact is then "not there", as documented above
  }
}
