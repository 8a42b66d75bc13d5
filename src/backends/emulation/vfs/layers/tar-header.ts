/** What an archive says of an entry, as attributes: none of its numbers is one before it was looked at. */
import type { Header as DeclaredHeader } from 'tar-stream';
import { makedev, S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFREG, type Nanoseconds } from '../types.ts';
import type { Span, TarAttributes } from './tar-node.ts';

/** Its types leave out where an entry's bytes begin (3.2.2, extract.js). */
export type Header = DeclaredHeader & { readonly byteOffset: number };

const MAX_ID = 0xffff_fffe;
const MAX_MAJOR = 0xfff;
const MAX_MINOR = 0xf_ffff;
/** Of a symbolic link, as symlink(2) has it; of a name, whose directories one could make one by one. */
const MAX_TARGET = 4095;
const MAX_NAME = 65535;
const SHOWN = 200;

/** A name in a message: neither does it fill the terminal nor talk to it. */
export function shown(name: string): string {
  const cut = name.length > SHOWN ? `${name.slice(0, SHOWN)}...` : name;
  return cut.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`);
}

/** What every entry must have. A size that is null (a broken number of GNU's) would leave the parser waiting for ever. Throws Error. */
export function checkEntry({ name, type, size, linkname }: Header): void {
  if (!Number.isSafeInteger(size)) throw new Error(`entry ${shown(name)}: size ${size}`);
  if (name.length > MAX_NAME) throw new Error(`entry ${shown(name)}: a name of more than ${MAX_NAME} bytes`);
  const most = type === 'symlink' ? MAX_TARGET : MAX_NAME;
  if (linkname != null && Buffer.byteLength(linkname) > most) throw new Error(`entry ${shown(name)}: a link of more than ${most} bytes`);
  if (`${name}${linkname ?? ''}`.includes('\0')) throw new Error(`entry ${shown(name)}: a NUL in a name`);
}

/** Throws Error. */
export function attributesOf(header: Header, read: Span['read']): TarAttributes {
  const { name, type, linkname } = header;
  const pax = (header.pax ?? {}) as Readonly<Record<string, string>>;
  const number = (what: string, value: number, most: number): number => {
    if (Number.isInteger(value) && value >= 0 && value <= most) return value;
    throw new Error(`entry ${shown(name)}: ${what} ${value}`);
  };
  const id = (what: 'uid' | 'gid'): number => {
    const text = pax[what];
    return number(what, text === undefined ? header[what] : /^\d+$/.test(text) ? Number(text) : NaN, MAX_ID);
  };
  const device = (): number => makedev(number('device', header.devmajor, MAX_MAJOR), number('device', header.devminor, MAX_MINOR));
  const bits = (header.mode ?? 0) & 0o7777;
  const common = { uid: id('uid'), gid: id('gid'), mtime: timeOf(name, pax['mtime'], header.mtime), rdev: 0, size: 0 };
  switch (type) {
    case 'directory':
      return { ...common, mode: S_IFDIR | bits, size: 4096 };
    case 'symlink':
      return { ...common, mode: S_IFLNK | 0o777, target: linkname ?? '', size: Buffer.byteLength(linkname ?? '') };
    case 'character-device':
      return { ...common, mode: S_IFCHR | bits, rdev: device() };
    case 'block-device':
      return { ...common, mode: S_IFBLK | bits, rdev: device() };
    case 'fifo':
      return { ...common, mode: S_IFIFO | bits };
    case 'file':
    case 'contiguous-file':
      if (Object.keys(pax).some((key) => key.startsWith('GNU.sparse.')))
        throw new Error(`entry ${shown(name)}: sparse files of GNU tar are not supported`);
      return { ...common, mode: S_IFREG | bits, size: header.size, span: { offset: header.byteOffset, read } };
    default:
      throw new Error(`entry ${shown(name)}: unknown type`);
  }
}

/** What 64 bits can tell; Linux too gives the nearest time that a file system has. */
const LATEST = 2n ** 63n - 1n;
const DIGITS = 20;

/** PAX times are decimal seconds with any number of digits. */
function timeOf(name: string, pax: string | undefined, mtime: Date | undefined): Nanoseconds {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(pax ?? '');
  if (match === null) {
    const milliseconds = mtime?.getTime() ?? 0;
    if (Number.isNaN(milliseconds)) throw new Error(`entry ${shown(name)}: a time that is no number`);
    return within(BigInt(milliseconds) * 1_000_000n);
  }
  const [, sign, seconds = '', fraction = ''] = match;
  const value = seconds.length > DIGITS ? LATEST : BigInt(seconds) * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  return within(sign === '-' ? -value : value);
}

const within = (time: bigint): bigint => (time > LATEST ? LATEST : time < -LATEST ? -LATEST : time);
