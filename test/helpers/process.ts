/** Running programs from tests: everything is collected, nothing is interpreted. */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';

export interface Result {
  /** Exit code; 128+n when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly stdin?: string;
  /** The whole environment; the default is a small fixed one, so that no variable of the developer leaks in. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Milliseconds; then SIGKILL and a rejection. Default 20 s. */
  readonly timeout?: number;
  /** Descriptors from 3 on. */
  readonly fds?: readonly number[];
  /**
   * `exit`: settle when the program ends, though a container it left behind still holds the pipes.
   * `close` (default): wait for the end of file on stdout and stderr as well.
   */
  readonly until?: 'exit' | 'close';
}

/** Of this process's own environment, what chooses how the program under test works (vitest.config.ts). */
const settings = Object.entries(process.env).filter(([name]) => name === 'TSRUN_ROOTFS_WRITES');

export const cleanEnv: NodeJS.ProcessEnv = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  ...Object.fromEntries(settings),
};

const signals: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGSEGV: 11, SIGPIPE: 13, SIGTERM: 15 };

/** Run to the end. Rejects only when the program cannot be started or does not end in time. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<Result> {
  const child = start(argv, options);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin?.on('error', () => undefined); // a program may end without reading
  child.stdin?.end(options.stdin ?? '');
  const limit = options.timeout ?? 20_000;
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${argv.join(' ')} did not end in ${limit} ms\nstdout: ${stdout}\nstderr: ${stderr}`));
    }, limit);
    child.once('error', reject);
    const event: 'exit' | 'close' = options.until ?? 'close';
    child.once(event, (code: number | null, signal: NodeJS.Signals | null) => {
      clearTimeout(timer);
      // On `exit` what was written just before may still be in the pipes: one turn of the loop reads it.
      setTimeout(
        () => {
          child.stdout?.destroy();
          child.stderr?.destroy();
          resolve({ code: code ?? 128 + (signals[signal ?? ''] ?? 0), stdout, stderr });
        },
        event === 'exit' ? 20 : 0,
      );
    });
  });
}

/** Start with pipes on 0-2; the caller reads, waits and ends it. */
export function start(argv: readonly string[], options: RunOptions = {}): ChildProcess {
  const [program = '', ...args] = argv;
  const stdio: StdioOptions = ['pipe', 'pipe', 'pipe', ...(options.fds ?? [])];
  return spawn(program, args, { stdio, env: options.env ?? cleanEnv, ...(options.cwd === undefined ? {} : { cwd: options.cwd }) });
}

/** Ask until the answer is neither undefined, null nor false; rejects after `limit` ms with what was waited for. */
export async function poll<T>(
  what: string,
  ask: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  limit = 5000,
): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- polling is sequential
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`waited ${limit} ms in vain for ${what}`);
    // oxlint-disable-next-line no-await-in-loop
    await sleep(15);
  }
}

export const sleep = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));
