/** Cgroups, namespaces and id maps: the join stage (config-linux.md#namespaces). */
import { NAMESPACES } from '../oci/namespaces.ts';
import type { Linux, LinuxNamespace, LinuxTimeOffsets, NamespaceType } from '../oci/spec.ts';
import { CLONE_NEWUSER, type Context, isRootless } from './context.ts';
import type { HostFacts } from './facts.ts';
import { planBecomeRoot, planIdMaps } from './ids.ts';
import { FLAGS, type Op } from './ops.ts';

/**
 * The cgroup first: a new cgroup namespace is rooted where its maker is, and only here the caller's rights and
 * file system view are surely enough.
 */
export function planCgroups(dirs: readonly string[], facts: HostFacts): Op[] {
  const flags = isRootless(facts) ? { flags: FLAGS.JOIN_CGROUP_OPTIONAL } : {};
  return [...new Set(dirs)].map((path) => ({ op: 'joinCgroup', stage: 'join', origin: '/linux/cgroupsPath', path, ...flags }));
}

/** Join what has a path, then make the rest, the user namespace first so that it owns the others. */
export function planNamespaces({ spec, ids, facts }: Context): Op[] {
  const linux = spec.linux ?? {};
  const entries = (linux.namespaces ?? []).map((namespace, index) => ({ ...namespace, origin: `/linux/namespaces/${index}` }));
  const joined = entries.filter((entry) => entry.path !== undefined).map((entry) => join(entry.type, entry.path ?? '', entry.origin));
  const made = entries.filter(({ path }) => path === undefined);
  const user = made.find(({ type }) => type === 'user');
  const others = made.filter(({ type }) => type !== 'user');
  return [
    ...planJoins(joined, ids, facts),
    ...(user ? [unshare([user], user.origin), ...planIdMaps(ids, facts)] : []),
    ...(others.length > 0 ? [unshare(others, '/linux/namespaces')] : []),
    ...planTimeOffsets(linux),
  ];
}

interface Join {
  readonly flag: number;
  readonly path: string;
  /** Below /proc: the namespace of that type where a process forked now would be. */
  readonly own: string;
  readonly origin: string;
}

function join(type: NamespaceType, path: string, origin: string): Join {
  const { flag, proc } = NAMESPACES[type];
  const own = `self/ns/${proc}${type === 'pid' || type === 'time' ? '_for_children' : ''}`;
  return { flag, path, own, origin };
}

/** Namespaces of one running process, for exec. */
export function planJoinTarget(
  namespaces: readonly NamespaceType[],
  pathOf: (type: NamespaceType) => string,
  maps: Linux,
  facts: HostFacts,
): Op[] {
  const joins = namespaces.map((type) => join(type, pathOf(type), ''));
  return planJoins(joins, { uids: maps.uidMappings ?? [], gids: maps.gidMappings ?? [] }, facts);
}

/**
 * A namespace can belong to the joined user namespace (a pod's own) or to the one we are in (a network prepared by
 * the engine). Joining needs CAP_SYS_ADMIN in its owner, so each is tried before and, where that failed, after.
 * The mount namespace comes last, and never before the user namespace: procfs and cgroupfs are as we know them until
 * then, and no process with the caller's rights is ever within the container's file system.
 */
function planJoins(joins: readonly Join[], maps: Parameters<typeof planBecomeRoot>[0], facts: HostFacts): Op[] {
  const user = joins.find(({ flag }) => flag === CLONE_NEWUSER);
  const mount = joins.find(({ flag }) => flag === NAMESPACES.mount.flag);
  const others = joins.filter((entry) => entry !== user && entry !== mount);
  return [
    ...(user ? [...others.map((entry) => joinOp(entry, true)), joinOp(user), ...planBecomeRoot(maps, facts)] : []),
    ...others.map((entry) => joinOp(entry)),
    ...(mount ? [joinOp(mount)] : []),
  ];
}

function joinOp({ flag, path, own, origin }: Join, tryOnly = false): Op {
  return { op: 'joinNamespace', stage: 'join', origin, path, own, flags: flag, ...(tryOnly && { n: BigInt(FLAGS.JOIN_TRY) }) };
}

function unshare(entries: readonly LinuxNamespace[], origin: string): Op {
  let flags = 0;
  for (const { type } of entries) flags |= NAMESPACES[type].flag; // CLONE_NEWNET | … stays below 2^31, so the number stays positive
  return { op: 'unshare', stage: 'join', origin, flags };
}

/** Written after the unshare and before the first process is inside (time_namespaces(7)). */
function planTimeOffsets({ timeOffsets }: { readonly timeOffsets?: LinuxTimeOffsets }): Op[] {
  let text = '';
  for (const clock of ['monotonic', 'boottime'] as const) {
    const offset = timeOffsets?.[clock];
    if (offset) text += `${clock} ${offset.secs ?? 0} ${offset.nanosecs ?? 0}\n`;
  }
  return text === '' ? [] : [{ op: 'timeOffsets', stage: 'join', origin: '/linux/timeOffsets', text }];
}
