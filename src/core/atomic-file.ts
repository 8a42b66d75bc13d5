import { closeSync, constants, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { TsrunError } from './errors.ts';

let serial = 0;

/**
 * Whoever opens `path` finds all of `text` or what was there before, whenever this process is killed. A symlink at `path`
 * is replaced, never followed. Nothing is flushed to the disk: what is written here is about processes of this kernel, and
 * whatever loses it has ended them, too.
 */
export function writeAtomic(path: string, text: string, mode: number): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${serial++}`);
  let made = false;
  try {
    const fd = openNew(temporary, mode);
    made = true;
    try {
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, path);
  } catch (error) {
    if (made) rmSync(temporary, { force: true });
    throw systemError(`writing ${path}`, error);
  }
}

function openNew(path: string, mode: number): number {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
  try {
    return openSync(path, flags, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    rmSync(path, { force: true }); // of a dead process with our pid
    return openSync(path, flags, mode);
  }
}

const TEXTS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOTDIR: 'not a directory',
  EISDIR: 'is a directory',
  EEXIST: 'file exists',
  ENOSPC: 'no space left on device',
  EROFS: 'read-only file system',
  EDQUOT: 'disk quota exceeded',
  ENAMETOOLONG: 'file name too long',
  ELOOP: 'too many levels of symbolic links',
  EMFILE: 'too many open files',
  ENOTSUP: 'operation not supported',
};

/** `doing: reason`, the reason in the C library's words, which engines match. */
export function systemError(doing: string, error: unknown): TsrunError {
  if (error instanceof TsrunError) return error;
  return new TsrunError('SYSTEM', `${doing}: ${reasonOf(error)}`, { cause: error });
}

/** The kernel's reason for a failed node:fs call, without node's decoration. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code !== undefined) {
    const text = TEXTS[code];
    if (text !== undefined) return text;
  }
  return error instanceof Error ? error.message : String(error);
}
