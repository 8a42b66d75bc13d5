/** `mounts`, in their order (config.md#mounts). */
import * as k from '../oci/mount-flags.ts';
import { parseMountOptions } from '../oci/mount-options.ts';
import { planBind } from './binds.ts';
import { planCgroupMount } from './cgroup-mount.ts';
import type { Context } from './context.ts';
import { isMapped } from './ids.ts';
import { mountAttrs, type MountEntry, type MountPlan, planPropagation } from './mount-entry.ts';
import { planNotifyMount } from './notify.ts';
import { FLAGS, type Op } from './ops.ts';
import { absolute, within } from './paths.ts';

export function planMounts(context: Context): MountPlan {
  const [host, setup, late]: [Op[], Op[], Op[]] = [[], [], []];
  const add = (plan: MountPlan): void => {
    host.push(...plan.host);
    setup.push(...plan.setup);
    late.push(...plan.late);
  };
  for (const [index, mount] of (context.spec.mounts ?? []).entries()) {
    const options = parseMountOptions(mount.options ?? []);
    add(planMount(context, { mount, target: absolute(mount.destination), options, origin: `/mounts/${index}`, index }));
  }
  add(planNotifyMount(context));
  return { host, setup, late };
}

function planMount(context: Context, entry: MountEntry): MountPlan {
  const { mount, options, target, origin } = entry;
  if ((options.flags & k.MS_REMOUNT) !== 0) {
    const flags = options.flags & ~k.MS_REMOUNT;
    return inSetup([{ op: 'remount', stage: 'setup', origin, target, data: options.data, flags }, ...planPropagation(entry)]);
  }
  // `type: bind` without the option is what people mean by it too; crun reads it so.
  if (options.bind !== 'none' || mount.type === 'bind') return planBind(context, entry);
  if (mount.type === 'cgroup' || mount.type === 'cgroup2') return inSetup([...planCgroupMount(context, entry), ...planPropagation(entry)]);
  return planFilesystem(context, entry);
}

function inSetup(ops: readonly Op[]): MountPlan {
  return { host: [], setup: ops, late: [] };
}

function planFilesystem(context: Context, entry: MountEntry): MountPlan {
  const { mount, options, target, origin } = entry;
  const fstype = mount.type ?? '';
  // Files are still to be made in these: mounted writable, read-only at the end (as runc does).
  const delayReadonly = (fstype === 'tmpfs' || target === '/dev') && (options.flags & k.MS_RDONLY) !== 0;
  const hasMode = options.data.split(',').some((option) => option.startsWith('mode='));
  const n =
    (options.tmpcopyup ? FLAGS.MOUNT_TMPCOPYUP : 0) |
    (mustNotBeLink(fstype, target) ? FLAGS.MOUNT_NOSYMLINK : 0) |
    (fstype === 'tmpfs' && !hasMode ? FLAGS.MOUNT_INHERIT_MODE : 0);
  const ops: Op[] = [
    {
      op: 'mount',
      stage: 'setup',
      origin,
      target,
      source: mount.source ?? fstype,
      fstype,
      data: filesystemData(context, fstype, options.data),
      flags: delayReadonly ? options.flags & ~k.MS_RDONLY : options.flags,
      ...(n !== 0 && { n: BigInt(n) }),
    },
  ];
  if (options.recursiveAttrSet !== 0 || options.recursiveAttrClear !== 0) {
    const attrs = mountAttrs({ recursiveSet: options.recursiveAttrSet, recursiveClear: options.recursiveAttrClear });
    ops.push({ op: 'mountAttr', stage: 'setup', origin, target, attrs });
  }
  ops.push(...planPropagation(entry));
  const late: Op[] = delayReadonly
    ? [{ op: 'mountAttr', stage: 'setup', origin, target, attrs: mountAttrs({ set: k.MOUNT_ATTR_RDONLY }) }]
    : [];
  return { host: [], setup: ops, late };
}

/**
 * A link at /proc or /sys would move procfs out of the reach of masked and read-only paths (CVE-2019-19921,
 * CVE-2023-27561, CVE-2025-54867); one at /dev would have devices made elsewhere (CVE-2026-41579).
 */
function mustNotBeLink(fstype: string, target: string): boolean {
  return fstype === 'proc' || fstype === 'sysfs' || ['/proc', '/sys', '/dev'].some((dir) => within(target, dir));
}

/** File systems whose objects runc does not give the container's SELinux label. */
const UNLABELLED: ReadonlySet<string> = new Set(['proc', 'sysfs', 'mqueue', 'cgroup', 'cgroup2']);

export function filesystemData({ spec, facts, ids }: Context, fstype: string, data: string): string {
  const options = data === '' ? [] : data.split(',');
  // The usual `gid=5` (tty) would be EINVAL in a user namespace that does not map it; the owner is then the mounter.
  const unmapped = ids.gids.length > 0 && !isMapped(ids.gids, 5);
  const kept = fstype === 'devpts' && unmapped ? options.filter((option) => option !== 'gid=5') : options;
  const label = spec.linux?.mountLabel;
  if (label && facts.selinux && !UNLABELLED.has(fstype)) kept.push(`context="${label}"`);
  return kept.join(',');
}
