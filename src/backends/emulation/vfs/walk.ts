/** Path resolution, component by component (path_resolution(7), fs/namei.c). */
import { errno } from '../errno.ts';
import { isDirectory, isSymlink } from './abstract-inode.ts';
import type { MountPoint } from './mount-point.ts';
import { checkName, checkPath } from './names.ts';
import { permits, X_OK } from './permissions.ts';
import { type Inode, type Location, MS_NOSYMFOLLOW, type PathContext } from './types.ts';

const SLASH = 47;
const MAX_SYMLINKS = 40;

/** What the last component is. `none`: there is none (`/`, or a magic link was followed to its end). */
export type LastKind = 'name' | 'dot' | 'dotdot' | 'none';

/**
 * One resolution. `toLast` brings it to the directory that has the last component; `found` looks that up; `follow` goes on
 * through a symbolic link. `mount` and `inode` are where it is.
 */
export class Walk {
  mount: MountPoint;
  inode: Inode;
  name = '';
  kind: LastKind = 'none';
  /** The last component was followed by a slash. */
  slash = false;
  /** The object of `found`, and the mount in which it is. */
  target: Inode | undefined;
  targetMount: MountPoint;
  readonly #context: PathContext;
  /** Where a magic link led, while that is the current place. */
  #jump: Location | undefined;
  #path: string;
  #position = 0;
  #links = 0;

  constructor(context: PathContext, path: string) {
    checkPath(path);
    this.#context = context;
    this.#path = path;
    const absolute = path.charCodeAt(0) === SLASH;
    if (absolute && context.beneath === true) throw errno('ENOTCAPABLE');
    const start = absolute ? context.root : context.cwd;
    this.mount = start.mount as MountPoint;
    this.inode = start.inode;
    this.inode.revisit?.();
    this.targetMount = this.mount;
  }

  toLast(): this {
    for (;;) {
      const path = this.#path;
      let start = this.#position;
      while (path.charCodeAt(start) === SLASH) start++;
      if (start >= path.length) {
        this.kind = 'none';
        this.slash = path.charCodeAt(path.length - 1) === SLASH;
        if (this.slash && !isDirectory(this.inode)) throw errno('ENOTDIR');
        return this;
      }
      this.#jump = undefined;
      if (!isDirectory(this.inode)) throw errno('ENOTDIR');
      if (!permits(this.#context.credentials, this.inode, X_OK)) throw errno('EACCES');
      let end = path.indexOf('/', start);
      if (end < 0) end = path.length;
      let next = end;
      while (path.charCodeAt(next) === SLASH) next++;
      const name = end - start === path.length ? path : path.slice(start, end);
      checkName(name);
      this.#position = next;
      this.kind = name === '.' ? 'dot' : name === '..' ? 'dotdot' : 'name';
      if (next >= path.length) {
        this.name = name;
        this.slash = next > end;
        if (this.kind === 'dotdot') this.#demandBeneath();
        return this;
      }
      if (this.kind === 'name') this.#step(name);
      else if (this.kind === 'dotdot') this.#up();
    }
  }

  #step(name: string): void {
    const child = this.#child(name);
    if (child === undefined) throw errno('ENOENT');
    if (isSymlink(child)) this.follow(child);
    else this.#enter(child);
  }

  #enter(inode: Inode): void {
    this.mount = this.targetMount;
    this.inode = inode;
  }

  /** Sets targetMount. A mount covers the entry, so it is asked first. */
  #child(name: string): Inode | undefined {
    const { mount } = this;
    const mounted = mount.points === undefined ? undefined : mount.mountedOn(this.inode, name);
    this.targetMount = mounted ?? mount;
    return mounted === undefined ? this.inode.lookup(name) : mounted.root;
  }

  /** `..` would leave the directory of a strict WASI descriptor. */
  #demandBeneath(): void {
    const { cwd, beneath } = this.#context;
    if (beneath === true && this.inode === cwd.inode && this.mount === cwd.mount) throw errno('ENOTCAPABLE');
  }

  #up(): void {
    const { root } = this.#context;
    this.#demandBeneath();
    if (this.inode === root.inode && this.mount === root.mount) return;
    while (this.inode === this.mount.root) {
      const { mountpoint } = this.mount;
      if (mountpoint === undefined) return;
      this.mount = mountpoint.mount as MountPoint;
      this.inode = mountpoint.inode;
      if (this.inode === root.inode && this.mount === root.mount) return;
    }
    const { mount } = this;
    // A directory that was moved out of a bind's source has no way back to it.
    if (mount.root !== mount.fs.root && !isWithin(this.inode, mount.root)) throw errno('ENOENT');
    const { parent } = this.inode;
    this.inode = parent;
    parent.revisit?.();
    if (parent === root.inode && mount === root.mount) return;
    const covering = parent === mount.root ? mount.cover?.top() : mount.mountedOn(parent.parent, parent.name);
    if (covering === undefined) return;
    this.mount = covering;
    this.inode = covering.root;
  }

  /** Goes through a symbolic link that is the current component; the walk then goes on with toLast(). */
  follow(link: Inode): this {
    if (this.#links++ >= MAX_SYMLINKS) throw errno('ELOOP');
    if ((this.targetMount.flags & MS_NOSYMFOLLOW) !== 0) throw errno('ELOOP');
    const rest = this.#path.slice(this.#position);
    const slash = this.#position < this.#path.length || this.slash ? '/' : '';
    if (link.magicTarget !== undefined) {
      if (this.#context.beneath === true) throw errno('ENOTCAPABLE');
      const target = link.magicTarget();
      this.mount = target.mount as MountPoint;
      this.inode = target.inode;
      this.inode.revisit?.();
      this.#jump = target;
      this.#path = slash + rest;
      this.#position = 0;
      return this;
    }
    const text = link.readlink();
    if (text === '') throw errno('ENOENT');
    if (text.charCodeAt(0) === SLASH) {
      if (this.#context.beneath === true) throw errno('ENOTCAPABLE');
      this.mount = this.#context.root.mount as MountPoint;
      this.inode = this.#context.root.inode;
      this.inode.revisit?.();
    }
    this.#path = text + slash + rest;
    this.#position = 0;
    return this;
  }

  /** The object of the last component, or undefined. Sets `target` and `targetMount`. */
  found(): Inode | undefined {
    if (this.kind === 'name') this.target = this.#child(this.name);
    else {
      if (this.kind === 'dotdot') this.#up();
      this.target = this.inode;
      this.targetMount = this.mount;
    }
    return this.target;
  }

  /** The last component found, through symbolic links when `follow`, or when a slash comes after it. */
  resolve(follow: boolean): Location {
    const location = this.lookup(follow);
    if (location === undefined) throw errno('ENOENT');
    return location;
  }

  /** `resolve`, but undefined where the last component is not there. */
  lookup(follow: boolean): Location | undefined {
    for (;;) {
      const inode = this.toLast().found();
      if (inode === undefined) return undefined;
      if (this.kind === 'name' && isSymlink(inode) && (follow || this.slash)) {
        this.follow(inode);
        continue;
      }
      if (this.slash && !isDirectory(inode)) throw errno('ENOTDIR');
      return this.location(inode);
    }
  }

  /** Of what `found` gave. */
  location(inode: Inode): Location {
    const mount = this.targetMount;
    if (this.kind === 'none' && this.#jump !== undefined) return this.#jump;
    if (this.kind !== 'name' || isDirectory(inode) || inode === mount.root) return { mount, inode };
    return { mount, inode, directory: { mount: this.mount, inode: this.inode }, entry: this.name };
  }
}

/** Is `inode` (a directory) `ancestor` or below it? */
export function isWithin(inode: Inode, ancestor: Inode): boolean {
  for (let at = inode; ;) {
    if (at === ancestor) return true;
    const { parent } = at;
    if (parent === at) return false;
    at = parent;
  }
}
