/** A FAILED event of awaitStart or exec → why the user's program cannot run, in runc's words plus the true cause. */
import { type ErrorDetail, TsrunError } from '../../core/errors.ts';
import { errnoName, errnoText } from './errno.ts';
import type { HelperEvent } from './events.ts';
import { explainExec } from './executable.ts';

const S_IFMT = 0o170000;
const S_IFDIR = 0o040000;

/**
 * Payload (docs/plan-format.md): u32 st_mode (0: no file was found), the path that was tried with its NUL (empty: not
 * found in $PATH), the first bytes of the file.
 */
export function execFailure(program: string, event: HelperEvent, detail: ErrorDetail): TsrunError {
  const errno = errnoName(event.value);
  const { mode, path, head } = parse(event.payload);
  const cause = causeOf(program, errno, event.value, mode, path, head);
  return new TsrunError('EXEC_FAILED', `unable to start container process: ${cause}`, {
    ...detail,
    pointer: detail.pointer ?? '/process/args',
  });
}

function causeOf(program: string, errno: string, value: number, mode: number, path: string, head: Uint8Array): string {
  const quoted = JSON.stringify(program);
  if (mode === 0) {
    if (!program.includes('/')) return `exec: ${quoted}: executable file not found in $PATH`;
    return `exec: ${quoted}: stat ${program}: ${errnoText(value)}`;
  }
  if ((mode & S_IFMT) === S_IFDIR) return `exec: ${quoted}: permission denied: it is a directory`;
  if (errno === 'EACCES' && (mode & 0o111) === 0) {
    return `exec: ${quoted}: permission denied: ${path} is not executable (mode ${(mode & 0o7777).toString(8).padStart(4, '0')})`;
  }
  const why = explainExec(errno, head);
  return `exec ${path}: ${errnoText(value)}${why === undefined ? '' : `: ${why}`}`;
}

function parse(payload: Uint8Array): { mode: number; path: string; head: Uint8Array } {
  if (payload.length < 5) return { mode: 0, path: '', head: new Uint8Array(0) };
  const mode = new DataView(payload.buffer, payload.byteOffset).getUint32(0, true);
  const end = payload.indexOf(0, 4);
  const stop = end < 0 ? payload.length : end;
  return { mode, path: new TextDecoder().decode(payload.subarray(4, stop)), head: payload.subarray(Math.min(stop + 1, payload.length)) };
}
