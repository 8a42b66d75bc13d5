/**
 * Where an object of the host is: a name in a directory that is known the same way, up to the root which the configuration
 * names. Whatever other processes of the host do to the tree, an operation at a place acts in the directory that was found
 * and nowhere else: directories are held open (O_PATH), each was opened as a name in the one above it without following links,
 * and `/proc/self/fd/N/name` gives node:fs what openat(2) gives to C. Where that is not to be had (not Linux, no /proc, Node's
 * permission model, which knows paths only) a path is checked to lead to the object, and then used.
 */
import * as fs from 'node:fs';
import { errno, type ErrnoName } from '../errno.ts';
import { hostDescriptors } from './host-descriptors.ts';
import { fromHost, onHost } from './host-errors.ts';
import { S_IFMT } from './types.ts';

const { O_NOFOLLOW, O_NONBLOCK } = fs.constants;
const O_PATH = 0o10000000;
const PROC_SUPER_MAGIC = 0x9fa0;

/** Can a descriptor be used as a directory in a path? */
function descriptorsAreDirectories(): boolean {
  // Types say that `permission` is always there: before Node 23.5 and in Bun it is not.
  if (process.platform !== 'linux' || (process.permission as unknown) !== undefined) return false;
  try {
    return fs.statfsSync('/proc/self/fd').type === PROC_SUPER_MAGIC;
  } catch {
    return false; // no /proc
  }
}

interface Root {
  /** Of the object that was found there, wherever it is moved, as with a bind mount of Linux; without descriptors its name. */
  readonly path: string;
  /** undefined: paths are all there is. */
  readonly fd: number | undefined;
  readonly gone: ErrnoName;
}

const rootClosing = new FinalizationRegistry<number>((fd) => fs.closeSync(fd));

const inProc = (fd: number): string => `/proc/self/fd/${fd}`;

export class HostPlace {
  name: string;
  #parent: HostPlace | undefined;
  #stats: fs.BigIntStats | undefined;
  readonly #root: Root;

  private constructor(root: Root, parent: HostPlace | undefined, name: string, stats: fs.BigIntStats | undefined) {
    this.#root = root;
    this.#parent = parent;
    this.name = name;
    this.#stats = stats;
  }

  /** `source`: without symbolic links. `gone`: how operations fail at a place that has another object now, or none. */
  static root(source: string, gone: ErrnoName): HostPlace {
    const fd = descriptorsAreDirectories() ? onHost(() => fs.openSync(source, O_PATH | O_NOFOLLOW)) : undefined;
    const root: Root = { path: fd === undefined ? source : inProc(fd), fd, gone };
    if (fd !== undefined) rootClosing.register(root, fd);
    const stats = onHost(() => (fd === undefined ? fs.lstatSync(source, { bigint: true }) : fs.fstatSync(fd, { bigint: true })));
    return new HostPlace(root, undefined, '', stats);
  }

  /** `stats`: as lstat has just shown them; else they are asked for when first needed. */
  child(name: string, stats?: fs.BigIntStats): HostPlace {
    return new HostPlace(this.#root, this, name, stats);
  }

  /** The same object was found there. */
  move(parent: HostPlace, name: string, stats?: fs.BigIntStats): void {
    this.#parent = parent;
    this.name = name;
    this.#stats = stats ?? this.#stats;
  }

  /** Of the object, as they were last seen. */
  get stats(): fs.BigIntStats {
    this.#stats ??= this.#parent?.lstat(this.name);
    if (this.#stats === undefined) throw errno(this.#root.gone);
    return this.#stats;
  }

  #is({ ino, dev, mode }: fs.BigIntStats): boolean {
    const { stats } = this;
    return ino === stats.ino && dev === stats.dev && (Number(mode) & S_IFMT) === (Number(stats.mode) & S_IFMT);
  }

  #seen(now: fs.BigIntStats | undefined): void {
    if (now === undefined || !this.#is(now)) throw errno(this.#root.gone);
    this.#stats = now;
  }

  /** New `stats`; `opened`: of a descriptor of it. */
  refresh(opened?: fs.BigIntStats): void {
    if (opened !== undefined) this.#seen(opened);
    else if (this.#parent === undefined || this.#root.fd === undefined) this.check();
    else this.#seen(this.#parent.lstat(this.name));
  }

  get #path(): string {
    return this.#parent === undefined ? this.#root.path : `${this.#parent.#path}/${this.name}`;
  }

  /** Its path leads to it still: it was not moved, and nothing above it. */
  check(): void {
    const { fd } = this.#root;
    if (this.#parent === undefined && fd !== undefined) return this.#seen(onHost(() => fs.fstatSync(fd, { bigint: true })));
    this.#seen(onHost(() => fs.lstatSync(this.#path, { bigint: true, throwIfNoEntry: false })));
  }

  /** Of a directory: what to put before `/name`, checked. To be used at once: later its descriptor may be another's. */
  directory(): string {
    this.check();
    return this.#anchor();
  }

  #anchor(): string {
    return this.#root.fd === undefined ? this.#path : inProc(this.#descriptor());
  }

  /** The entry as it is now. */
  lstat(name: string): fs.BigIntStats | undefined {
    if (this.#root.fd === undefined) this.check();
    const path = `${this.#anchor()}/${name}`;
    return onHost(() => fs.lstatSync(path, { bigint: true, throwIfNoEntry: false }));
  }

  /** What is in a directory. */
  names(): string[] {
    return this.#listed((path) => fs.readdirSync(path));
  }
  list(): fs.Dirent[] {
    return this.#listed((path) => fs.readdirSync(path, { withFileTypes: true }));
  }

  #listed<T>(read: (path: string) => T): T {
    const path = this.directory();
    const result = onHost(() => read(path));
    if (this.#root.fd === undefined) this.check(); // it was this directory
    return result;
  }

  readlink(): string {
    return onHost(() => fs.readlinkSync(this.entry()));
  }

  /** For operations on a name: rename, link, readlink and such. */
  entry(): string {
    if (this.#root.fd === undefined) this.check();
    if (this.#parent === undefined) return this.#anchor();
    return `${this.#parent.directory()}/${this.name}`;
  }

  get #held(): number | undefined {
    return this.#parent === undefined ? this.#root.fd : hostDescriptors.get(this);
  }

  #descriptor(): number {
    return this.#held ?? hostDescriptors.add(this, this.#open());
  }

  /** A new descriptor (O_PATH) of this very object. */
  #open(): number {
    const parent = this.#parent!;
    const held = parent.#held;
    const above = held ?? parent.#open();
    try {
      return this.#same(onHost(() => fs.openSync(`${inProc(above)}/${this.name}`, O_PATH | O_NOFOLLOW)));
    } finally {
      if (held === undefined) fs.closeSync(above);
    }
  }

  /** `opened`, unless it is of another object. */
  #same(opened: number): number {
    if (this.#is(fs.fstatSync(opened, { bigint: true }))) return opened;
    fs.closeSync(opened);
    throw errno(this.#root.gone);
  }

  /**
   * Calls `use` with a path that is the object itself, to be followed, whatever its names lead to by now; undefined where
   * there are no such paths.
   */
  object<T>(use: (path: string | undefined) => T): T {
    if (this.#root.fd === undefined) return use(undefined);
    this.entry();
    const held = this.#held;
    const fd = held ?? this.#open();
    try {
      return use(inProc(fd));
    } finally {
      if (held === undefined) fs.closeSync(fd);
    }
  }

  /**
   * A descriptor of a regular file. Without O_CREAT and O_TRUNC, so that opening the wrong one changes nothing; O_NONBLOCK
   * against a fifo in its place.
   */
  openFile(access: number): number {
    if (!this.stats.isFile()) throw errno('EINVAL');
    const { fd, path } = this.#root;
    const flags = access | O_NONBLOCK;
    if (this.#parent === undefined && fd !== undefined) return onHost(() => fs.openSync(path, flags));
    const entry = this.entry();
    try {
      return this.#same(fs.openSync(entry, flags | O_NOFOLLOW));
    } catch (error) {
      const failure = fromHost(error);
      throw failure.errno === 'ELOOP' ? errno(this.#root.gone) : failure;
    }
  }
}
