import { Errno, errno } from '../errno.ts';
import { type Location, MS_NOEXEC, MS_NOSUID, type PathContext, S_IFMT, S_IFREG } from '../vfs/types.ts';
import { afterExec } from './capabilities.ts';
import { closeOnExec } from './descriptors.ts';
import { interpreterOf } from './executable.ts';
import { enforceMemory } from './limits.ts';
import { type Proc, setIdentity } from './process.ts';
import { RLIMIT_AS, softLimit } from './rlimits.ts';
import { ALL_SIGNALS } from './signal-numbers.ts';
import { refresh } from './signals.ts';
import type { Program, SignalAction, UserIds } from './types.ts';

/** How many `#!` files may lead to each other (Linux: ELOOP after the fifth). */
const MAX_SCRIPTS = 5;
const X_OK = 1;
const DEFAULT_PATH = '/usr/local/bin:/usr/bin:/bin';
/** Linux: ARG_MAX is a quarter of the stack limit, 2 MiB by default; one string at most 32 pages. */
const ARG_MAX = 2 ** 21;
const STRING_MAX = 2 ** 17;

/** An image that was found and loaded, and what the process becomes with it. */
export interface Image {
  readonly program: Program;
  readonly file: Location;
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly comm: string;
  readonly ids: UserIds;
}

export interface ExecRequest {
  readonly path: string;
  readonly argv: readonly string[];
  readonly env: readonly string[];
  /** Search PATH for a path without a slash: execvp(3), of the caller's own environment or another. */
  readonly searchPath?: string | undefined;
}

/** All of execve(2) that can fail. `context`: whose root, directory and permissions count. */
export function prepare(process: Proc, context: PathContext, request: ExecRequest): Image {
  checkSize(request);
  process.kernel.caller = process;
  let found = find(process, context, request);
  let { argv } = request;
  for (let scripts = 0; ; scripts++) {
    const script = interpreterOf(found.location.inode);
    if (script === undefined) break;
    if (scripts >= MAX_SCRIPTS) throw errno('ELOOP');
    const { interpreter, argument } = script;
    argv = [interpreter, ...(argument === undefined ? [] : [argument]), found.path, ...argv.slice(1)];
    found = { location: executableAt(process, context, interpreter), path: interpreter };
  }
  const file = found.location;
  const program = process.kernel.loader.load(process, file, argv, request.env);
  if (program.memoryBytes > softLimit(process, RLIMIT_AS)) {
    program.dispose();
    throw errno('ENOMEM');
  }
  return { program, file, argv, env: request.env, comm: commOf(request, found.path), ids: idsAfter(process, file) };
}

/** The point of no return: the process is the new image. The old program was or will be disposed by the caller. */
export function become(process: Proc, image: Image): void {
  const { ids } = image;
  const privileged = ids.euid !== process.ids.euid || ids.egid !== process.ids.egid;
  process.program?.dispose();
  process.program = image.program;
  process.executable = image.file;
  process.argv = image.argv;
  process.env = image.env;
  process.comm = image.comm;
  process.executed = true;
  process.keepCapabilities = false;
  setIdentity(process, { ...ids, suid: ids.euid, sgid: ids.egid }, afterExec(ids, process.capabilities, privileged));
  closeOnExec(process);
  resetSignals(process);
  enforceMemory(process.kernel, process);
}

/** Handlers are gone, ignored signals stay ignored, the mask and what is pending stay. defaults: also set to default. */
export function resetSignals(process: Proc, defaults = 0n): void {
  process.setFlag = undefined;
  process.ignored &= ALL_SIGNALS & ~defaults;
  process.handled = 0n;
  const kept: SignalAction[] = [];
  for (const [signal, action] of process.actions.entries()) {
    if (action?.disposition === 'ignore' && ((process.ignored >> BigInt(signal - 1)) & 1n) === 1n) {
      kept[signal] = { disposition: 'ignore', flags: 0, mask: 0n };
    }
  }
  process.actions = kept;
  refresh(process);
}

function find(
  process: Proc,
  context: PathContext,
  { path, searchPath }: ExecRequest,
): { readonly location: Location; readonly path: string } {
  if (path === '') throw errno('ENOENT');
  if (searchPath === undefined || path.includes('/')) return { location: executableAt(process, context, path), path };
  // execvp(3): permission denied somewhere is reported only when no directory has a usable one.
  let denied: Errno | undefined;
  for (const directory of (searchPath === '' ? DEFAULT_PATH : searchPath).split(':')) {
    const candidate = directory === '' ? path : `${directory}/${path}`;
    try {
      return { location: executableAt(process, context, candidate), path: candidate };
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      if (error.errno === 'EACCES') denied = error;
      else if (error.errno !== 'ENOENT' && error.errno !== 'ENOTDIR') throw error;
    }
  }
  throw denied ?? errno('ENOENT');
}

function executableAt(process: Proc, context: PathContext, path: string): Location {
  const { vfs } = process.kernel;
  const location = vfs.resolve(context, path);
  if ((location.inode.mode & S_IFMT) !== S_IFREG || (location.mount.flags & MS_NOEXEC) !== 0) throw errno('EACCES');
  vfs.access(context, location, X_OK);
  return location;
}

/** set-user-ID and set-group-ID; of a script they are those of its interpreter, as Linux has it. */
function idsAfter(process: Proc, { inode, mount }: Location): UserIds {
  const { ids } = process;
  if (process.noNewPrivileges || (mount.flags & MS_NOSUID) !== 0) return ids;
  const euid = (inode.mode & 0o4000) === 0 ? ids.euid : inode.uid;
  // Without group execution the bit marks mandatory locking.
  const egid = (inode.mode & 0o2010) === 0o2010 ? inode.gid : ids.egid;
  return { ...ids, euid, egid };
}

/** TASK_COMM_LEN: 15 characters of the name that was executed; a script's own name. */
function commOf(request: ExecRequest, found: string): string {
  const path = request.path === '' ? found : request.path;
  return path.slice(path.lastIndexOf('/') + 1).slice(0, 15);
}

function checkSize({ argv, env }: ExecRequest): void {
  let total = 0;
  for (const text of [...argv, ...env]) {
    if (text.length >= STRING_MAX) throw errno('E2BIG');
    total += text.length + 9;
  }
  if (total > ARG_MAX) throw errno('E2BIG');
}

/**
 * Where execvp searches: in the caller's PATH. The kernel knows the environment that the caller began with; a newer one comes with
 * the call, since execvp passes it on.
 */
export function pathFor(process: Proc, env: readonly string[]): string {
  return variable(env, 'PATH') ?? variable(process.env, 'PATH') ?? '';
}

/** The value of a variable in an environment of NAME=value texts. */
export function variable(env: readonly string[], name: string): string | undefined {
  return env.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1);
}
