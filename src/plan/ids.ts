/** linux.uidMappings and gidMappings: who may write them, and what they allow inside. */
import { namespaceOf } from '../oci/namespaces.ts';
import type { IDMapping, Spec } from '../oci/spec.ts';
import type { HostFacts } from './facts.ts';
import { FLAGS, type Op } from './ops.ts';
import { BARRIERS } from './names.ts';
import { PlanProblem } from './problem.ts';

const CAP_SETGID = 6n;
const CAP_SETUID = 7n;

/**
 * How the maps of the container's user namespace come to be.
 *  - `none`       no user namespace, or one that is joined and has its maps
 *  - `direct`     a privileged parent writes them
 *  - `single`     an unprivileged caller maps itself alone; the kernel then wants setgroups denied (user_namespaces(7))
 *  - `newuidmap`  an unprivileged caller with ranges of /etc/subuid: TypeScript runs the setuid programs at a barrier
 */
export interface IdMapping {
  readonly how: 'none' | 'direct' | 'single' | 'newuidmap';
  readonly uids: readonly IDMapping[];
  readonly gids: readonly IDMapping[];
  /** setgroups(2) fails in the container. */
  readonly setgroupsDenied: boolean;
}

export function idMapping(spec: Spec, facts: HostFacts): IdMapping {
  const uids = spec.linux?.uidMappings ?? [];
  const gids = spec.linux?.gidMappings ?? [];
  const inherited = facts.setgroupsDenied ?? false;
  const namespace = namespaceOf(spec, 'user');
  if (!namespace || namespace.path !== undefined) return { how: 'none', uids, gids, setgroupsDenied: inherited };
  if (uids.length === 0) throw new PlanProblem('/linux/uidMappings', 'a new user namespace needs uidMappings');
  if (gids.length === 0) throw new PlanProblem('/linux/gidMappings', 'a new user namespace needs gidMappings');
  if (mayWriteMaps(facts)) return { how: 'direct', uids, gids, setgroupsDenied: inherited };
  const single = isOwnId(uids, facts.euid) && isOwnId(gids, facts.egid);
  return { how: single ? 'single' : 'newuidmap', uids, gids, setgroupsDenied: single || inherited };
}

/** May the helper write any map it likes? Needs CAP_SETUID and CAP_SETGID where the new namespace is made. */
function mayWriteMaps(facts: HostFacts): boolean {
  const needed = (1n << CAP_SETUID) | (1n << CAP_SETGID);
  return facts.canWriteIdMaps && (facts.capabilities & needed) === needed;
}

function isOwnId(map: readonly IDMapping[], own: number): boolean {
  return map.length === 1 && map[0]?.size === 1 && map[0].hostID === own;
}

/** After `unshare(CLONE_NEWUSER)`. */
export function planIdMaps(mapping: IdMapping, facts: HostFacts): Op[] {
  const { how, uids, gids } = mapping;
  if (how === 'none') return [];
  const origin = '/linux/uidMappings';
  const write: Op =
    how === 'newuidmap'
      ? { op: 'barrier', stage: 'join', origin, name: BARRIERS.idmap }
      : {
          op: 'idMap',
          stage: 'join',
          origin,
          uidMap: mapLines(uids),
          gidMap: mapLines(gids),
          ...(how === 'single' && { flags: FLAGS.MAP_DENY_SETGROUPS }),
        };
  return [write, ...planBecomeRoot(mapping, facts)];
}

/**
 * Files that the set-up makes must belong to somebody: to the namespace's root, where it has one. Without (podman's
 * keep-id of one user, say) the process keeps the id it has, if that is mapped, else it takes the first that is; its
 * capabilities in the namespace do not depend on it.
 */
export function planBecomeRoot({ uids, gids }: Pick<IdMapping, 'uids' | 'gids'>, { euid, egid }: Pick<HostFacts, 'euid' | 'egid'>): Op[] {
  const rootless = !hasRoot(uids) || !hasRoot(gids);
  if (rootless && isMapped(uids, euid, 'hostID') && isMapped(gids, egid, 'hostID')) return [];
  return [{ op: 'becomeRoot', stage: 'join', origin: '/linux/uidMappings', uid: setUpId(uids), gid: setUpId(gids) }];
}

function setUpId(map: readonly IDMapping[]): number {
  return hasRoot(map) ? 0 : (map[0]?.containerID ?? 0);
}

/** No maps in the config: a joined namespace, whose maps we do not know; every engine gives those a root. */
function hasRoot(map: readonly IDMapping[]): boolean {
  return map.length === 0 || isMapped(map, 0);
}

/** Does the container see `id` of its own, or one of the host? */
export function isMapped(map: readonly IDMapping[], id: number, side: 'containerID' | 'hostID' = 'containerID'): boolean {
  return map.some((range) => id >= range[side] && id < range[side] + range.size);
}

/** As /proc/PID/uid_map takes it (user_namespaces(7)). */
export function mapLines(map: readonly IDMapping[]): string {
  return map.map(({ containerID, hostID, size }) => `${containerID} ${hostID} ${size}\n`).join('');
}
