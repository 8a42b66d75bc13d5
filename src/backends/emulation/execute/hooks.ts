/**
 * createContainer and startContainer hooks: guests in the container, the state on their standard input. Their path is one
 * in the container; on Linux that of createContainer hooks is one of the host.
 */
import { TsrunError } from '../../../core/errors.ts';
import { errnoWords } from '../../../oci/errno-text.ts';
import { describe } from '../../../plan/describe.ts';
import { FLAGS, type OpOf } from '../../../plan/ops.ts';
import { Errno } from '../errno.ts';
import type { Process } from '../kernel/types.ts';
import { stepDetail } from './failure.ts';
import { withHome } from './program.ts';
import { ALL_CAPABILITIES, type World } from './world.ts';

const SIGKILL = 9;
/** Of a hook's output, in error messages. */
const OUTPUT_MAX = 1024;
/** Node makes a timer beyond it one of 1 ms. */
const TIMER_MAX_MS = 2 ** 31 - 1;
const ROOT = { ruid: 0, euid: 0, suid: 0, rgid: 0, egid: 0, sgid: 0, groups: [] };

/** Rejects with HOOK_FAILED unless the hook ends with 0 within its time. */
export async function hook(world: World, op: OpOf<'hook'>, index: number): Promise<void> {
  const { kernel, draft } = world;
  const output: Uint8Array[] = [];
  const keep = (bytes: Uint8Array): boolean => output.push(Uint8Array.from(bytes)) > 0;
  const input = kernel.createInput();
  const [before = '', after = ''] = op.state;
  // Those in the setup stage come before there is a process: its pid will be 1.
  input.push(new TextEncoder().encode(`${before}${draft.process?.pid ?? 1}${after}`));
  input.end();
  const [bounding, effective, inheritable, permitted, ambient] = op.stage === 'setup' ? ALL : draft.capabilities;
  const { uid, gid, groups } = draft;
  const ids = op.stage === 'setup' ? ROOT : { ruid: uid, euid: uid, suid: uid, rgid: gid, egid: gid, sgid: gid, groups };
  const files = [input.file, kernel.createOutput(keep).file, kernel.createOutput(keep).file];
  let process: Process;
  try {
    process = kernel.spawn({
      argv: [op.path, ...op.argv.slice(1)],
      env: ((op.flags ?? 0) & FLAGS.HOOK_HOME) === 0 ? op.env : withHome(world, op.env),
      cwd: '/',
      ids,
      capabilities: { bounding, effective, inheritable, permitted, ambient },
      noNewPrivileges: op.stage === 'init' && draft.noNewPrivileges,
      umask: 0o022,
      rlimits: draft.rlimits,
      files,
      init: false,
    });
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    throw failed(op, index, errnoWords(error.errno), error.errno, output);
  } finally {
    for (const file of files) file.release();
  }
  const timeout = Number(op.n ?? 0n);
  const status = await ending(world, process, timeout);
  if (status === undefined) throw failed(op, index, 'it ran longer than its timeout and was killed', 'ETIMEDOUT', output);
  const signal = status & 0x7f;
  if (status !== 0) throw failed(op, index, signal === 0 ? `exit status ${(status >> 8) & 0xff}` : `signal ${signal}`, 'ECANCELED', output);
}

const ALL = [ALL_CAPABILITIES, ALL_CAPABILITIES, 0n, ALL_CAPABILITIES, 0n] as const;

/** undefined: its time was over. */
async function ending({ kernel }: World, process: Process, timeout: number): Promise<number | undefined> {
  const exited = kernel.exited(process);
  if (timeout === 0) return exited;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.min(timeout * 1000, TIMER_MAX_MS));
  });
  const status = await Promise.race([exited, late]);
  clearTimeout(timer);
  if (status === undefined) {
    kernel.signal(process, SIGKILL);
    await exited;
  }
  return status;
}

function failed(op: OpOf<'hook'>, index: number, how: string, errno: string, output: readonly Uint8Array[]): TsrunError {
  const text = Buffer.concat(output).subarray(0, OUTPUT_MAX).toString('utf8').trim();
  return new TsrunError('HOOK_FAILED', `error ${describe(op)}: ${how}, output: ${text}`, stepDetail(op, index, errno));
}
