/**
 * Bun (1.4.5) forgets the end of a pipe that comes while process.stdin is paused, and nothing makes it look again. So a while after
 * each resume that brought nothing, the pipe is asked: by a descriptor of our own, which does not wait (`/proc/self/fd/0` opens the
 * same pipe anew). Once is enough: what comes later is seen.
 */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

const PATIENCE_MS = 50;

export interface LostEnd {
  /** After a resume. */
  expect(): void;
  /** Something came, or is not wanted any more. */
  cancel(): void;
}

/** `found` gets what was there: nothing at the end. Undefined where ends are not lost. */
export function lostEndOfStdin(found: (bytes: Uint8Array) => void): LostEnd | undefined {
  if (process.versions['bun'] === undefined || process.platform !== 'linux' || !fstatSync(0).isFIFO()) return undefined;
  let timer: NodeJS.Timeout | undefined;
  return {
    expect() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const bytes = readWithoutWaiting();
        if (bytes !== undefined) found(bytes);
      }, PATIENCE_MS);
      timer.unref();
    },
    cancel: () => clearTimeout(timer),
  };
}

/** Undefined where nothing is there yet, or where it cannot be told. */
function readWithoutWaiting(): Uint8Array | undefined {
  let fd: number | undefined;
  try {
    fd = openSync('/proc/self/fd/0', constants.O_RDONLY | constants.O_NONBLOCK);
    const buffer = new Uint8Array(16 * 1024);
    return buffer.subarray(0, readSync(fd, buffer));
  } catch {
    return undefined; // EAGAIN: the usual case. Others (no /proc, another user's pipe) leave us as wise as before.
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
