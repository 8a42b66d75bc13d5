/** Reading and writing cgroup files, with errors that name the file, the value and the entry of the config to blame. */
import { closeSync, constants, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { TsrunError } from '../../../core/errors.ts';
import { errnoText } from '../errno.ts';

/** Node, Bun and the kernel agree on the code; the words are runc's. */
export function systemErrorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

export function systemErrorText(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  return typeof errno === 'number' ? errnoText(Math.abs(errno)) : message;
}

/** One write to one file; the pointer says which entry of the config it came from. */
export interface Write {
  readonly dir: string;
  readonly file: string;
  readonly value: string;
  readonly pointer: string;
}

/** O_WRONLY alone: O_CREAT in a cgroup answers "permission denied" for a file the kernel does not have. */
export function rawWrite(path: string, value: string): void {
  const fd = openSync(path, constants.O_WRONLY);
  try {
    writeSync(fd, value);
  } finally {
    closeSync(fd);
  }
}

export function writeCgroupFile(write: Write): void {
  try {
    rawWrite(`${write.dir}/${write.file}`, write.value);
  } catch (error) {
    throw writeError(write, error);
  }
}

/** CONFIG_UNSUPPORTED for what the kernel lacks or forbids, else CONFIG_INVALID: the value is wrong. */
export function writeError(write: Write, error: unknown): TsrunError {
  const code = systemErrorCode(error);
  const invalid = code === 'EINVAL' || code === 'ERANGE';
  return new TsrunError(
    invalid ? 'CONFIG_INVALID' : 'CONFIG_UNSUPPORTED',
    `failed to write "${write.value}": ${code === 'ENOENT' ? 'open' : 'write'} ${write.dir}/${write.file}: ${systemErrorText(error)}`,
    { pointer: write.pointer, cause: error, ...(code === 'ENOENT' && { hint: 'this kernel has no such cgroup file' }) },
  );
}

/**
 * Values that constrain each other (limit ≤ memory+swap, burst ≤ quota, …): which order is right depends on what is
 * set now, and the kernel answers EINVAL to the wrong one. So whatever fails with EINVAL is tried again after the others.
 */
export function writeInWorkingOrder(writes: readonly Write[]): void {
  for (let pending = writes; pending.length > 0;) {
    const failed: Write[] = [];
    let error: unknown;
    for (const write of pending) {
      try {
        rawWrite(`${write.dir}/${write.file}`, write.value);
      } catch (caught) {
        if (systemErrorCode(caught) !== 'EINVAL') throw writeError(write, caught);
        if (failed.length === 0) error = caught;
        failed.push(write);
      }
    }
    if (failed.length === pending.length) throw writeError(failed[0] as Write, error);
    pending = failed;
  }
}

export function hasFile(dir: string, file: string): boolean {
  return existsSync(`${dir}/${file}`);
}

/** Trimmed content; undefined when the file or its cgroup is not there. */
export function readCgroupFile(dir: string, file: string): string | undefined {
  try {
    return readFileSync(`${dir}/${file}`, 'latin1').trimEnd();
  } catch (error) {
    // ENODEV: the cgroup was removed while the file was open. EOPNOTSUPP: cgroup.procs of a threaded cgroup, or a statistic
    // that this kernel has switched off.
    if (['ENOENT', 'ENODEV', 'EOPNOTSUPP', 'ENOTSUP'].includes(systemErrorCode(error) ?? '')) return undefined;
    throw new TsrunError('SYSTEM', `reading ${dir}/${file}: ${systemErrorText(error)}`, { cause: error });
  }
}

/** Numbers of the config are integers up to 2^64, which String() would print as 1e+21. */
export function decimal(value: number): string {
  return BigInt(Math.trunc(value)).toString();
}
