/** Device nodes and links in /dev (config-linux.md#devices, #default-devices, runtime-linux.md). */
import type { LinuxDevice } from '../oci/spec.ts';
import { makedev } from './bytes.ts';
import type { Context } from './context.ts';
import { FLAGS, type Op } from './ops.ts';
import { absolute } from './paths.ts';

const TYPE_BITS: Readonly<Record<LinuxDevice['type'], number>> = { c: 0o020000, u: 0o020000, b: 0o060000, p: 0o010000 };

/** Every container has these; /dev/console and /dev/ptmx are made by `console` and the link below. */
export const DEFAULT_DEVICES: readonly LinuxDevice[] = [
  { type: 'c', path: '/dev/null', major: 1, minor: 3 },
  { type: 'c', path: '/dev/zero', major: 1, minor: 5 },
  { type: 'c', path: '/dev/full', major: 1, minor: 7 },
  { type: 'c', path: '/dev/random', major: 1, minor: 8 },
  { type: 'c', path: '/dev/urandom', major: 1, minor: 9 },
  { type: 'c', path: '/dev/tty', major: 5, minor: 0 },
];

/** `/dev/fd` and the rest, made where their source exists once everything is mounted. */
const LINKS: readonly (readonly [path: string, target: string])[] = [
  ['/dev/fd', '/proc/self/fd'],
  ['/dev/stdin', '/proc/self/fd/0'],
  ['/dev/stdout', '/proc/self/fd/1'],
  ['/dev/stderr', '/proc/self/fd/2'],
  // Only where the kernel has CONFIG_PROC_KCORE.
  ['/dev/core', '/proc/kcore'],
];

export function planDevices(context: Context): Op[] {
  const { spec } = context;
  const own = (spec.linux?.devices ?? []).map((device, index) => ({ device, origin: `/linux/devices/${index}` }));
  // A /dev bound from the host has all that its owner wants in it, and writing there would change the host.
  if (isBound(context, '/dev')) return own.map(({ device, origin }) => node(context, device, origin));
  const overridden = new Set(own.map(({ device }) => absolute(device.path)));
  const defaults = DEFAULT_DEVICES.filter(({ path }) => !overridden.has(path));
  return [
    ...defaults.map((device) => node(context, device, '')),
    // /dev/ptmx is the container's own: its devpts instance's, never the host's node.
    ...own.filter(({ device }) => absolute(device.path) !== '/dev/ptmx').map(({ device, origin }) => node(context, device, origin)),
    link('/dev/ptmx', 'pts/ptmx', FLAGS.LINK_REPLACE),
    ...LINKS.map(([path, target]) => link(path, target, FLAGS.LINK_IF_TARGET | FLAGS.LINK_KEEP)),
  ];
}

function node({ userNamespace, facts }: Context, device: LinuxDevice, origin: string): Op {
  const { type, path, major = 0, minor = 0, fileMode = 0o666, uid = 0, gid = 0 } = device;
  // mknod(2) of devices is refused in any user namespace but the first; a fifo is not a device.
  const bind = (userNamespace || facts.inUserNamespace) && type !== 'p';
  return {
    op: 'mknod',
    stage: 'setup',
    origin,
    path: absolute(path),
    mode: TYPE_BITS[type] | (fileMode & 0o7777),
    uid,
    gid,
    n: type === 'p' ? 0n : makedev(major, minor),
    ...(bind && { flags: FLAGS.NODE_BIND }),
  };
}

function link(path: string, target: string, flags: number): Op {
  return { op: 'symlink', stage: 'setup', origin: '', path, target, flags };
}

function isBound({ spec }: Context, dir: string): boolean {
  return (spec.mounts ?? []).some(
    ({ destination, type, options = [] }) =>
      absolute(destination) === dir && (type === 'bind' || options.includes('bind') || options.includes('rbind')),
  );
}
