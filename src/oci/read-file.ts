/** Reads a file that a user names, whatever it is: no more than MAX_SIZE of it, and what went wrong in the C library's words. */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { errnoWords } from './errno-text.ts';

/** Larger than any real config by far; it bounds the memory that a hostile bundle can take. */
const MAX_SIZE = 16 * 1024 * 1024;

export type ReadFile = { readonly bytes: Uint8Array } | { readonly error: string; readonly absent?: true };

/** O_NONBLOCK: opening a fifo must not wait for a writer. */
export function readRegularFile(path: string): ReadFile {
  return readOpened(path, constants.O_NONBLOCK, (fd, stat) => {
    if (!stat.isFile()) return { error: `${path} is not a regular file` };
    return stat.size > MAX_SIZE ? tooLarge(path) : { bytes: readAll(fd, stat.size) };
  });
}

/** What somebody names on the command line may be waited for. */
export function readFileOrPipe(path: string): ReadFile {
  return readOpened(path, 0, (fd, stat) => {
    if (!stat.isFile() && !stat.isFIFO()) return { error: `${path} is neither a regular file nor a pipe` };
    const bytes = readToEnd(fd);
    return bytes.length > MAX_SIZE ? tooLarge(path) : { bytes };
  });
}

function readOpened(path: string, flags: number, read: (fd: number, stat: Stats) => ReadFile): ReadFile {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | flags);
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'ENOENT') return { error: `${path}: ${errnoWords(code)}`, absent: true };
    return { error: `open ${path}: ${errnoWords(code)}` };
  }
  try {
    return read(fd, fstatSync(fd));
  } catch (error) {
    return { error: `read ${path}: ${errnoWords(errnoOf(error))}` };
  } finally {
    closeSync(fd);
  }
}

const tooLarge = (path: string): ReadFile => ({ error: `${path} is larger than ${MAX_SIZE} bytes` });

/** Until the end, or one byte more than MAX_SIZE. */
function readToEnd(fd: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let total = 0; total <= MAX_SIZE;) {
    const part = new Uint8Array(Math.min(65_536, MAX_SIZE + 1 - total));
    const count = readSync(fd, part);
    if (count === 0) break;
    parts.push(part.subarray(0, count));
    total += count;
  }
  return Buffer.concat(parts);
}

/** The size at fstat is the most that is read: a file that grows meanwhile is cut, and fails as JSON. */
function readAll(fd: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  while (at < size) {
    const count = readSync(fd, bytes, at, size - at, at);
    if (count === 0) break;
    at += count;
  }
  return bytes.subarray(0, at);
}

function errnoOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}
