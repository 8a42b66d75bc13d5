/**
 * Starts a process of ours in a session of its own, which outlives this one, and shakes hands: it connects to a socket that
 * we listen on, so that errors come back as what they are. Its descriptors 0-2 are ours, or the slave of an engine's pty;
 * those that are preserved, from 3 on, are ours.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { TsrunError } from '../../../core/errors.ts';
import type { Connection } from './connection.ts';
import { consoleCommand } from './console-helper.ts';
import { ownEnvironment, selfCommand } from './self.ts';
import type { Preserved } from './protocol.ts';
import { listen } from './sockets.ts';

const STDERR_MAX = 2000;
const OURS = ['inherit', 'inherit', 'inherit'] as const;

export interface Launched {
  readonly pid: number;
  readonly connection: Connection;
  /** SIGKILL. */
  readonly kill: () => void;
}

let serial = 0;

interface LaunchOptions {
  readonly consoleSocket?: string | undefined;
  readonly preserved: readonly Preserved[];
}

/** `mode`: SUPERVISE or EXEC. Rejects when the process cannot be started or ends before it has connected. */
export async function launch(mode: string, stateDir: string, { consoleSocket, preserved }: LaunchOptions): Promise<Launched> {
  const name = `launch.${process.pid}.${serial++}.sock`;
  let child: ChildProcess | undefined;
  let accepted: (connection: Connection) => void = () => undefined;
  const connected = new Promise<Connection>((resolve) => {
    accepted = resolve;
  });
  const listener = await listen(stateDir, name, (connection) => accepted(connection));
  try {
    const own = [...selfCommand(), mode, stateDir, name];
    const [program = '', ...args] = consoleSocket === undefined ? own : [...consoleCommand(consoleSocket, preserved.length), ...own];
    child = spawn(program, args, {
      cwd: '/',
      env: ownEnvironment(),
      detached: true,
      stdio: [...(consoleSocket === undefined ? OURS : (['ignore', 'ignore', 'pipe'] as const)), ...preserved.map(({ fd }) => fd)],
    });
    const connection = await Promise.race([connected, failure(child)]);
    const started = child;
    started.unref();
    return { pid: started.pid ?? 0, connection, kill: () => void started.kill('SIGKILL') };
  } catch (error) {
    child?.kill('SIGKILL');
    throw error;
  } finally {
    listener.close();
  }
}

/** Rejects when the process ends, or could not be run. */
function failure(child: ChildProcess): Promise<never> {
  let said = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString('utf8')).slice(0, STDERR_MAX);
  });
  return new Promise((_, reject) => {
    child.once('error', (error) => reject(new TsrunError('SYSTEM', `cannot run ${child.spawnfile}: ${error.message}`, { cause: error })));
    child.once('exit', (code, signal) => {
      const how = signal === null ? `exit status ${code}` : signal;
      const text = said.trim() === '' ? '' : `: ${said.trim()}`;
      reject(new TsrunError('SYSTEM', `the process of the container ended before it was ready (${how})${text}`));
    });
  });
}
