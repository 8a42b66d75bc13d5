/** Where a container's cgroup will be (config-linux.md, "Cgroups Path"). Decides only; makes nothing. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Spec } from '../../../oci/spec.ts';
import { TsrunError } from '../../../core/errors.ts';
import type { CgroupFacts, CgroupRecord, HostFacts } from '../../../plan/facts.ts';
import type { BackendOptions } from '../../backend.ts';
import { isRootless } from '../host.ts';
import { isCgroupFrozen } from './freezer.ts';
import { processesBelow } from './processes.ts';

const POINTER = '/linux/cgroupsPath';

/**
 * An absolute cgroupsPath is taken from each hierarchy's mount point. A relative one, and the default of a rootless
 * container, is below tsrun's own cgroup; on v2 beside it, since a cgroup with processes cannot hand controllers down.
 * The default of root is /ID, as with runc.
 * Throws STATE_CONFLICT when the place has processes already or is frozen, CONFIG_INVALID when it is a file.
 * Rootless, hierarchies that tsrun may not write to are left out: limits there become errors when they are applied.
 */
export function resolveCgroup(
  config: Spec,
  id: string,
  facts: HostFacts,
  options: Pick<BackendOptions, 'cgroupManager' | 'rootless'>,
): CgroupRecord {
  const manager = options.cgroupManager;
  if (manager === 'disabled') return { manager, mode: facts.cgroup.mode, path: '', dirs: {} };
  if (manager === 'systemd') {
    throw new TsrunError('NOT_SUPPORTED', 'the systemd cgroup manager is not supported', {
      hint: 'leave --systemd-cgroup out and use the cgroupfs manager',
    });
  }
  const rootless = options.rootless === 'auto' ? isRootless(facts) : options.rootless;
  const wanted = config.linux?.cgroupsPath;
  const path = wanted === undefined || wanted === '' ? `${rootless ? '' : '/'}${id}` : withoutSlashes(checkPath(wanted));
  const { mode } = facts.cgroup;
  const all = directories(facts.cgroup, path);
  const dirs = rootless ? Object.fromEntries(Object.entries(all).filter(([, dir]) => canMake(dir))) : all;
  const existing = Object.entries(dirs).filter(([, dir]) => existsSync(dir));
  if (existing.length > 0) checkReusable({ manager, mode, path, dirs });
  return {
    manager,
    mode,
    path: join('/', path),
    dirs,
    ...(existing.length > 0 && { existing: existing.map(([key]) => key) }),
  };
}

/** At its end; `/` stays. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}

/** In runc's words. Before anything is recorded, so that no clean-up ever touches the processes of somebody else. */
function checkReusable(record: CgroupRecord): void {
  for (const dir of Object.values(record.dirs)) {
    if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() === false)
      throw new TsrunError('CONFIG_INVALID', `the container's cgroup cannot be ${dir}: that is a file of the kernel`, {
        pointer: POINTER,
        hint: 'choose another cgroupsPath; without one it is the id',
      });
    const count = processesBelow(dir).length;
    if (count > 0)
      throw new TsrunError('STATE_CONFLICT', `container's cgroup is not empty: ${count} process(es) found`, { pointer: POINTER });
  }
  if (isCgroupFrozen(record)) throw new TsrunError('STATE_CONFLICT', "container's cgroup unexpectedly frozen", { pointer: POINTER });
}

/** Throws CONFIG_INVALID for a path that is none, leaves the hierarchy or is meant for systemd. */
function checkPath(path: string): string {
  if (!path.includes('/') && path.split(':').length === 3) {
    throw new TsrunError(
      'CONFIG_INVALID',
      `cgroupsPath "${path}" is of the systemd form slice:prefix:name, the cgroup manager is cgroupfs`,
      {
        pointer: POINTER,
        hint: 'give a path such as /containers/ID; engines choose the form by their own cgroup manager setting (cgroupfs or systemd)',
      },
    );
  }
  const parts = path.split('/');
  if (parts.includes('..')) throw new TsrunError('CONFIG_INVALID', `cgroupsPath "${path}" must not contain ".."`, { pointer: POINTER });
  // A newline would corrupt /proc/PID/cgroup for everybody; the kernel refuses it, too.
  if (/[\0\n]/.test(path)) throw new TsrunError('CONFIG_INVALID', 'cgroupsPath must not contain NUL or newline', { pointer: POINTER });
  const long = parts.find((part) => Buffer.byteLength(part) > 255);
  if (long !== undefined) throw new TsrunError('CONFIG_INVALID', `cgroupsPath: "${long}" is longer than 255 bytes`, { pointer: POINTER });
  return path;
}

function directories(facts: CgroupFacts, path: string): Record<string, string> {
  const dirs: Record<string, string> = {};
  for (const { controllers, mountpoint, root, own } of facts.v1) {
    dirs[controllers.join(',')] = join(mountpoint, path.startsWith('/') ? path : join(underMount(own, root), path));
  }
  if (facts.v2 !== undefined) {
    const { mountpoint, root, own } = facts.v2;
    dirs[''] = join(mountpoint, path.startsWith('/') ? path : join(dirname(underMount(own, root)), path));
  }
  return dirs;
}

/** tsrun's own cgroup as a path below the mount point; '/' when it is not below it (joined from another namespace). */
function underMount(own: string, root: string): string {
  if (root === '/') return own.startsWith('/..') ? '/' : own;
  if (own === root) return '/';
  return own.startsWith(`${root}/`) ? own.slice(root.length) : '/';
}

/** The nearest directory that exists can be written. */
function canMake(dir: string): boolean {
  let nearest = dir;
  while (!existsSync(nearest) && nearest !== '/') nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
    return true;
  } catch {
    return false; // the question asked, not a failure
  }
}
