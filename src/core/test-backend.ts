/**
 * A backend for tests of the lifecycle: processes of the host without any isolation. What it was asked to do is in
 * `log`, so that tests can assert the order.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { Attached, Backend, Exit, Finding, Json, Status } from '../backends/backend.ts';
import { TsrunError } from './errors.ts';

interface Handle {
  readonly pid: number;
  readonly dir: string;
}
type HandleJson = Handle & Json;

export interface TestBackend extends Backend<HandleJson> {
  readonly log: string[];
  findings: readonly Finding[];
  /** create() rejects with it after namespacesReady. */
  createFailure: Error | undefined;
  paused: boolean;
  /** READY=1 was handed on. */
  ready: Promise<void>;
  notifyFailure: Error | undefined;
}

/** Waits for the file `start` in its directory, then becomes the program; ends with the directory. */
const WAITER = 'while [ ! -e "$0/start" ]; do [ -d "$0" ] || exit 1; sleep 0.01; done; exec "$@"';

export function testBackend(): TestBackend {
  const log: string[] = [];
  const backend: TestBackend = {
    name: 'test',
    log,
    findings: [],
    createFailure: undefined,
    paused: false,
    ready: Promise.resolve(),
    notifyFailure: undefined,
    parseHandle(value) {
      if (typeof (value as Handle | null)?.pid !== 'number') throw new TsrunError('STATE_CORRUPT', 'not a handle of the test backend');
      return value as HandleJson;
    },
    probe: () => ({ usable: true }),
    features: () => ({ ociVersionMin: '1.0.0', ociVersionMax: '1.3.0' }),
    check: () => backend.findings,

    async create(request) {
      request.intent({ pid: 0, dir: request.stateDir });
      log.push(request.notify ? 'create with a notify socket' : 'create');
      const args = request.config.process?.args ?? ['true'];
      const child = spawn('sh', ['-c', WAITER, request.stateDir, ...args], { stdio: 'ignore' });
      const pid = child.pid as number;
      writeFileSync(join(request.stateDir, 'pid'), String(pid)); // an intent's handle has none
      const exited = exitOf(child);
      try {
        await request.namespacesReady(pid);
        if (backend.createFailure !== undefined) throw backend.createFailure;
      } catch (error) {
        child.kill('SIGKILL');
        throw error;
      }
      const handle = { pid, dir: request.stateDir } as HandleJson;
      const commit = async (): Promise<void> => {
        const record = JSON.parse(readFileSync(join(request.stateDir, 'state.json'), 'utf8')) as { handle: Handle; phase: string };
        log.push(`commit of ${record.phase} ${record.handle.pid === pid ? 'with its pid' : 'without a pid'}`);
      };
      const attached: Attached = { pid, exited, signal: (signal) => void process.kill(pid, signal) };
      return {
        handle,
        pid,
        ...(request.startNow ? { start: () => backend.start(handle, request.stateDir) } : { commit }),
        ...(request.attached && { process: attached }),
      };
    },
    async start({ dir }) {
      log.push('start');
      writeFileSync(join(dir, 'start'), '');
    },
    status({ pid, dir }): Status {
      if (!isRunning(pid)) return { status: 'stopped' };
      if (backend.paused) return { status: 'paused', pid };
      return { status: existsSync(join(dir, 'start')) ? 'running' : 'created', pid };
    },
    async kill({ pid }, signal) {
      log.push(`kill ${signal}`);
      process.kill(pid, signal);
    },
    async killAll({ pid }, signal) {
      log.push(`killAll ${signal}`);
      if (isRunning(pid)) process.kill(pid, signal);
    },
    async remove({ dir }) {
      log.push('remove');
      const pid = existsSync(join(dir, 'pid')) ? Number(readFileSync(join(dir, 'pid'), 'utf8')) : 0;
      if (pid !== 0 && isRunning(pid)) process.kill(pid, 'SIGKILL');
      await ended(pid);
    },
    notify: {
      async listen(_handle, { manager, mainPid }) {
        log.push(`listen for ${manager}${mainPid === process.pid ? ' as main process' : ''}`);
        if (backend.notifyFailure !== undefined) throw backend.notifyFailure;
        return {
          done: backend.ready,
          stop: async () => void log.push('listen no more'),
        };
      },
    },
    freezer: {
      async pause() {
        backend.paused = true;
      },
      async resume() {
        backend.paused = false;
      },
    },
    exec: {
      async run(_handle, request) {
        log.push(`exec ${request.process.args?.join(' ')}`);
        const [program = 'true', ...args] = request.process.args ?? [];
        const child = spawn(program, args, { stdio: 'ignore' });
        const exited = exitOf(child);
        const pid = child.pid ?? 0;
        const attached: Attached = { pid, exited, signal: (signal) => void process.kill(pid, signal) };
        return { pid, ...(request.attached && { process: attached }) };
      },
    },
    events: {
      stats: async ({ pid }) => ({ pids: { current: pid } }),
      async *watchOom(_handle, signal) {
        yield { type: 'oom' };
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    },
    processes: { list: async ({ pid }) => [{ pid }] },
  };
  return backend;
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal === null ? { code: code ?? 0 } : { signal: constants.signals[signal] }));
  });
}

async function ended(pid: number): Promise<void> {
  for (;;) {
    if (pid === 0 || !isRunning(pid)) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A zombie is not. */
export function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}
