/** A program whose module is being instrumented in another OS process: until that is done it sleeps, and can be killed. */
import { Errno } from '../../errno.ts';
import { Unwound, type Pause, type Process, type Program } from '../../kernel/types.ts';
import type { Prepared } from '../prepare.ts';
import { makeMemory, type Launch } from './instance.ts';
import { Nap } from './nap.ts';
import { pauseOf } from './plain.ts';

const LOOK_EVERY_MS = 20;
const SIGSEGV = 11;

export class DeferredProgram implements Program {
  private readonly launch: Launch;
  private readonly process: Process;
  private readonly make: (launch: Launch, process: Process) => Program;
  private prepared: Prepared | undefined;
  private failure: unknown;
  private program: Program | undefined;
  private readonly nap: Nap;

  constructor(launch: Launch, process: Process, instrument: () => Promise<Prepared>, make: (launch: Launch, process: Process) => Program) {
    this.launch = launch;
    this.process = process;
    this.make = make;
    this.nap = new Nap(launch.entry, process);
    makeMemory(launch); // ENOMEM now rather than later
    instrument().then(
      (prepared) => {
        this.prepared = prepared;
      },
      (error: unknown) => {
        this.failure = error;
      },
    );
  }

  get memoryBytes(): number {
    return this.program?.memoryBytes ?? 0;
  }

  get abilities(): Program['abilities'] {
    return this.program?.abilities ?? { suspends: true, preempts: true };
  }

  resume(): Pause | Promise<Pause> {
    if (this.program !== undefined) return this.program.resume();
    try {
      if (this.nap.sleeping) return this.nap.take(LOOK_EVERY_MS);
      if (this.failure !== undefined) throw this.failure;
      if (this.prepared === undefined) return this.nap.take(LOOK_EVERY_MS);
      this.program = this.make({ ...this.launch, prepared: this.prepared }, this.process);
      this.launch.entry.sys.mayGrow(this.process, 0); // its memory is counted from now on
    } catch (error) {
      return pauseOf(this.failed(error));
    }
    return this.program.resume();
  }

  /** Too late for execve to fail: as Linux does with an image that turns out to be useless then, SIGSEGV. */
  private failed(error: unknown): Unwound {
    if (error instanceof Unwound) return error;
    if (!(error instanceof Errno)) throw error;
    try {
      return this.launch.entry.sys.fault(this.process, SIGSEGV);
    } catch (ended) {
      if (ended instanceof Unwound) return ended;
      throw ended;
    }
  }

  dispose(): void {
    this.program?.dispose();
  }
}
