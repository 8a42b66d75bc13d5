import type { ErrnoName } from '../errno.ts';
import { retry } from './blocking.ts';
import { terminate } from './exit.ts';
import { enforceMemory } from './limits.ts';
import { memoryOf } from './memory.ts';
import { ListenerFile } from './files/listener.ts';
import { NullFile } from './files/null.ts';
import { DuplexFile } from './files/duplex.ts';
import { InputFile, OutputFile } from './files/stream.ts';
import type { Proc } from './process.ts';
import { killedBy, SIGKILL } from './signal-numbers.ts';
import { send } from './signals.ts';
import { spawnFromHost } from './spawn.ts';
import { KernelState } from './state.ts';
import { systemCalls } from './system-calls.ts';
import { HostTty } from './tty/host.ts';
import { createTerminal } from './tty/ptys.ts';
import type {
  InputOptions,
  Kernel,
  KernelLimits,
  KernelOptions,
  KernelStats,
  ListenerOptions,
  OpenFile,
  Process,
  SpawnRequest,
  Sys,
  SystemCalls,
  Tty,
  WaitStatus,
} from './types.ts';

/** A kernel with no process yet: `spawn` with init begins the container. */
export function createKernel(options: KernelOptions): Kernel {
  return new EmulatedKernel(options);
}

class EmulatedKernel extends KernelState implements Kernel {
  get sys(): SystemCalls {
    return systemCalls;
  }

  get frozen(): boolean {
    return this.scheduler.frozen;
  }

  spawn(request: SpawnRequest): Process {
    return spawnFromHost(this, request);
  }

  release(process: Proc): void {
    if (!process.held) return;
    process.held = false;
    this.scheduler.ready(process);
  }

  signal(process: Proc, signal: number): void {
    send(process, signal, true);
  }

  exited(process: Proc): Promise<WaitStatus> {
    return new Promise((resolve) => {
      process.onEnd(resolve);
    });
  }

  freeze(): void {
    this.scheduler.freeze();
  }

  thaw(): void {
    this.scheduler.thaw();
  }

  /** Limits that are not given are lifted. A memory limit below what is used kills, as Linux does. */
  setLimits(limits: KernelLimits): void {
    this.limits = limits;
    this.memory.limit = limits.memory;
    memoryOf(this);
    this.scheduler.setQuota(limits.cpu);
    enforceMemory(this);
  }

  stats(): KernelStats {
    const memory = memoryOf(this);
    let cpuUserMs = this.goneCpuMs;
    for (const process of this.processes.values()) cpuUserMs += this.scheduler.cpuOf(process);
    const { periods, ms } = this.scheduler.throttling;
    return {
      pids: this.processes.size,
      pidsLimit: this.limits.pids,
      memoryBytes: memory.used,
      fileBytes: memory.files,
      memoryPeakBytes: memory.peak,
      memoryLimit: this.limits.memory,
      cpuUserMs,
      // Calls run inside the program's slice: they are not told apart.
      cpuSystemMs: 0,
      throttledPeriods: periods,
      throttledMs: ms,
      oomKills: this.oomKills,
      memoryRefusals: memory.refusals,
    };
  }

  onOom(listener: (process: Process) => void): void {
    this.oomListeners.push(listener);
  }

  createTty(size: { readonly columns: number; readonly rows: number }): Tty {
    const tty = new HostTty(createTerminal(this));
    tty.resize(size.columns, size.rows);
    return tty;
  }

  createInput(options?: InputOptions): { readonly file: OpenFile; push(bytes: Uint8Array): boolean; end(): void } {
    const file = new InputFile(this.nextAnonymous(), options);
    return { file, push: (bytes) => file.push(bytes), end: () => file.end() };
  }

  createOutput(
    write: (bytes: Uint8Array) => boolean,
    onClose?: () => void,
  ): { readonly file: OpenFile; drained(): void; broken(why?: ErrnoName): void } {
    const file = new OutputFile(this.nextAnonymous(), write, onClose);
    return { file, drained: () => file.drained(), broken: (why) => file.broken(why) };
  }

  join(input: InputFile, output: OutputFile, socket: boolean): OpenFile {
    return new DuplexFile(input, output, socket);
  }

  createListener(options: ListenerOptions): { readonly file: OpenFile; push(connection: OpenFile): void; broken(why: ErrnoName): void } {
    const file = new ListenerFile(this.nextAnonymous(), options);
    return { file, push: (connection) => file.push(connection), broken: (why) => file.broken(why) };
  }

  openNull(flags: number): OpenFile {
    return new NullFile(flags);
  }

  shutdown(): void {
    for (const process of this.processes.values()) if (process !== this.init) terminate(process, killedBy(SIGKILL));
    if (this.init !== undefined) terminate(this.init, killedBy(SIGKILL));
    for (const terminal of this.terminals?.values() ?? []) terminal.hangUp();
    this.terminals = undefined;
    this.scheduler.setQuota(undefined);
  }

  retry(process: Proc): Sys<unknown> {
    return retry(process);
  }

  ready(process: Proc): void {
    this.scheduler.ready(process);
  }

  charge(process: Proc, ms: number): void {
    this.scheduler.charge(process, ms);
  }
}
