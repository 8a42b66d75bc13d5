/**
 * AF_UNIX addresses hold about 100 bytes (sun_path: 108 on Linux, 104 on macOS) and containerd's state directories are
 * longer. The socket is then reached through its directory: by descriptor on Linux, by the working directory elsewhere.
 */
import { closeSync, constants, openSync } from 'node:fs';
import { basename, dirname } from 'node:path';

const FITS = 100;

/**
 * Calls `use` with an address of the socket at `path`. It must bind or connect before it returns, as node:net does.
 * Throws what opening the directory throws.
 */
export function withSocketPath<T>(path: string, use: (address: string) => T): T {
  if (Buffer.byteLength(path) <= FITS) return use(path);
  return process.platform === 'linux' ? throughDescriptor(path, use) : throughWorkingDirectory(path, use);
}

function throughDescriptor<T>(path: string, use: (address: string) => T): T {
  const dir = openSync(dirname(path), constants.O_RDONLY | constants.O_DIRECTORY);
  // Kept for a moment: Bun connects in a later turn.
  setTimeout(() => closeSync(dir), 1000).unref();
  return use(`/proc/self/fd/${dir}/${basename(path)}`);
}

function throughWorkingDirectory<T>(path: string, use: (address: string) => T): T {
  const before = process.cwd();
  process.chdir(dirname(path));
  try {
    return use(basename(path));
  } finally {
    process.chdir(before);
  }
}
