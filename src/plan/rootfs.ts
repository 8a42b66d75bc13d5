/** The root file system: made the start of all in-root paths, later the root (config.md#root). */
import { MOUNT_ATTR_RDONLY, MS_PRIVATE, MS_REC, MS_SLAVE } from '../oci/mount-flags.ts';
import { propagationFlag } from '../oci/mount-options.ts';
import { namespaceOf } from '../oci/namespaces.ts';
import type { Context } from './context.ts';
import { mountAttrs } from './mount-entry.ts';
import { FLAGS, type Op } from './ops.ts';
import { PlanProblem } from './problem.ts';

/**
 * `/` is first made a slave (or what rootfsPropagation says), recursively, so that no mount of the set-up reaches
 * the host, and the rootfs is bound on itself, because pivot_root(2) wants a mount point.
 */
export function planRootfs(context: Context): Op[] {
  const { rootfs, mountNamespace } = context;
  const flags = rootfsPropagation(context);
  if (mountNamespace)
    return [{ op: 'rootfs', stage: 'setup', origin: '/root/path', path: rootfs, flags: flags === 0 ? MS_SLAVE | MS_REC : flags }];
  refuseMountsOnHost(context);
  return [{ op: 'rootfs', stage: 'setup', origin: '/root/path', path: rootfs, n: BigInt(FLAGS.ROOTFS_OPEN_ONLY) }];
}

/** MS_* of linux.rootfsPropagation, recursive as runc and crun read `shared` and `slave` too; 0: not given. */
function rootfsPropagation({ spec }: Context): number {
  const name = spec.linux?.rootfsPropagation;
  if (name === undefined) return 0;
  const flags = propagationFlag(name);
  if (flags === undefined) throw new PlanProblem('/linux/rootfsPropagation', `unknown propagation ${name}`);
  return flags;
}

/** Without a mount namespace each of these would change the host's own mounts. */
function refuseMountsOnHost({ spec }: Context): void {
  const linux = spec.linux ?? {};
  const refused: readonly (readonly [boolean, string])[] = [
    [(spec.mounts?.length ?? 0) > 0, '/mounts'],
    [spec.root?.readonly === true, '/root/readonly'],
    [(linux.maskedPaths?.length ?? 0) > 0, '/linux/maskedPaths'],
    [(linux.readonlyPaths?.length ?? 0) > 0, '/linux/readonlyPaths'],
    [linux.rootfsPropagation !== undefined, '/linux/rootfsPropagation'],
  ];
  for (const [used, pointer] of refused) {
    if (used)
      throw new PlanProblem(pointer, `${pointer.slice(1)} needs a mount namespace of the container's own`, 'add a namespace of type mount');
  }
}

/**
 * The root propagation can only be set once the new root is `/`: before, it would be the host's. It is recursive and
 * so takes back what single mounts asked for; they get it again. `setup`: the instructions that mounted.
 */
export function planPivot(context: Context, setup: readonly Op[]): Op[] {
  const { options, mountNamespace } = context;
  const flags = mountNamespace ? (options.noPivot ? FLAGS.PIVOT_MOVE : 0) : FLAGS.PIVOT_CHROOT;
  const propagation = rootfsPropagation(context);
  return [
    { op: 'pivotRoot', stage: 'setup', origin: '/root', flags },
    ...(propagation !== 0 && (propagation & MS_PRIVATE) === 0
      ? [
          { op: 'rootPropagation', stage: 'setup', origin: '/linux/rootfsPropagation', flags: propagation } as const,
          ...setup.filter(({ op }) => op === 'propagation'),
        ]
      : []),
  ];
}

/** Last of all mount work: what comes before may have to make mount points in the root. */
export function planReadonlyRoot({ spec }: Context): Op[] {
  if (!spec.root?.readonly) return [];
  return [{ op: 'mountAttr', stage: 'setup', origin: '/root/readonly', target: '/', attrs: mountAttrs({ set: MOUNT_ATTR_RDONLY }) }];
}

/** uname(2) fields; the validator has seen to it that there is a UTS namespace. */
export function planHostname({ spec }: Context): Op[] {
  if (!namespaceOf(spec, 'uts')) {
    if (spec.hostname) throw new PlanProblem('/hostname', 'unable to set hostname without a private UTS namespace');
    if (spec.domainname) throw new PlanProblem('/domainname', 'unable to set domainname without a private UTS namespace');
  }
  return [
    ...(spec.hostname ? [{ op: 'sethostname', stage: 'setup', origin: '/hostname', name: spec.hostname } as const] : []),
    ...(spec.domainname ? [{ op: 'setdomainname', stage: 'setup', origin: '/domainname', name: spec.domainname } as const] : []),
  ];
}
