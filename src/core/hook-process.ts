import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants, fstatSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Hook } from '../oci/spec.ts';
import { reasonOf, systemError } from './atomic-file.ts';
import { TsrunError } from './errors.ts';
import type { HookContext, RuntimeHookKind } from './hooks.ts';

/** Of each of stdout and stderr, in error messages. */
const OUTPUT_MAX = 1024;
/** Node makes a timer beyond it one of 1 ms. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/**
 * The descriptors are unlinked files, not pipes: a hook that does not read stdin, closes it, writes a lot or leaves a
 * child behind that keeps them open can neither break nor block anything.
 */
export async function runHook(kind: RuntimeHookKind, index: number, hook: Hook, context: HookContext): Promise<void> {
  const files: number[] = [];
  try {
    const stdin = anonymousFile(context.stateDir, files);
    writeSync(stdin, JSON.stringify(context.state), 0);
    const stdout = anonymousFile(context.stateDir, files);
    const stderr = anonymousFile(context.stateDir, files);
    const failure = await outcome(hook, context.state.bundle, [stdin, stdout, stderr]);
    if (failure === undefined) return;
    throw new TsrunError(
      'HOOK_FAILED',
      `error running ${kind} hook #${index}: ${hook.path}: ${failure}, stdout: ${readHead(stdout)}, stderr: ${readHead(stderr)}`,
      { pointer: `/hooks/${kind}/${index}` },
    );
  } catch (error) {
    throw error instanceof TsrunError ? error : systemError(`preparing ${kind} hook #${index}`, error);
  } finally {
    for (const fd of files) closeSync(fd);
  }
}

/** undefined: exit status 0; else what went wrong. */
function outcome(hook: Hook, cwd: string, stdio: number[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const [argv0 = hook.path, ...args] = hook.args ?? [];
    const timeout = hook.timeout;
    let child: ChildProcess;
    let timer: NodeJS.Timeout | undefined;
    let late = false;
    try {
      // A group of its own only where there is a timeout: it is what gets killed.
      child = spawn(hook.path, args, { argv0, env: environment(hook.env), cwd, stdio, detached: timeout !== undefined });
    } catch (error) {
      resolve(`fork/exec ${hook.path}: ${reasonOf(error)}`);
      return;
    }
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve(`fork/exec ${hook.path}: ${reasonOf(error)}`);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (late) resolve(`timeout of ${timeout} s exceeded`);
      else if (signal !== null) resolve(`signal: ${signal}`);
      else resolve(code === 0 ? undefined : `exit status ${code}`);
    });
    if (timeout !== undefined) {
      const expire = (): void => {
        late = true;
        killGroup(child);
      };
      timer = setTimeout(expire, Math.min(timeout * 1000, TIMER_MAX_MS));
    }
  });
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') child.kill('SIGKILL');
  }
}

/** Exactly the hook's own: nothing of ours is inherited (config.md#posix-platform-hooks). */
function environment(env: readonly string[] | undefined): Record<string, string> {
  const result: Record<string, string> = {};
  for (const entry of env ?? []) {
    const equals = entry.indexOf('=');
    if (equals > 0) result[entry.slice(0, equals)] = entry.slice(equals + 1);
  }
  return result;
}

let serial = 0;

function anonymousFile(dir: string, files: number[]): number {
  const path = join(dir, `.hook.${process.pid}.${serial++}`);
  const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
  files.push(fd);
  unlinkSync(path);
  return fd;
}

function readHead(fd: number): string {
  const head = Buffer.alloc(Math.min(OUTPUT_MAX, fstatSync(fd).size));
  return head.toString('utf8', 0, readSync(fd, head, 0, head.length, 0)).trim();
}
