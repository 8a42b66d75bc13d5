/** The program of a process: found when the container is created, run when it is started. */
import { TsrunError } from '../../../core/errors.ts';
import { execCause, type TriedFile } from '../../../plan/exec-cause.ts';
import { explainExec } from '../../../plan/executable.ts';
import type { OpOf } from '../../../plan/ops.ts';
import { Errno } from '../errno.ts';
import { Proc } from '../kernel/process.ts';
import { NotExecutable } from '../wasi/executable.ts';
import { type Location, S_IFDIR, S_IFMT, S_IFREG } from '../vfs/types.ts';
import { stepDetail } from './failure.ts';
import { find, type World } from './world.ts';

/** The process exists from here on (`created`), with its program loaded, and does not run. */
export function awaitStart(world: World, op: OpOf<'awaitStart'>, index: number): void {
  const { kernel, draft } = world;
  if (op.argv.length === 0) return; // the config has no process: `start` refuses
  const { uid, gid, groups } = draft;
  const [bounding, effective, inheritable, permitted, ambient] = draft.capabilities;
  try {
    draft.process = kernel.spawn({
      argv: op.argv,
      env: withHome(world, op.env),
      cwd: draft.cwd,
      ids: { ruid: uid, euid: uid, suid: uid, rgid: gid, egid: gid, sgid: gid, groups },
      capabilities: { bounding, effective, inheritable, permitted, ambient },
      noNewPrivileges: draft.noNewPrivileges,
      umask: draft.umask,
      rlimits: draft.rlimits,
      files: draft.files,
      ...(draft.tty !== undefined && { tty: draft.tty }),
      init: world.init,
      held: true,
    });
    if (draft.process instanceof Proc) draft.process.oomScoreAdjust = draft.oomScoreAdj;
    for (const file of draft.files) file?.release(); // the process has them now
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    const [program = ''] = op.argv;
    const file = tried(world, program, op.env);
    const cause = execCause(program, error.errno, file, explain(error, file.path));
    const detail = stepDetail(op, index, error.errno);
    throw new TsrunError('EXEC_FAILED', `unable to start container process: ${cause}`, {
      ...detail,
      pointer: blamed(world, error) ?? detail.pointer ?? '/process/args',
    });
  }
}

export function exec({ kernel, draft }: World): void {
  if (draft.process !== undefined) kernel.release(draft.process);
}

/** A program that does not fit into the memory limit is no wrong program. */
function blamed({ config }: World, { errno: name }: Errno): string | undefined {
  const limit = config.linux?.resources?.memory?.limit ?? 0;
  return name === 'ENOMEM' && limit > 0 ? '/linux/resources/memory/limit' : undefined;
}

/** The loader knows what the file is, if it came to the loader. */
function explain(error: Errno, path: string): (errno: string, head: Uint8Array) => string | undefined {
  return (errno, head) => {
    const isBinary = head.includes(0);
    return error instanceof NotExecutable && isBinary ? `${path} ${error.description}` : explainExec(errno, head);
  };
}

/** As the Linux helper does: HOME from the container's /etc/passwd where the environment has none or an empty one. */
export function withHome(world: World, env: readonly string[]): readonly string[] {
  if (env.some((entry) => entry.startsWith('HOME=') && entry !== 'HOME=')) return env;
  const { uid } = world.draft;
  const line = readText(world, '/etc/passwd')
    .split('\n')
    .map((entry) => entry.split(':'))
    .find((fields) => fields[2] === String(uid));
  return [...env.filter((entry) => entry !== 'HOME='), `HOME=${line?.[5] || '/'}`];
}

const PASSWD_MAX = 1024 * 1024;

/** '' for what cannot be read, whatever the reason: an odd or private /etc/passwd must not keep a program from running. */
function readText(world: World, path: string): string {
  try {
    const at = find(world, path);
    return at === undefined || (at.inode.mode & S_IFMT) !== S_IFREG ? '' : Buffer.from(readHead(at, PASSWD_MAX)).toString('utf8');
  } catch (error) {
    if (error instanceof Errno) return '';
    throw error;
  }
}

function readHead({ inode }: Location, most: number): Uint8Array {
  const buffer = new Uint8Array(Math.min(most, inode.size));
  let at = 0;
  while (at < buffer.length) {
    const count = inode.readAt(at, buffer.subarray(at));
    if (count === 0) break;
    at += count;
  }
  return buffer.subarray(0, at);
}

const HEAD = 4096;

/** What execve was offered: the file itself, or the first of its name in PATH, preferably an executable one. */
function tried(world: World, program: string, env: readonly string[]): TriedFile {
  const none = { mode: 0, path: '', head: new Uint8Array(0) };
  const paths = program.includes('/') ? [program] : searchPath(env).map((dir) => `${dir}/${program}`);
  const found = paths.map((path) => fileAt(world, path)).filter((file) => file !== undefined);
  return (
    found.find(({ mode }) => (mode & 0o111) !== 0 && (mode & S_IFMT) !== S_IFDIR) ?? (program.includes('/') ? found[0] : undefined) ?? none
  );
}

/** Without its relative entries, as kernel/spawn.ts searches. */
function searchPath(env: readonly string[]): readonly string[] {
  const path = env.find((entry) => entry.startsWith('PATH='))?.slice(5) ?? '';
  return path.split(':').filter((dir) => dir.startsWith('/'));
}

function fileAt(world: World, path: string): TriedFile | undefined {
  const at = find(world, path.startsWith('/') ? path : `${world.draft.cwd}/${path}`);
  if (at === undefined) return undefined;
  const { mode } = at.inode;
  return { mode, path, head: (mode & S_IFMT) === S_IFREG ? readHead(at, HEAD) : new Uint8Array(0) };
}
