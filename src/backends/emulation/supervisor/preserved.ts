/** What the descriptors from 3 on of this process are, before any of them is passed on. */
import { fstatSync, readFileSync, type Stats, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { TsrunError } from '../../../core/errors.ts';
import { O_ACCMODE, O_RDONLY, O_RDWR, O_WRONLY } from '../vfs/types.ts';
import { DESCRIPTOR_MAX } from './frames.ts';
import { isMemoryDevice } from './host-output.ts';
import type { Preserved } from './protocol.ts';

const FIRST = 3;
const O_PATH = 0o10000000;

/** NOT_SUPPORTED for one of which JavaScript can make nothing. */
export function preservedDescriptors(count: number): readonly Preserved[] {
  return Array.from({ length: count }, (_, index) => look(FIRST + index));
}

/** The same for those that are to be read and written over a control socket. */
export function relayedDescriptors(count: number): readonly Preserved[] {
  const last = FIRST + count - 1;
  if (last > DESCRIPTOR_MAX) throw refused(`descriptors above ${DESCRIPTOR_MAX}`);
  const descriptors = preservedDescriptors(count);
  const listener = descriptors.find(({ kind }) => kind === 'listener');
  if (listener !== undefined) throw refused(`descriptor ${listener.fd}, which is a socket that listens, to an exec`);
  return descriptors;
}

function look(fd: number): Preserved {
  const stat = fstatSync(fd);
  const kind = kindOf(fd, stat);
  const flags = flagsOf(fd, kind);
  if ((flags & O_PATH) !== 0) throw refused(`descriptor ${fd}, which was opened with O_PATH`);
  const mode = flags & O_ACCMODE;
  return { fd, kind, readable: mode !== O_WRONLY, writable: mode !== O_RDONLY };
}

function kindOf(fd: number, stat: Stats): Preserved['kind'] {
  if (stat.isFile() || stat.isBlockDevice()) return 'file';
  if (stat.isFIFO()) return 'pipe';
  if (stat.isSocket()) return socketOf(fd, stat);
  if (stat.isDirectory()) throw refused(`descriptor ${fd}, which is a directory`);
  if (isatty(fd)) return 'terminal';
  if (!stat.isCharacterDevice()) throw refused(`descriptor ${fd}, which is neither a file, a pipe, a socket nor a device`);
  // A read of another device could hold this thread for ever.
  if (process.platform === 'linux' && !isMemoryDevice(stat)) {
    throw refused(`descriptor ${fd}, which is the character device ${stat.rdev >> 8}:${stat.rdev & 0xff}`);
  }
  return 'file';
}

/** Only Linux tells JavaScript what a socket is. */
function socketOf(fd: number, { ino }: Stats): 'socket' | 'listener' {
  if (process.platform !== 'linux') throw refused(`descriptor ${fd}, which is a socket, on ${process.platform}`);
  const what = unixSocket(ino) ?? inetSocket(ino) ?? 'of another family than AF_UNIX and TCP, or of another network';
  if (what === LISTENING) return 'listener';
  if (what !== CONNECTED) throw refused(`descriptor ${fd}, which is a socket ${what}`);
  return 'socket';
}

const CONNECTED = 'that is connected';
const LISTENING = 'that listens';
const UNCONNECTED = 'that is not connected';

/** unix(7): type 1 is SOCK_STREAM; flag __SO_ACCEPTCON; state 3 is SS_CONNECTED. */
function unixSocket(inode: number): string | undefined {
  for (const [, , , flags = '', type = '', state = '', number] of rows('unix')) {
    if (Number(number) !== inode) continue;
    if (parseInt(type, 16) !== 1) return 'of messages, not of a stream';
    if ((parseInt(flags, 16) & 0x10000) !== 0) return LISTENING;
    return parseInt(state, 16) === 3 ? CONNECTED : UNCONNECTED;
  }
  return undefined;
}

/** tcp(7) states: 0A is LISTEN, 07 CLOSE, 02 SYN_SENT; the others have or had a peer. */
function inetSocket(inode: number): string | undefined {
  for (const table of ['tcp', 'tcp6']) {
    for (const [, , , state = '', , , , , , number] of rows(table)) {
      if (Number(number) !== inode) continue;
      if (state === '0A') return LISTENING;
      return state === '07' || state === '02' ? UNCONNECTED : CONNECTED;
    }
  }
  return undefined;
}

/** Of a table of this process's network; none where the kernel has not that family. */
function rows(table: string): readonly (readonly string[])[] {
  let text: string;
  try {
    text = readFileSync(`/proc/self/net/${table}`, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return [];
  }
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/));
}

/** fcntl(F_GETFL), which JavaScript has not. */
function flagsOf(fd: number, kind: Preserved['kind']): number {
  if (kind === 'socket' || kind === 'listener') return O_RDWR;
  if (process.platform === 'linux') {
    const [, octal = '0'] = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1')) ?? [];
    return parseInt(octal, 8);
  }
  if (!isWritable(fd)) return O_RDONLY;
  return kind === 'pipe' ? O_WRONLY : O_RDWR; // a read of one that is open for writing alone fails as it would
}

/** A write of nothing changes nothing, and tells. */
function isWritable(fd: number): boolean {
  try {
    writeSync(fd, new Uint8Array(0));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EBADF') return false;
  }
  return true;
}

function refused(what: string): TsrunError {
  return new TsrunError('NOT_SUPPORTED', `--preserve-fds: the emulation backend cannot pass on ${what}`);
}
