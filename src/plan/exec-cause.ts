/** Why a program cannot be executed, in runc's words plus the true cause. */
import { errnoWords } from '../oci/errno-text.ts';
import { explainExec } from './executable.ts';

const S_IFMT = 0o170000;
const S_IFDIR = 0o040000;

/** What was found in the container where the program should be. */
export interface TriedFile {
  /** st_mode; 0: there is no file. */
  readonly mode: number;
  /** The path that was tried. */
  readonly path: string;
  /** First bytes of the file. */
  readonly head: Uint8Array;
}

/** program: argv[0] as the user wrote it; errno: the name. explain: what the file's head says of it, where it does. */
export function execCause(
  program: string,
  errno: string,
  { mode, path, head }: TriedFile,
  explain: (errno: string, head: Uint8Array) => string | undefined = explainExec,
): string {
  const quoted = JSON.stringify(program);
  if (mode === 0) {
    if (!program.includes('/')) return `exec: ${quoted}: executable file not found in $PATH`;
    return `exec: ${quoted}: stat ${program}: ${errnoWords(errno)}`;
  }
  if ((mode & S_IFMT) === S_IFDIR) return `exec: ${quoted}: permission denied: it is a directory`;
  if (errno === 'EACCES' && (mode & 0o111) === 0) {
    return `exec: ${quoted}: permission denied: ${path} is not executable (mode ${(mode & 0o7777).toString(8).padStart(4, '0')})`;
  }
  const why = explain(errno, head);
  return `exec ${path}: ${errnoWords(errno)}${why === undefined ? '' : `: ${why}`}`;
}
