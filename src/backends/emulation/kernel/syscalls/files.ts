/** System calls on descriptors. read, write and lseek are the hottest code of the kernel: keep them free of closures. */
import { errno } from '../../errno.ts';
import { type Attributes, O_ACCMODE, O_CLOEXEC, O_NONBLOCK, O_RDONLY, O_WRONLY, S_IFMT, S_IFREG, type Stat } from '../../vfs/types.ts';
import { block, leave } from '../blocking.ts';
import { close as closeDescriptor, descriptorOf, duplicate, duplicateTo, fileOf, freeDescriptor, install, put } from '../descriptors.ts';
import { locationOf } from '../files/anonymous.ts';
import { SETTABLE_FLAGS } from '../files/base.ts';
import { DirectoryFile } from '../files/directory.ts';
import { makePipe } from '../files/pipe-file.ts';
import type { Proc } from '../process.ts';
import { raise } from '../signal-actions.ts';
import { SIGXFSZ } from '../signal-numbers.ts';
import { BLOCKED, type DirectoryEntry, type OpenFile, type Sys } from '../types.ts';

export function read(process: Proc, fd: number, buffer: Uint8Array): Sys<number> {
  const descriptor = process.descriptors[fd];
  if (descriptor === undefined) throw errno('EBADF');
  const { file } = descriptor;
  if ((file.flags & O_ACCMODE) === O_WRONLY) throw errno('EBADF');
  const count = file.read(process, buffer);
  process.reads++;
  if (count !== BLOCKED) {
    process.bytesRead += count;
    return process.attention === 0 ? count : leave(process, count);
  }
  return block(process, () => {
    const later = file.read(process, buffer);
    if (later !== BLOCKED) process.bytesRead += later;
    return later;
  });
}

export function write(process: Proc, fd: number, bytes: Uint8Array): Sys<number> {
  const descriptor = process.descriptors[fd];
  if (descriptor === undefined) throw errno('EBADF');
  const { file } = descriptor;
  if ((file.flags & O_ACCMODE) === O_RDONLY) throw errno('EBADF');
  const count = file.write(process, bytes);
  process.writes++;
  if (count !== BLOCKED) process.bytesWritten += count;
  if (count === bytes.length && process.attention === 0) return count;
  return finishWrite(process, file, bytes, count);
}

/**
 * A write that did not take all at once: a blocking one goes on until everything is written; interrupted or failed after
 * that it gives what was written so far.
 */
function finishWrite(process: Proc, file: OpenFile, bytes: Uint8Array, first: Sys<number>): Sys<number> {
  if (first !== BLOCKED && (first === bytes.length || !waitsForAll(file))) return leave(process, first);
  let done = first === BLOCKED ? 0 : first;
  const go = (): Sys<number> => {
    while (done < bytes.length) {
      let count: Sys<number>;
      try {
        count = file.write(process, done === 0 ? bytes : bytes.subarray(done));
      } catch (error) {
        if (done > 0 && process.waitStatus === undefined) return done;
        throw error;
      }
      if (count === BLOCKED) return BLOCKED;
      done += count;
      process.bytesWritten += count;
    }
    return done;
  };
  const interrupted = (): number => {
    if (done === 0) throw errno('EINTR');
    return done;
  };
  const outcome = first === BLOCKED ? BLOCKED : go();
  return outcome === BLOCKED ? block(process, go, interrupted) : leave(process, outcome);
}

/** A short write of a regular file (RLIMIT_FSIZE) or of a non-blocking one is the result. */
function waitsForAll(file: OpenFile): boolean {
  return (
    (file.flags & O_NONBLOCK) === 0 && (file.kind === 'pipe' || file.kind === 'tty' || file.kind === 'stream' || file.kind === 'socket')
  );
}

export function pread(process: Proc, fd: number, position: number, buffer: Uint8Array): number {
  const file = fileOf(process, fd);
  if ((file.flags & O_ACCMODE) === O_WRONLY) throw errno('EBADF');
  if (file.readAt === undefined) throw notSeekable(file);
  if (position < 0) throw errno('EINVAL');
  return file.readAt(process, position, buffer);
}

export function pwrite(process: Proc, fd: number, position: number, bytes: Uint8Array): number {
  const file = fileOf(process, fd);
  if ((file.flags & O_ACCMODE) === O_RDONLY) throw errno('EBADF');
  if (file.writeAt === undefined) throw notSeekable(file);
  if (position < 0) throw errno('EINVAL');
  return file.writeAt(process, position, bytes);
}

function notSeekable(file: OpenFile): Error {
  if (file.kind === 'directory') return errno('EISDIR');
  return errno(file.kind === 'path' ? 'EBADF' : 'ESPIPE');
}

export function lseek(process: Proc, fd: number, offset: number, whence: number): number {
  const file = fileOf(process, fd);
  const { kind } = file;
  if (kind === 'path') throw errno('EBADF');
  if (kind !== 'file' && kind !== 'special' && kind !== 'directory') {
    // null(4) and its like take any seek and stay where they are.
    if (kind === 'device') return 0;
    throw errno('ESPIPE');
  }
  let base = 0;
  if (whence === 1) base = file.position;
  else if (whence === 2) base = file.location?.inode.size ?? 0;
  else if (whence !== 0) throw errno('EINVAL');
  const position = base + offset;
  if (position < 0) throw errno('EINVAL');
  if (position > Number.MAX_SAFE_INTEGER) throw errno('EOVERFLOW');
  file.position = position;
  return position;
}

export function close(process: Proc, fd: number): void {
  closeDescriptor(process, fd);
}

export function dup(process: Proc, fd: number, min: number, cloexec: boolean): number {
  return duplicate(process, fd, min, cloexec);
}

export function dup3(process: Proc, fd: number, target: number, cloexec: boolean): number {
  return duplicateTo(process, fd, target, cloexec);
}

/** pipe2(2): O_CLOEXEC and O_NONBLOCK. */
export function pipe(process: Proc, flags: number): readonly [number, number] {
  if ((flags & ~(O_CLOEXEC | O_NONBLOCK)) !== 0) throw errno('EINVAL');
  const first = freeDescriptor(process);
  const [reader, writer] = makePipe(process, flags & O_NONBLOCK);
  const cloexec = (flags & O_CLOEXEC) !== 0;
  put(process, first, reader, cloexec);
  try {
    return [first, install(process, writer, cloexec)];
  } catch (error) {
    closeDescriptor(process, first);
    throw error;
  }
}

export function getFlags(process: Proc, fd: number): number {
  return fileOf(process, fd).flags;
}

/** F_SETFL: O_APPEND and O_NONBLOCK change, everything else is left alone. */
export function setFlags(process: Proc, fd: number, flags: number): void {
  const file = fileOf(process, fd);
  if (file.kind === 'path') throw errno('EBADF');
  file.flags = (file.flags & ~SETTABLE_FLAGS) | (flags & SETTABLE_FLAGS);
}

export function setCloexec(process: Proc, fd: number, on: boolean): void {
  descriptorOf(process, fd).cloexec = on;
}

export function fstat(process: Proc, fd: number): Stat {
  return fileOf(process, fd).stat();
}

/** fchmod, fchown, futimens, ftruncate. A truncation needs a descriptor open for writing. */
export function fsetAttributes(process: Proc, fd: number, attributes: Attributes): void {
  const file = fileOf(process, fd);
  if (file.kind === 'path') throw errno('EBADF');
  if (attributes.size !== undefined) {
    checkTruncation(process, file, attributes.size);
    const { size, ...others } = attributes;
    // The right to write was checked when the file was opened.
    file.location?.inode.setAttributes({ size });
    if (Object.keys(others).length === 0) return;
    process.kernel.vfs.setAttributes(process, locationOf(file), others);
    return;
  }
  process.kernel.vfs.setAttributes(process, locationOf(file), attributes);
}

function checkTruncation(process: Proc, file: OpenFile, size: number): void {
  const regular = file.location !== undefined && (file.location.inode.mode & S_IFMT) === S_IFREG;
  if (!regular || (file.flags & O_ACCMODE) === O_RDONLY) throw errno('EINVAL');
  checkFileSize(process, size);
}

/** truncate(2) beyond RLIMIT_FSIZE: SIGXFSZ and EFBIG. */
export function checkFileSize(process: Proc, size: number): void {
  if (size < 0) throw errno('EINVAL');
  if (size <= process.maxFileSize) return;
  raise(process, SIGXFSZ);
  throw errno('EFBIG');
}

export function readdir(process: Proc, fd: number): readonly DirectoryEntry[] {
  const file = fileOf(process, fd);
  if (!(file instanceof DirectoryFile)) throw errno(file.kind === 'path' ? 'EBADF' : 'ENOTDIR');
  return file.entries(0);
}
