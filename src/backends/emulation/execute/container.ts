/**
 * A container over the emulated kernel, in this process: what the supervisor serves to other processes and the library
 * hands to its caller. Methods reject with TsrunError.
 */
import { TsrunError } from '../../../core/errors.ts';
import type { LinuxResources, Process as ProcessConfig, Spec } from '../../../oci/spec.ts';
import { planExec } from '../../../plan/plan.ts';
import type { StdioKind } from '../../../plan/options.ts';
import type { Exit, Finding, Stats } from '../../backend.ts';
import type { Kernel, KernelLimits, Process, WaitStatus } from '../kernel/types.ts';
import type { FileSystem, Vfs } from '../vfs/types.ts';
import { createVfs } from '../vfs/index.ts';
import { Execution } from './execute.ts';
import { emulatedCgroup, EMULATED_HOST } from './facts.ts';
import { planned } from './failure.ts';
import { makeKernel } from './kernel.ts';
import type { ContainerLoader } from './loader.ts';
import { planOf } from './plan.ts';
import { limitsWith, refuseLacks } from './resources.ts';
import { rootFileSystem, type RootfsWrites } from './rootfs.ts';
import { processFindings, programFindings } from './findings.ts';
import { statsOf } from './stats.ts';
import type { ProcessStdio } from './stdio.ts';
import { newDraft, setUpContext, type World } from './world.ts';

const SIGKILL = 9;

export interface ContainerRequest {
  readonly id: string;
  /** Validated and normalised. */
  readonly config: Spec;
  /** Absolute; the base of relative paths. */
  readonly bundle: string;
  /** Instead of what config.root.path names (the library's bundles in memory). */
  readonly rootfs?: FileSystem;
  /** Default `discard`. */
  readonly rootfsWrites?: RootfsWrites;
  readonly loader: ContainerLoader;
  readonly stdioKind: StdioKind;
  readonly stdio: ProcessStdio;
  /** State documents for hooks inside: text before and after the pid. */
  readonly hookState: (status: 'creating' | 'created') => readonly [string, string];
  /** Runs the hooks of the runtime's namespace (prestart, createRuntime). */
  readonly runtimeHooks: () => Promise<void>;
  readonly warn: (message: string, pointer?: string) => void;
}

/** A process beside the first. */
export interface ExecutedProcess {
  /** In the container. */
  readonly pid: number;
  /** After all its output. */
  readonly exited: Promise<Exit>;
  /** What of its config is not really applied. */
  readonly findings: readonly Finding[];
  signal(signal: number): void;
}

export type ContainerStatus = 'created' | 'running' | 'paused' | 'stopped';

export class EmulatedContainer {
  readonly kernel: Kernel;
  /** How the first process ended; nothing of the container runs any more. */
  readonly ended: Promise<Exit>;
  /** The same, after all its output: whoever takes that may be slow. */
  readonly exited: Promise<Exit>;
  readonly #config: Spec;
  readonly #world: World;
  readonly #execution: Execution;
  #limits: KernelLimits;
  #started = false;
  #exit: Exit | undefined;
  /** Settles `exited` of a container without a process. */
  #end: (exit: Exit) => void = () => undefined;

  /** Brings it to `created`, or rejects and leaves nothing. */
  static async create(request: ContainerRequest): Promise<EmulatedContainer> {
    const { id, config, bundle, loader, stdio, warn } = request;
    const cgroup = emulatedCgroup(config, id);
    const ops = planOf(request, cgroup);
    const limits = limitsWith({}, config.linux?.resources ?? {});
    const vfs = createVfs(request.rootfs ?? (await rootFileSystem(config, bundle, request.rootfsWrites ?? 'discard')));
    const kernel = makeKernel({ vfs, loader, config, limits, cgroupPath: cgroup.path });
    loader.attach(kernel);
    const world: World = {
      kernel,
      vfs,
      context: setUpContext(vfs),
      config,
      bundle,
      stdio,
      draft: newDraft(),
      trees: new Map(),
      init: true,
      barrier: request.runtimeHooks,
      warn,
    };
    const execution = new Execution(world, ops);
    try {
      await execution.create();
      refuseKilled(world);
    } catch (error) {
      kernel.shutdown();
      await stdio.finish();
      throw kernel.stats().memoryRefusals > 0 ? tooLow(kernel, (error as Error).message, error) : error;
    }
    return new EmulatedContainer(config, world, execution, limits);
  }

  private constructor(config: Spec, world: World, execution: Execution, limits: KernelLimits) {
    this.kernel = world.kernel;
    this.#config = config;
    this.#world = world;
    this.#execution = execution;
    this.#limits = limits;
    this.ended = this.#watch();
    this.exited = this.ended.then(async (exit) => {
      await world.stdio.finish();
      return exit;
    });
  }

  get vfs(): Vfs {
    return this.kernel.vfs;
  }

  /** What cannot be done with the first program, which is known only once it is loaded. */
  get programFindings(): readonly Finding[] {
    return programFindings(this.#world.draft.process?.program?.abilities);
  }

  get status(): ContainerStatus {
    if (this.#exit !== undefined) return 'stopped';
    if (this.kernel.frozen) return 'paused';
    return this.#started ? 'running' : 'created';
  }

  /** Runs the program. */
  async start(): Promise<void> {
    if (this.#exit !== undefined) throw conflict('cannot start a container that has stopped');
    if (this.#started) throw conflict('cannot start an already running container');
    this.#started = true;
    try {
      await this.#execution.start();
    } catch (error) {
      this.dispose(); // a startContainer hook failed: the program never runs
      throw error;
    }
  }

  /** One more process. Rejects with what execve said. */
  async exec(process: ProcessConfig, stdio: ProcessStdio): Promise<ExecutedProcess> {
    if (this.#exit !== undefined) throw conflict('cannot exec in a stopped container');
    const ops = planned(() =>
      planExec(process, this.#config, EMULATED_HOST, {
        target: { pid: 1 },
        state: '', // no seccomp listener is told
        cgroupDirs: [],
        stdio: process.terminal ? 'terminal' : 'inherit',
        preserveFds: 0,
        attached: true,
        subreaper: false,
      }),
    );
    const world: World = { ...this.#world, stdio, draft: newDraft(), trees: new Map(), init: false };
    const execution = new Execution(world, ops);
    try {
      await execution.create();
      await execution.start();
    } catch (error) {
      await stdio.finish();
      throw error;
    }
    const executed = world.draft.process as Process;
    return {
      pid: executed.pid,
      findings: processFindings(ops),
      exited: this.#exitOf(executed, stdio),
      signal: (signal) => this.kernel.signal(executed, signal),
    };
  }

  /** To the first process. STATE_CONFLICT when it has ended. */
  signal(signal: number): void {
    if (this.#exit !== undefined) throw conflict('container not running');
    const { process } = this.#world.draft;
    if (process !== undefined) this.kernel.signal(process, signal);
    else if (signal !== 0) this.#end({ signal });
  }

  /** To every process. */
  signalAll(signal: number): void {
    if (signal === SIGKILL || this.kernel.processes.size === 0) return this.signal(signal);
    for (const process of Array.from(this.kernel.processes.values())) this.kernel.signal(process, signal);
  }

  pause(): void {
    this.kernel.freeze();
  }

  resume(): void {
    this.kernel.thaw();
  }

  /** Changes only what `resources` has; CONFIG_UNSUPPORTED, with nothing changed, for what this kernel has not. */
  update(resources: LinuxResources): void {
    refuseLacks(resources);
    this.#limits = limitsWith(this.#limits, resources);
    this.kernel.setLimits(this.#limits);
  }

  stats(): Stats {
    return statsOf(this.kernel.stats());
  }

  onOom(listener: () => void): void {
    this.kernel.onOom(listener);
  }

  /** Ends every process and gives all memory back. Idempotent; `exited` settles. */
  dispose(): void {
    this.#end({ signal: SIGKILL });
    this.kernel.shutdown();
  }

  async #watch(): Promise<Exit> {
    const { process } = this.#world.draft;
    const exit =
      process === undefined
        ? await new Promise<Exit>((resolve) => {
            this.#end = resolve;
          })
        : exitOf(await this.kernel.exited(process));
    this.#exit = exit;
    this.kernel.shutdown();
    return exit;
  }

  async #exitOf(process: Process, stdio: ProcessStdio): Promise<Exit> {
    const status = await this.kernel.exited(process);
    await stdio.finish();
    return exitOf(status);
  }
}

/** A program whose first memory goes over the limit is killed before anybody has started it; the words are those of the Linux backend. */
function refuseKilled({ kernel, draft }: World): void {
  const ended = draft.process?.state === 'zombie' || draft.process?.state === 'dead';
  if (!ended || kernel.stats().oomKills === 0) return;
  throw tooLow(kernel, 'container init was OOM-killed');
}

/** What the set-up makes (mount points, devices) is part of the container's memory. */
function tooLow(kernel: Kernel, what: string, cause?: unknown): TsrunError {
  const limit = kernel.stats().memoryLimit;
  return new TsrunError('CONFIG_UNSUPPORTED', `${what} (memory limit too low? it is ${limit} bytes)`, {
    pointer: '/linux/resources/memory/limit',
    ...(cause !== undefined && { cause }),
  });
}

/** The status word of waitpid(2) as an Exit. */
function exitOf(status: WaitStatus): Exit {
  const signal = status & 0x7f;
  return signal === 0 ? { code: (status >> 8) & 0xff } : { signal };
}

function conflict(message: string): TsrunError {
  return new TsrunError('STATE_CONFLICT', message);
}
