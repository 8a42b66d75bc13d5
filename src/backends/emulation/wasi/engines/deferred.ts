/** A program whose module is being instrumented in another OS process: until that is done it sleeps, and can be killed. */
import { Errno } from '../../errno.ts';
import { BLOCKED, Unwound, type Pause, type Process, type Program } from '../../kernel/types.ts';
import type { Prepared } from '../prepare.ts';
import { makeMemory, type Launch } from './instance.ts';
import { pauseOf } from './plain.ts';

const LOOK_EVERY_MS = 20;

export class DeferredProgram implements Program {
  private readonly launch: Launch;
  private readonly process: Process;
  private readonly make: (launch: Launch, process: Process) => Program;
  private done = false;
  private prepared: Prepared | undefined;
  private failure: unknown;
  private program: Program | undefined;
  private sleeping = false;

  constructor(
    launch: Launch,
    process: Process,
    instrument: () => Promise<Prepared | undefined>,
    make: (launch: Launch, process: Process) => Program,
  ) {
    this.launch = launch;
    this.process = process;
    this.make = make;
    makeMemory(launch); // ENOMEM now rather than later
    instrument().then(
      (prepared) => {
        this.prepared = prepared;
        this.done = true;
      },
      (error: unknown) => {
        this.failure = error;
        this.done = true;
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
      if (!this.done || this.sleeping) return this.sleep();
      if (this.failure !== undefined) throw this.failure;
      const { instrument: _, ...plain } = this.launch.prepared;
      this.program = this.make({ ...this.launch, prepared: this.prepared ?? plain }, this.process);
    } catch (error) {
      if (error instanceof Unwound) return pauseOf(error);
      throw error;
    }
    return this.program.resume();
  }

  private sleep(): Pause {
    const { sys, retry } = this.launch.entry;
    try {
      const outcome = this.sleeping ? retry.call(this.launch.entry, this.process) : sys.nanosleep(this.process, LOOK_EVERY_MS);
      this.sleeping = outcome === BLOCKED;
    } catch (error) {
      if (!(error instanceof Errno)) throw error; // EINTR only wakes it
      this.sleeping = false;
    }
    return this.sleeping ? 'blocked' : 'yielded';
  }

  dispose(): void {
    this.program?.dispose();
  }
}
