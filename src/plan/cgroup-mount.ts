/** `cgroup` and `cgroup2` mounts: the container sees its own cgroup, in the layout that the host has. */
import * as k from '../oci/mount-flags.ts';
import { hasNewNamespace } from '../oci/namespaces.ts';
import type { Context } from './context.ts';
import type { CgroupV1Hierarchy } from './facts.ts';
import { mountAttrs, type MountEntry } from './mount-entry.ts';
import { FLAGS, type Op } from './ops.ts';
import { within } from './paths.ts';
import { PlanProblem } from './problem.ts';

/** What makes a mount a cgroup mount for the kernel, without the options meant for the layout around it. */
const HARDENING = k.MS_NOSUID | k.MS_NODEV | k.MS_NOEXEC;

export function planCgroupMount(context: Context, entry: MountEntry): Op[] {
  const { cgroup } = context.facts;
  if (entry.mount.type === 'cgroup2' || cgroup.mode === 'v2') return planUnified(context, entry);
  if (cgroup.mode === 'none') throw new PlanProblem(`${entry.origin}/type`, 'no cgroup file system is mounted on this host');
  return planHierarchies(context, entry);
}

/**
 * v2: a new cgroup2 mount shows the cgroup namespace's root. Without a cgroup namespace of the container's own, a
 * user namespace may not mount it (EPERM), so the host's tree is bound (runc #2158).
 */
function planUnified(context: Context, { origin, target, options, mount }: MountEntry): Op[] {
  const { facts, userNamespace, spec } = context;
  if (!userNamespace || hasNewNamespace(spec, 'cgroup')) {
    const n = BigInt(FLAGS.MOUNT_NOSYMLINK);
    return [
      {
        op: 'mount',
        stage: 'setup',
        origin,
        target,
        source: mount.source ?? 'cgroup',
        fstype: 'cgroup2',
        data: options.data,
        flags: options.flags,
        n,
      },
    ];
  }
  const source = facts.cgroup.v2?.mountpoint;
  if (source === undefined) throw new PlanProblem(`${origin}/type`, 'no cgroup v2 file system is mounted on this host');
  const attrs = mountAttrs({ set: options.attrSet, clear: options.attrClear });
  return [{ op: 'bind', stage: 'setup', origin, target, source, attrs, flags: FLAGS.BIND_RECURSIVE }];
}

/**
 * v1 and hybrid: a small tmpfs with one directory a hierarchy, each the container's own cgroup, and links for
 * merged controllers (cpu → cpu,cpuacct). `ro` holds for every hierarchy and, once all is made, for the tmpfs.
 */
function planHierarchies(context: Context, entry: MountEntry): Op[] {
  const { origin, target, options } = entry;
  const readonly = (options.flags & k.MS_RDONLY) !== 0;
  const ops: Op[] = [
    {
      op: 'mount',
      stage: 'setup',
      origin,
      target,
      source: 'tmpfs',
      fstype: 'tmpfs',
      data: 'mode=755',
      flags: options.flags & ~k.MS_RDONLY,
      n: BigInt(FLAGS.MOUNT_NOSYMLINK),
    },
  ];
  for (const hierarchy of context.facts.cgroup.v1) ops.push(...planHierarchy(context, entry, hierarchy));
  if (readonly) ops.push({ op: 'mountAttr', stage: 'setup', origin, target, attrs: mountAttrs({ set: k.MOUNT_ATTR_RDONLY }) });
  return ops;
}

function planHierarchy(context: Context, { origin, target, options }: MountEntry, hierarchy: CgroupV1Hierarchy): Op[] {
  const name = directoryName(hierarchy);
  const path = `${target}/${name}`;
  const ops: Op[] = [{ op: 'mkdir', stage: 'setup', origin, path, n: 0o755n }];
  if (hasNewNamespace(context.spec, 'cgroup')) {
    // A new mount of the hierarchy, whose root is that of the cgroup namespace.
    const flags = HARDENING | (options.flags & (k.MS_RDONLY | k.MS_RELATIME));
    ops.push({
      op: 'mount',
      stage: 'setup',
      origin,
      target: path,
      source: 'cgroup',
      fstype: 'cgroup',
      data: hierarchy.controllers.join(','),
      flags,
    });
  } else {
    const attrs = mountAttrs({ set: options.attrSet, clear: options.attrClear });
    ops.push({
      op: 'bind',
      stage: 'setup',
      origin,
      target: path,
      source: ownDirectory(context, hierarchy),
      attrs,
      flags: FLAGS.BIND_RECURSIVE,
    });
  }
  if (hierarchy.controllers.length > 1) {
    for (const controller of hierarchy.controllers) {
      ops.push({ op: 'symlink', stage: 'setup', origin, path: `${target}/${controller}`, target: name, flags: FLAGS.LINK_KEEP });
    }
  }
  return ops;
}

/** As the host calls it; /sys/fs/cgroup/systemd for name=systemd. */
function directoryName({ controllers, mountpoint }: CgroupV1Hierarchy): string {
  return mountpoint.slice(mountpoint.lastIndexOf('/') + 1) || controllers.join(',').replace(/^name=/, '');
}

/** The container's cgroup in this hierarchy; one that the manager left alone: tsrun's own, where the container stays. */
function ownDirectory({ options }: Context, { controllers, mountpoint, root, own }: CgroupV1Hierarchy): string {
  const key = controllers.join(',');
  const dirs = options.cgroup.dirs;
  const joined =
    dirs[key] ?? Object.entries(dirs).find(([name]) => name !== '' && name.split(',').some((c) => controllers.includes(c)))?.[1];
  if (joined !== undefined) return joined;
  if (!within(own, root)) return mountpoint;
  const below = root === '/' ? own : own.slice(root.length);
  return below === '' || below === '/' ? mountpoint : `${mountpoint}${below}`;
}
