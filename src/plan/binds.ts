/** Bind mounts, plain and idmapped. */
import type { IDMapping } from '../oci/spec.ts';
import type { Context } from './context.ts';
import { mapLines } from './ids.ts';
import { mountAttrs, type MountEntry, type MountPlan, planPropagation } from './mount-entry.ts';
import { FLAGS, type Op } from './ops.ts';
import { absolute } from './paths.ts';
import { PlanProblem } from './problem.ts';

/**
 * The source is a host path, relative to the bundle. Where the first process will not be able to read it, being in
 * a user namespace whose ids have no rights on the host, the privileged helper opens the tree before (runc's
 * mount-source descriptors); so do idmapped mounts, whose map only the owner of the file system may set.
 */
export function planBind(context: Context, entry: MountEntry): MountPlan {
  const { mount, options, target, origin, index } = entry;
  if (!mount.source) throw new PlanProblem(`${origin}/source`, `bind mount on ${target} has no source`);
  const source = absolute(mount.source, context.options.bundle);
  const link = options.copySymlink ? linkAt(context, entry, source) : undefined;
  if (link !== undefined) return { host: [], setup: [{ op: 'symlink', stage: 'setup', origin, path: target, target: link }], late: [] };
  const attrs = mountAttrs({
    set: options.attrSet,
    clear: options.attrClear,
    recursiveSet: options.recursiveAttrSet,
    recursiveClear: options.recursiveAttrClear,
  });
  const propagation = planPropagation(entry);
  const recursive = options.bind === 'rbind';
  const idmapped = options.idmap !== 'none' || mount.uidMappings !== undefined || mount.gidMappings !== undefined;
  if (!idmapped && !opensInHost(context)) {
    const flags = recursive ? { flags: FLAGS.BIND_RECURSIVE } : {};
    return { host: [], setup: [{ op: 'bind', stage: 'setup', origin, target, source, attrs, ...flags }, ...propagation], late: [] };
  }
  const flags = (recursive ? FLAGS.TREE_RECURSIVE : 0) | (options.idmap === 'ridmap' ? FLAGS.TREE_IDMAP_RECURSIVE : 0);
  const maps = idmapped ? mountMaps(context, entry) : { uidMap: '', gidMap: '' };
  const open: Op = { op: 'openTree', stage: 'host', origin, source, ...maps, flags, n: BigInt(index) };
  return { host: [open], setup: [{ op: 'attachTree', stage: 'setup', origin, target, attrs, n: BigInt(index) }, ...propagation], late: [] };
}

/** crun's `copy-symlink`: a source that is a symlink is made again in the container, where it then means something of its own. */
function linkAt({ options: { readLink } }: Context, { origin }: MountEntry, source: string): string | undefined {
  if (readLink === undefined) throw new PlanProblem(`${origin}/options`, 'mount option copy-symlink is not supported here');
  return readLink(source);
}

/** The mount's own mappings, else the container's (config.md: "If none, the container's user namespace mapping"). */
function mountMaps({ spec }: Context, { mount, origin }: MountEntry): { uidMap: string; gidMap: string } {
  const own = mount.uidMappings !== undefined || mount.gidMappings !== undefined;
  const uids: readonly IDMapping[] = (own ? mount.uidMappings : spec.linux?.uidMappings) ?? [];
  const gids: readonly IDMapping[] = (own ? mount.gidMappings : spec.linux?.gidMappings) ?? [];
  if (uids.length === 0 || gids.length === 0) {
    throw new PlanProblem(
      origin,
      own ? 'an idmapped mount needs both uidMappings and gidMappings' : 'idmap needs mappings: the mount has none, nor has the container',
    );
  }
  return { uidMap: mapLines(uids), gidMap: mapLines(gids) };
}

/** open_tree(2) needs CAP_SYS_ADMIN over our mount namespace, which an unprivileged caller has not. */
function opensInHost({ facts, userNamespace }: Context): boolean {
  return userNamespace && facts.euid === 0;
}
