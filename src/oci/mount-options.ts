import * as k from './mount-flags.ts';

/** `options` of one mount, read. Flag words hold MS_*, attribute words MOUNT_ATTR_* (mount-flags.ts). */
export interface MountOptions {
  /** MS_* for mount(2), with MS_BIND, MS_REC (rbind) and MS_REMOUNT, without propagation. */
  readonly flags: number;
  /** MS_* that were asked to be off (`rw`, `suid`, …): a bind would otherwise keep its source's. */
  readonly clearFlags: number;
  /** The same for mount_setattr(2), this mount only: what binds apply. */
  readonly attrSet: number;
  readonly attrClear: number;
  /** From the r* options: for the whole tree below. */
  readonly recursiveAttrSet: number;
  readonly recursiveAttrClear: number;
  /** One MS_SHARED, MS_SLAVE, MS_PRIVATE or MS_UNBINDABLE, perhaps with MS_REC, per option and in its order. */
  readonly propagation: readonly number[];
  /** All that is not known here, comma separated: the file system's own options. */
  readonly data: string;
  readonly bind: 'none' | 'bind' | 'rbind';
  readonly idmap: 'none' | 'idmap' | 'ridmap';
  /** Copy what the mount covers into the new tmpfs. */
  readonly tmpcopyup: boolean;
  /** crun: a source that is a symlink is made again as a symlink at the destination, not bound. */
  readonly copySymlink: boolean;
}

interface Toggle {
  readonly flag: number;
  /** 0: a flag of the superblock; mount_setattr has none for it. */
  readonly attr: number;
  readonly on: boolean;
}

/** Options with a flag each (config.md#mounts, mount(8)). Only those with an attribute have an r* form. */
const TOGGLES: ReadonlyMap<string, Toggle> = toggles([
  ['ro', 'rw', k.MS_RDONLY, k.MOUNT_ATTR_RDONLY],
  ['nosuid', 'suid', k.MS_NOSUID, k.MOUNT_ATTR_NOSUID],
  ['nodev', 'dev', k.MS_NODEV, k.MOUNT_ATTR_NODEV],
  ['noexec', 'exec', k.MS_NOEXEC, k.MOUNT_ATTR_NOEXEC],
  ['nodiratime', 'diratime', k.MS_NODIRATIME, k.MOUNT_ATTR_NODIRATIME],
  ['nosymfollow', 'symfollow', k.MS_NOSYMFOLLOW, k.MOUNT_ATTR_NOSYMFOLLOW],
  ['sync', 'async', k.MS_SYNCHRONOUS, 0],
  ['dirsync', '', k.MS_DIRSYNC, 0],
  ['mand', 'nomand', k.MS_MANDLOCK, 0],
  ['iversion', 'noiversion', k.MS_I_VERSION, 0],
  ['lazytime', 'nolazytime', k.MS_LAZYTIME, 0],
  ['silent', 'loud', k.MS_SILENT, 0],
]);

function toggles(rows: readonly (readonly [on: string, off: string, flag: number, attr: number])[]): Map<string, Toggle> {
  const found = new Map<string, Toggle>();
  for (const [on, off, flag, attr] of rows) {
    found.set(on, { flag, attr, on: true });
    if (off !== '') found.set(off, { flag, attr, on: false });
  }
  return found;
}

/** A mount has one atime mode; taking one back selects the kernel's default, relatime. `norelatime` takes back nothing. */
const ATIME: ReadonlyMap<string, { readonly flag: number; readonly clear: number; readonly attr: number }> = new Map([
  ['relatime', { flag: k.MS_RELATIME, clear: 0, attr: k.MOUNT_ATTR_RELATIME }],
  ['noatime', { flag: k.MS_NOATIME, clear: 0, attr: k.MOUNT_ATTR_NOATIME }],
  ['strictatime', { flag: k.MS_STRICTATIME, clear: 0, attr: k.MOUNT_ATTR_STRICTATIME }],
  ['atime', { flag: 0, clear: k.MS_NOATIME, attr: k.MOUNT_ATTR_RELATIME }],
  ['nostrictatime', { flag: 0, clear: k.MS_STRICTATIME, attr: k.MOUNT_ATTR_RELATIME }],
  ['norelatime', { flag: 0, clear: k.MS_RELATIME, attr: -1 }],
]);
const ATIME_FLAGS = k.MS_RELATIME | k.MS_NOATIME | k.MS_STRICTATIME;

const PROPAGATION: Readonly<Record<string, number>> = {
  shared: k.MS_SHARED,
  slave: k.MS_SLAVE,
  private: k.MS_PRIVATE,
  unbindable: k.MS_UNBINDABLE,
  rshared: k.MS_SHARED | k.MS_REC,
  rslave: k.MS_SLAVE | k.MS_REC,
  rprivate: k.MS_PRIVATE | k.MS_REC,
  runbindable: k.MS_UNBINDABLE | k.MS_REC,
};

const OTHERS = ['defaults', 'bind', 'rbind', 'remount', 'idmap', 'ridmap', 'tmpcopyup', 'copy-symlink'] as const;

/** Every option that is not handed to the file system, for `features`. Sorted. */
export function mountOptions(): readonly string[] {
  return [
    ...TOGGLES.keys(),
    ...[...TOGGLES].filter(([, toggle]) => toggle.attr !== 0).map(([name]) => `r${name}`),
    ...ATIME.keys(),
    ...[...ATIME.keys()].map((name) => `r${name}`),
    ...Object.keys(PROPAGATION),
    ...OTHERS,
  ].toSorted();
}

/** MS_* of a propagation name (also of linux.rootfsPropagation); undefined for an unknown one. */
export function propagationFlag(name: string): number | undefined {
  return Object.hasOwn(PROPAGATION, name) ? PROPAGATION[name] : undefined;
}

/** Read mount options (config.md#mounts, "Linux mount options"); of two that contradict each other the last wins. */
export function parseMountOptions(options: readonly string[]): MountOptions {
  const own = new FlagWord();
  const attr = new FlagWord();
  const recursive = new FlagWord();
  const propagation: number[] = [];
  const data: string[] = [];
  let bind: MountOptions['bind'] = 'none';
  let idmap: MountOptions['idmap'] = 'none';
  let extraFlags = 0;
  let tmpcopyup = false;
  let copySymlink = false;
  for (const option of options) {
    const propagationOf = propagationFlag(option);
    if (propagationOf !== undefined) propagation.push(propagationOf);
    else if (option === 'bind' || option === 'rbind') bind = option;
    else if (option === 'remount') extraFlags |= k.MS_REMOUNT;
    else if (option === 'idmap' || option === 'ridmap') idmap = option;
    else if (option === 'tmpcopyup') tmpcopyup = true;
    else if (option === 'copy-symlink') copySymlink = true;
    else if (option === 'defaults' || option === '') continue;
    else if (applyOwn(option, own, attr) || applyRecursive(option, recursive)) continue;
    else data.push(option);
  }
  if (bind !== 'none') extraFlags |= bind === 'rbind' ? k.MS_BIND | k.MS_REC : k.MS_BIND;
  return {
    flags: own.set | extraFlags,
    clearFlags: own.clear,
    attrSet: attr.set,
    attrClear: attr.clear,
    recursiveAttrSet: recursive.set,
    recursiveAttrClear: recursive.clear,
    propagation,
    data: data.join(','),
    bind,
    idmap,
    tmpcopyup,
    copySymlink,
  };
}

/** Bits to set and to clear; the latest word on a bit wins. */
class FlagWord {
  set = 0;
  clear = 0;
  turn(bits: number, on: boolean): void {
    this.set = on ? this.set | bits : this.set & ~bits;
    this.clear = on ? this.clear & ~bits : this.clear | bits;
  }
  /** A value in a field of several bits: the kernel wants the whole field cleared with it. */
  field(mask: number, value: number): void {
    this.set = (this.set & ~mask) | value;
    this.clear |= mask;
  }
}

function applyOwn(option: string, own: FlagWord, attr: FlagWord): boolean {
  const toggle = TOGGLES.get(option);
  if (toggle) {
    own.turn(toggle.flag, toggle.on);
    attr.turn(toggle.attr, toggle.on);
    return true;
  }
  const atime = ATIME.get(option);
  if (!atime) return false;
  if (atime.flag !== 0) own.field(ATIME_FLAGS, 0);
  own.turn(atime.clear, false);
  own.turn(atime.flag, true);
  if (atime.attr >= 0) attr.field(k.MOUNT_ATTR__ATIME, atime.attr);
  return true;
}

function applyRecursive(option: string, recursive: FlagWord): boolean {
  if (!option.startsWith('r')) return false;
  const toggle = TOGGLES.get(option.slice(1));
  if (toggle && toggle.attr !== 0) {
    recursive.turn(toggle.attr, toggle.on);
    return true;
  }
  const atime = ATIME.get(option.slice(1));
  if (!atime) return false;
  if (atime.attr >= 0) recursive.field(k.MOUNT_ATTR__ATIME, atime.attr);
  return true;
}
