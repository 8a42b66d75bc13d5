/** Who the process is and what it may use: instructions of the init stage, and the names of the container. */
import { isMapped } from '../../../plan/ids.ts';
import type { OpOf } from '../../../plan/ops.ts';
import { errno } from '../errno.ts';
import { X_OK } from '../vfs/permissions.ts';
import { isDirectory } from './nodes.ts';
import type { IDMapping } from '../../../oci/spec.ts';
import type { World } from './world.ts';

export function rlimit({ draft }: World, op: OpOf<'rlimit'>): void {
  const view = new DataView(op.limits.buffer, op.limits.byteOffset, op.limits.byteLength);
  draft.rlimits.set(op.resource, [view.getBigUint64(0, true), view.getBigUint64(8, true)]);
}

/** Checked as the set-up, which is root, can enter it. */
export function chdir(world: World, op: OpOf<'chdir'>): void {
  const at = world.vfs.resolve(world.context, op.path);
  if (!isDirectory(at)) throw errno('ENOTDIR');
  world.vfs.access(world.context, at, X_OK);
  world.draft.cwd = op.path;
}

export function umask({ draft }: World, op: OpOf<'umask'>): void {
  draft.umask = Number(op.n ?? 0o022n);
}

/** EINVAL for an id that the container's user namespace does not map, as setuid(2) says. */
export function ids({ draft, config }: World, op: OpOf<'ids'>): void {
  draft.uid = op.uid;
  draft.gid = op.gid;
  const view = new DataView(op.groups.buffer, op.groups.byteOffset, op.groups.byteLength);
  draft.groups = Array.from({ length: op.groups.length / 4 }, (_, index) => view.getUint32(index * 4, true));
  const { uidMappings = [], gidMappings = [] } = config.linux ?? {};
  const foreign = (map: readonly IDMapping[], id: number): boolean => map.length > 0 && !isMapped(map, id);
  if (foreign(uidMappings, draft.uid) || [draft.gid, ...draft.groups].some((gid) => foreign(gidMappings, gid))) throw errno('EINVAL');
}

export function capabilities({ draft }: World, op: OpOf<'capabilities'>): void {
  const view = new DataView(op.sets.buffer, op.sets.byteOffset, op.sets.byteLength);
  const set = (index: number): bigint => view.getBigUint64(index * 8, true);
  draft.capabilities = [set(0), set(1), set(2), set(3), set(4)];
}

export function noNewPrivileges({ draft }: World): void {
  draft.noNewPrivileges = true;
}

export function oomScoreAdj({ draft }: World, op: OpOf<'oomScoreAdj'>): void {
  draft.oomScoreAdj = Number(op.value);
}

export function sethostname({ kernel }: World, op: OpOf<'sethostname'>): void {
  kernel.hostname = op.name;
}

export function setdomainname({ kernel }: World, op: OpOf<'setdomainname'>): void {
  kernel.domainname = op.name;
}
