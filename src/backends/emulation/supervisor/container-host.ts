/**
 * Runs one container in this process and lets other processes at it: the control socket and the status file in its state
 * directory. Of the supervisor of a detached container, and of `tsrun run` in the foreground.
 */
import { setImmediate } from 'node:timers/promises';
import { TsrunError } from '../../../core/errors.ts';
import type { Exit, Finding } from '../../backend.ts';
import { EmulatedContainer } from '../execute/container.ts';
import { loaderFor } from '../execute/loader.ts';
import { identityOf } from './identity.ts';
import type { CreateOrder } from './protocol.ts';
import type { Connection } from './connection.ts';
import { serve } from './serve.ts';
import type { SharedStdio } from './shared-stdio.ts';
import { CONTROL_SOCKET, listen, type Listener } from './sockets.ts';
import { type StatusRecord, writeStatus } from './status-file.ts';

export interface HostRequest {
  readonly order: CreateOrder;
  readonly stdioKind: 'inherit' | 'terminal' | 'console-socket';
  readonly stdio: SharedStdio;
  readonly runtimeHooks: () => Promise<void>;
  readonly warn: (message: string, pointer?: string) => void;
}

export class ContainerHost {
  readonly container: EmulatedContainer;
  /** The container has ended, the status file says so, the socket is gone and all its output is out. */
  readonly exited: Promise<Exit>;
  readonly #stateDir: string;
  readonly #identity = identityOf(process.pid);
  readonly #listener: Listener;
  readonly #connections = new Set<Connection>();
  /** Those that want to hear of `oom`. */
  readonly oomWatchers = new Set<Connection>();
  /** Of the first process. */
  readonly stdio: SharedStdio;
  /** Those that want to hear how it ended. */
  readonly attached = new Set<Connection>();
  /** Each settles when a client has been told how its process ended. */
  readonly #reports = new Set<Promise<void>>();

  /** Brings the container to `created`, or rejects and leaves nothing. */
  static async create(request: HostRequest): Promise<ContainerHost> {
    const { stateDir } = request.order;
    const supervisor = identityOf(process.pid);
    writeStatus(stateDir, { supervisor, status: 'creating' });
    let container: EmulatedContainer | undefined;
    try {
      container = await containerFor(request);
      report(container.programFindings, request);
      const connections: Connection[] = [];
      let accept = (connection: Connection): void => void connections.push(connection);
      const listener = await listen(stateDir, CONTROL_SOCKET, (connection) => accept(connection));
      const host = new ContainerHost(container, request, listener);
      accept = (connection) => host.#serve(connection);
      connections.forEach(accept);
      host.note();
      return host;
    } catch (error) {
      container?.dispose();
      writeStatus(stateDir, { supervisor, status: 'stopped' });
      throw error;
    }
  }

  private constructor(container: EmulatedContainer, { order, stdio }: HostRequest, listener: Listener) {
    this.container = container;
    this.stdio = stdio;
    this.#stateDir = order.stateDir;
    this.#listener = listener;
    container.onOom(() => this.oomWatchers.forEach((connection) => connection.event('oom', null)));
    this.exited = this.#watch();
  }

  /** Writes what the container's status is now. */
  note(): void {
    const { status } = this.container;
    if (status !== 'stopped') this.#write({ supervisor: this.#identity, status });
  }

  async start(): Promise<void> {
    await this.container.start();
    this.note();
  }

  /** Tells a client how its process ended, as the last it hears. */
  report(connection: Connection, exited: Promise<Exit>): void {
    const told = this.#tell(connection, exited);
    this.#reports.add(told);
    void told.then(() => this.#reports.delete(told));
  }

  async #tell(connection: Connection, exited: Promise<Exit>): Promise<void> {
    const exit = await exited;
    await setImmediate(); // not before the answer to what began the process
    connection.event('exit', exit);
    connection.close();
  }

  #serve(connection: Connection): void {
    this.#connections.add(connection);
    // Nothing that lives as long as the container may keep hold of it: there is one for each command.
    void connection.closed.then(() => {
      this.#connections.delete(connection);
      this.oomWatchers.delete(connection);
      this.attached.delete(connection);
    });
    serve(connection, this);
    if (this.container.status === 'stopped') connection.close();
  }

  async #watch(): Promise<Exit> {
    const exit = await this.container.ended;
    this.#write({ supervisor: this.#identity, status: 'stopped', exit });
    this.#listener.close();
    await Promise.all(this.#reports); // every process has ended
    for (const connection of this.attached) connection.event('exit', exit);
    // Whoever waits for an event learns of the end by the end of its connection.
    for (const connection of this.#connections) connection.close();
    // `start` is answered though the program has ended at once.
    await within(LAST_WORDS_MS, Promise.all(Array.from(this.#connections, ({ closed }) => closed)));
    return this.container.exited;
  }

  /** The state directory goes with `delete --force`, and a full disk must not end a container. */
  #write(record: StatusRecord): void {
    try {
      writeStatus(this.#stateDir, record);
    } catch (error) {
      if (!['ENOENT', 'ENOSPC', 'EDQUOT', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

/** As the core does with the findings of `check`, which come before there is a program to look at. */
function report(findings: readonly Finding[], { order, warn }: HostRequest): void {
  for (const { message, pointer } of findings) {
    if (order.strict) throw new TsrunError('CONFIG_UNSUPPORTED', message, { pointer, hint: 'refused because of --strict' });
    warn(message, pointer);
  }
}

/** Who takes nothing is not waited for any longer. */
export const LAST_WORDS_MS = 1000;

/** Settles when `work` does, or after `ms`. */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}

async function containerFor({ order, stdio, stdioKind, runtimeHooks, warn }: HostRequest): Promise<EmulatedContainer> {
  const { id, config, bundle, settings, hookStates } = order;
  return EmulatedContainer.create({
    id,
    config,
    bundle,
    loader: await loaderFor(settings['wasiEngine']),
    rootfsWrites: settings['rootfsWrites'] === 'through' ? 'through' : 'discard',
    stdio,
    stdioKind,
    hookState: (status) => hookStates[status],
    runtimeHooks,
    warn,
  });
}
