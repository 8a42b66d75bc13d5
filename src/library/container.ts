/**
 * A container in this process: the emulated kernel, no child process, no state on disk. The lifecycle is that of
 * runtime-spec runtime.md; methods reject with TsrunError.
 */
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import type { Exit, Finding, Stats } from '../backends/backend.ts';
import { EmulatedContainer } from '../backends/emulation/execute/container.ts';
import { loaderFor } from '../backends/emulation/execute/loader.ts';
import { processLines } from '../backends/emulation/supervisor/process-lines.ts';
import { TsrunError } from '../core/errors.ts';
import { execProcess } from '../core/exec-process.ts';
import { signalNumber } from '../core/kill.ts';
import { type HookContext, runHooks, runPoststopHooks } from '../core/hooks.ts';
import { parseContainerId } from '../oci/id.ts';
import type { LinuxResources, Spec } from '../oci/spec.ts';
import { buildState, type ContainerStatus, splitStateText, type State } from '../oci/state.ts';
import { type Bundle, type BundleOptions, openBundle } from './bundle.ts';
import { FileAccess } from './file-access.ts';
import { environment, onlyKnown } from './known-options.ts';
import { Collector } from './sinks.ts';
import { openStdio, type StdioOptions, type StdioStreams } from './stdio.ts';

export interface ContainerOptions extends StdioOptions {
  /** Default: a random one. Nothing else knows of it, so it need not be unique. */
  readonly id?: string;
}

export interface ExecOptions extends StdioOptions {
  /** Default: the config's. */
  readonly cwd?: string;
  /** Beside the config's own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Default: the config's. */
  readonly user?: { readonly uid: number; readonly gid?: number; readonly additionalGids?: readonly number[] };
  readonly terminal?: boolean;
  /** Added to the config's own. */
  readonly capabilities?: readonly string[];
  readonly noNewPrivileges?: boolean;
}

/** A process beside the first one. */
export interface Execution extends StdioStreams {
  /** As seen in the container. */
  readonly pid: number;
  /** Settles after all its output. */
  readonly exited: Promise<Exit>;
  /** Default: SIGTERM. */
  kill(signal?: string | number): void;
}

/** What a command did that ran to its end. */
export interface Output {
  readonly exit: Exit;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process as the container's own `ps` sees it. state: as in /proc/PID/stat. */
export interface ContainerProcess {
  readonly pid: number;
  readonly ppid: number;
  readonly uid: number;
  readonly state: string;
  readonly cpuMs: number;
  readonly command: string;
}

const RUN_OPTIONS = ['id', 'stdin', 'timeoutMs'];
const CONTAINER_OPTIONS: readonly (keyof ContainerOptions)[] = ['id', 'stdin', 'stdout', 'stderr'];
const OUTPUT_OPTIONS = ['stdin', 'cwd', 'env', 'user', 'terminal', 'capabilities', 'noNewPrivileges'];
const EXEC_OPTIONS = [...OUTPUT_OPTIONS, 'stdout', 'stderr'];
const USER = ['uid', 'gid', 'additionalGids'];

const SIGTERM = 15;
const SIGKILL = 9;
/** Node makes a timer beyond it one of 1 ms. */
const TIMER_MAX_MS = 2 ** 31 - 1;

export class Container implements AsyncDisposable {
  readonly id: string;
  readonly bundle: Bundle;
  readonly fs: FileAccess;
  readonly stdin: Writable | undefined;
  readonly stdout: Readable | undefined;
  readonly stderr: Readable | undefined;
  readonly #emulated: EmulatedContainer;
  readonly #streams: StdioStreams;
  #deleted = false;

  /** Brings it to `created`: everything is set up, nothing runs. */
  static async create(bundle: Bundle | BundleOptions, options: ContainerOptions = {}): Promise<Container> {
    onlyKnown('container', options, CONTAINER_OPTIONS);
    const opened = isOpen(bundle) ? bundle : await openBundle(bundle);
    const { config, log, directory } = opened;
    const id = options.id === undefined ? randomId() : checkedId(options.id);
    const terminal = config.process?.terminal ?? false;
    const { stdio, streams } = openStdio(options, terminal);
    const fields = { ...stateFields(id, opened), status: 'creating' } as const;
    const emulated = await EmulatedContainer.create({
      id,
      config,
      bundle: directory,
      rootfs: opened.newRootfs(),
      loader: await loaderFor(undefined),
      stdioKind: terminal ? 'terminal' : 'inherit',
      stdio,
      hookState: (status) => splitStateText({ ...fields, status }),
      async runtimeHooks() {
        const context = hookContext(config, { ...fields, pid: process.pid });
        await runHooks('prestart', context);
        await runHooks('createRuntime', context);
      },
      warn: (message, pointer) => log.warn(message, pointer),
    });
    return new Container(id, opened, emulated, streams);
  }

  private constructor(id: string, bundle: Bundle, emulated: EmulatedContainer, streams: StdioStreams) {
    this.id = id;
    this.bundle = bundle;
    this.#emulated = emulated;
    this.#streams = streams;
    this.fs = new FileAccess(emulated.vfs);
    this.stdin = streams.stdin;
    this.stdout = streams.stdout;
    this.stderr = streams.stderr;
  }

  get status(): Exclude<ContainerStatus, 'creating'> {
    return this.#emulated.status;
  }

  /** What of the config is not, or not really, applied. */
  get findings(): readonly Finding[] {
    return this.bundle.findings;
  }

  /** The OCI state document. pid: of this Node process, which is all that the host has of the container. */
  state(): State {
    const { status } = this;
    return buildState({ ...stateFields(this.id, this.bundle), status, ...(status === 'stopped' ? {} : { pid: process.pid }) });
  }

  /** Runs the program; poststart hooks have run when it resolves. A failing one ends the container. */
  async start(): Promise<void> {
    this.#mustExist();
    if (this.bundle.config.process === undefined)
      throw new TsrunError('CONFIG_INVALID', 'process property must not be empty', { pointer: '/process' });
    await this.#emulated.start();
    if (this.bundle.config.hooks === undefined) return;
    try {
      await runHooks('poststart', hookContext(this.bundle.config, this.state()));
    } catch (error) {
      await this.delete({ force: true });
      throw error;
    }
  }

  /** How the first process ended; settles after all its output. */
  wait(): Promise<Exit> {
    return this.#emulated.exited;
  }

  /** One more process. Rejects with what execve said. */
  async exec(args: readonly string[], options: ExecOptions = {}): Promise<Execution> {
    this.#mustExist();
    if (this.status === 'paused') throw new TsrunError('STATE_CONFLICT', 'cannot exec in a paused container');
    onlyKnown('exec', options, EXEC_OPTIONS);
    const { user, env = {} } = options;
    if (user !== undefined) onlyKnown('user', user, USER);
    const config = execProcess(this.bundle.config.process, {
      args,
      env: environment(env),
      terminal: options.terminal ?? false,
      additionalGids: user?.additionalGids ?? [],
      capabilities: options.capabilities ?? [],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(user === undefined ? {} : { uid: user.uid }),
      ...(user?.gid === undefined ? {} : { gid: user.gid }),
      ...(options.noNewPrivileges === undefined ? {} : { noNewPrivileges: options.noNewPrivileges }),
    });
    const { stdio, streams } = openStdio(options, options.terminal ?? false);
    const executed = await this.#emulated.exec(config, stdio);
    return {
      ...streams,
      pid: executed.pid,
      exited: executed.exited,
      kill: (signal = SIGTERM) => executed.signal(signalNumber(signal)),
    };
  }

  /** exec to its end, with all it wrote. */
  async output(args: readonly string[], options: Omit<ExecOptions, 'stdout' | 'stderr'> = {}): Promise<Output> {
    onlyKnown('output', options, OUTPUT_OPTIONS);
    const [stdout, stderr] = [new Collector(), new Collector()];
    const { exited } = await this.exec(args, { ...options, stdout: stdout.output, stderr: stderr.output });
    return { exit: await exited, stdout: stdout.text(), stderr: stderr.text() };
  }

  /** To the first process; `all`: to every one. Default: SIGTERM. */
  kill(signal: string | number = SIGTERM, options: { readonly all?: boolean } = {}): void {
    this.#mustExist();
    const number = signalNumber(signal);
    if (options.all === true) this.#emulated.signalAll(number);
    else this.#emulated.signal(number);
  }

  /** No process runs any more until `resume`. */
  pause(): void {
    this.#mustBe(['running', 'created'], 'container not running');
    this.#emulated.pause();
  }

  resume(): void {
    this.#mustBe(['paused'], 'container not paused');
    this.#emulated.resume();
  }

  /** Changes only what `resources` has (memory, pids, cpu). */
  update(resources: LinuxResources): void {
    this.#mustBe(['created', 'running', 'paused'], 'container not running');
    this.#emulated.update(resources);
  }

  /** In the shape of `tsrun events --stats`. */
  stats(): Stats {
    return this.#emulated.stats();
  }

  processes(): readonly ContainerProcess[] {
    return processLines(this.#emulated.kernel);
  }

  /** Of its terminal, in characters. */
  resize(columns: number, rows: number): void {
    this.#streams.resize(columns, rows);
  }

  /** Releases everything; `fs` is gone too. STATE_CONFLICT unless it is stopped or `force`. Runs poststop hooks. */
  async delete(options: { readonly force?: boolean } = {}): Promise<void> {
    if (this.#deleted) return;
    if (options.force !== true) this.#mustBe(['stopped'], `cannot delete container ${this.id} that is not stopped: ${this.status}`);
    this.#deleted = true;
    if (this.status !== 'stopped') this.#emulated.resume();
    this.#emulated.dispose();
    await this.#emulated.exited;
    if (this.bundle.config.hooks === undefined) return;
    const context = hookContext(this.bundle.config, buildState({ ...stateFields(this.id, this.bundle), status: 'stopped' }));
    await runPoststopHooks(context, (message, pointer) => this.bundle.log.warn(message, pointer));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.delete({ force: true });
  }

  #mustExist(): void {
    if (this.#deleted) throw new TsrunError('NOT_FOUND', 'container does not exist');
  }

  #mustBe(statuses: readonly ContainerStatus[], message: string): void {
    this.#mustExist();
    if (!statuses.includes(this.status)) throw new TsrunError('STATE_CONFLICT', message);
  }
}

/** create, start, wait and delete, with all that was written. Without an end of its own, `timeoutMs` ends it by SIGKILL. */
export async function runContainer(
  bundle: Bundle | BundleOptions,
  options: Omit<ContainerOptions, 'stdout' | 'stderr'> & { readonly timeoutMs?: number } = {},
): Promise<Output> {
  onlyKnown('runContainer', options, RUN_OPTIONS);
  const { timeoutMs, ...own } = options;
  const [stdout, stderr] = [new Collector(), new Collector()];
  const container = await Container.create(bundle, { ...own, stdout: stdout.output, stderr: stderr.output });
  let timer: NodeJS.Timeout | undefined;
  try {
    await container.start();
    if (timeoutMs !== undefined)
      timer = setTimeout(() => container.status !== 'stopped' && container.kill(SIGKILL), Math.min(timeoutMs, TIMER_MAX_MS));
    return { exit: await container.wait(), stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    clearTimeout(timer);
    await container.delete({ force: true });
  }
}

/** Of what a caller without types may pass, too. */
const isOpen = (bundle: Bundle | BundleOptions): bundle is Bundle => typeof bundle === 'object' && bundle !== null && 'newRootfs' in bundle;

function stateFields(id: string, { config, directory }: Bundle): Pick<State, 'ociVersion' | 'id' | 'bundle'> & Pick<Spec, 'annotations'> {
  const { ociVersion, annotations } = config;
  return { ociVersion, id, bundle: directory, ...(annotations === undefined ? {} : { annotations }) };
}

function hookContext(config: Spec, state: State): HookContext {
  return { hooks: config.hooks, state, stateDir: tmpdir() };
}

/** Twelve hexadecimal digits. Of a UUID, since Node keeps random bytes for these: a call of its own for six costs 30 µs. */
function randomId(): string {
  const uuid = randomUUID();
  return uuid.slice(0, 8) + uuid.slice(9, 13);
}

function checkedId(id: string): string {
  const parsed = parseContainerId(id);
  if ('error' in parsed) throw new TsrunError('ID_INVALID', parsed.error);
  return parsed.value;
}
