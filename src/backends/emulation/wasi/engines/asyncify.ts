/** Programs whose module was instrumented by Asyncify: they suspend anywhere, fork, and keep stacks for setjmp. */
import type { Pause, Process } from '../../kernel/types.ts';
import { AsyncifyImage, type Owner } from './asyncify-image.ts';
import type { Launch } from './instance.ts';

/** One process's hold on an image. A vfork child holds its parent's until it executes, ends or has to wait. */
export class AsyncifyProgram implements Owner {
  readonly abilities: { readonly suspends: boolean; readonly preempts: boolean };
  image: AsyncifyImage | undefined;

  constructor(preempts: boolean) {
    this.abilities = { suspends: true, preempts };
  }

  static load(launch: Launch, process: Process): AsyncifyProgram {
    const make = (): AsyncifyProgram => new AsyncifyProgram(launch.prepared.preempts);
    const program = make();
    program.image = new AsyncifyImage(launch, process, make);
    program.image.owner = program;
    return program;
  }

  get memoryBytes(): number {
    return this.image?.guest.memory.buffer.byteLength ?? 0;
  }

  resume(): Pause {
    for (;;) {
      const { image } = this;
      const outcome = image?.advance() ?? 'ended';
      // A vfork child kept the old image: this program has a copy and goes on with it.
      if (outcome === 'moved') continue;
      // Disposed of while it ran: it ended, or was replaced.
      if (this.image === undefined && image?.owner === this) image.retire();
      return outcome;
    }
  }

  dispose(): void {
    this.image = undefined;
  }
}
