/** Makes a container's cgroup directories: empty, with every controller handed down to them. */
import { chownSync, mkdirSync, readFileSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { IDMapping, Spec } from '../../../oci/spec.ts';
import { TsrunError } from '../../../core/errors.ts';
import type { CgroupRecord, HostFacts } from '../../../plan/facts.ts';
import { rawWrite, readCgroupFile, systemErrorCode, systemErrorText, writeCgroupFile } from './files.ts';

const POINTER = '/linux/cgroupsPath';

/**
 * Makes every directory of the record that is not `existing`. Throws STATE_CONFLICT when another container was quicker to
 * take one of them. On any failure what it made is gone again, and the record's directories belong to somebody else:
 * the caller must not clean them up.
 */
export function createCgroup(record: CgroupRecord, config: Spec, facts: HostFacts): void {
  const made: string[] = [];
  try {
    for (const [key, dir] of Object.entries(record.dirs)) {
      const mine = !record.existing?.includes(key);
      const leaf = mine ? made : undefined;
      if (key === '') makeV2(dir, facts.cgroup.v2?.mountpoint ?? '/', leaf);
      else makeV1(dir, key.split(',').includes('cpuset'), leaf);
    }
    const owner = cgroupOwner(config, record);
    if (owner !== undefined && record.dirs[''] !== undefined) delegate(record.dirs[''], owner);
  } catch (error) {
    for (const dir of made) rmdirSync(dir);
    throw error;
  }
}

/** leaf: list that gets the container's own directory once it is made; undefined: it was there before. */
function makeV1(dir: string, cpuset: boolean, leaf: string[] | undefined): void {
  if (leaf === undefined) return;
  makeLeaf(dir, leaf);
  // A new v1 cpuset is empty and takes no process until it has CPUs and memory nodes.
  if (cpuset) for (const file of ['cpuset.cpus', 'cpuset.mems']) inherit(dir, file);
}

/**
 * Gives an empty file the value of the level above, and that one first where it is empty too: another create may have made
 * it this moment and not filled it yet. Returns the value; undefined above the hierarchy.
 */
function inherit(dir: string, file: string): string | undefined {
  const own = readCgroupFile(dir, file);
  if (own !== '') return own;
  const value = inherit(dirname(dir), file);
  if (value !== undefined) writeCgroupFile({ dir, file, value, pointer: POINTER });
  return value;
}

/** From the mount point down each level must hand its controllers to the next. The leaf is made first: what has it below cannot be removed by a delete. */
function makeV2(dir: string, top: string, leaf: string[] | undefined): void {
  if (leaf !== undefined) makeLeaf(dir, leaf);
  const above: string[] = [];
  for (let level = dirname(dir); level.startsWith(top); level = dirname(level)) {
    above.unshift(level);
    if (level === top) break;
  }
  for (const level of above) enableControllers(level);
  const type = readCgroupFile(dir, 'cgroup.type');
  if (type === 'domain invalid') {
    throw new TsrunError('CONFIG_UNSUPPORTED', `cannot enter cgroup ${dir}: it is in an invalid state (below a threaded cgroup)`, {
      pointer: POINTER,
    });
  }
}

/**
 * What a level cannot hand down (it has processes of its own, or it is not ours) is no error here: a limit that needs it
 * fails when it is applied, with the name of the controller.
 */
function enableControllers(dir: string): void {
  const enabled = new Set(readCgroupFile(dir, 'cgroup.subtree_control')?.split(' '));
  const missing = (readCgroupFile(dir, 'cgroup.controllers') ?? '').split(' ').filter((name) => name !== '' && !enabled.has(name));
  if (missing.length === 0) return;
  if (tryEnable(dir, missing)) return;
  for (const name of missing) tryEnable(dir, [name]);
}

function tryEnable(dir: string, names: readonly string[]): boolean {
  try {
    rawWrite(`${dir}/cgroup.subtree_control`, names.map((name) => `+${name}`).join(' '));
    return true;
  } catch {
    return false; // see enableControllers
  }
}

/** The container's own directory, with those above it. */
function makeLeaf(dir: string, leaf: string[]): void {
  if (!makeLevel(dir)) {
    throw new TsrunError('STATE_CONFLICT', `container's cgroup ${dir} was taken by another container meanwhile`, { pointer: POINTER });
  }
  leaf.push(dir);
}

/** mkdir with missing parents; false: it was there. */
function makeLevel(dir: string): boolean {
  for (let tries = 1; ; tries++) {
    try {
      mkdirSync(dir, 0o755);
      return true;
    } catch (error) {
      const code = systemErrorCode(error);
      if (code === 'EEXIST') return false;
      // Again, not once: others may remove a parent as often as we make it. ENODEV: it is being removed now.
      // For ever only where the mount itself shows a removed cgroup.
      if ((code === 'ENOENT' || code === 'ENODEV') && dir !== '/' && tries < 1000) {
        makeLevel(dirname(dir));
        continue;
      }
      throw new TsrunError('SYSTEM', `unable to apply cgroup configuration: mkdir ${dir}: ${systemErrorText(error)}`, {
        pointer: POINTER,
        cause: error,
      });
    }
  }
}

/**
 * config-linux.md, "Cgroup ownership": only on v2, with a new cgroup namespace and a writable cgroup mount, the host uid
 * of process.user becomes the owner. undefined: leave it alone. The ids of a user namespace joined by path are not known here.
 */
function cgroupOwner(config: Spec, record: CgroupRecord): number | undefined {
  if (record.mode !== 'v2') return undefined;
  const namespaces = config.linux?.namespaces ?? [];
  if (!namespaces.some(({ type, path }) => type === 'cgroup' && !path)) return undefined;
  const writable = config.mounts?.some(
    ({ destination, type, options }) =>
      destination === '/sys/fs/cgroup' && (type === 'cgroup' || type === 'cgroup2') && !options?.includes('ro'),
  );
  if (writable !== true) return undefined;
  const uid = config.process?.user?.uid ?? 0;
  if (!namespaces.some(({ type }) => type === 'user')) return uid;
  return hostId(uid, config.linux?.uidMappings ?? []);
}

/** undefined: not mapped. */
export function hostId(id: number, mappings: readonly IDMapping[]): number | undefined {
  const mapping = mappings.find(({ containerID, size }) => id >= containerID && id < containerID + size);
  return mapping && mapping.hostID + (id - mapping.containerID);
}

/** The directory, and the files that the kernel says are safe to hand over. */
function delegate(dir: string, uid: number): void {
  let files = ['cgroup.procs', 'cgroup.subtree_control', 'cgroup.threads'];
  try {
    files = readFileSync('/sys/kernel/cgroup/delegate', 'utf8').split('\n').filter(Boolean);
  } catch {
    // Before Linux 4.15 there is no list; then it is these three (config-linux.md).
  }
  chownSync(dir, uid, -1);
  for (const file of files) {
    try {
      chownSync(`${dir}/${file}`, uid, -1);
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') throw error; // the list has files of controllers that are not enabled
    }
  }
}
