import { errno } from '../../errno.ts';
import type { Location } from '../../vfs/types.ts';
import {
  BLOCKED,
  type Kernel,
  type Pause,
  type Process,
  type Program,
  type ProgramLoader,
  type Sys,
  type SystemCalls,
  Unwound,
} from '../types.ts';

/** Test programs are functions, or generator functions where they may block: `yield* call(sys.read(…))` suspends the process. */
export type Script = (self: Process, sys: SystemCalls) => Steps | number | void;
type Steps = Generator<unknown, number | void, unknown>;

/** The result of a call that may block. */
export function* call<T>(outcome: Sys<T>): Generator<unknown, T, unknown> {
  return (outcome === BLOCKED ? yield BLOCKED : outcome) as T;
}

/** Runs a script; its return value is the exit status. What it throws and is no Errno of a call that it caught fails the test. */
export class ScriptProgram implements Program {
  readonly abilities = { suspends: true, preempts: true };
  memoryBytes = 65536;
  disposed = false;
  private readonly kernel: Kernel;
  private readonly process: Process;
  private readonly script: Script;
  private steps: Steps | undefined;
  private waiting = false;

  constructor(kernel: Kernel, process: Process, script: Script) {
    this.kernel = kernel;
    this.process = process;
    this.script = script;
  }

  resume(): Pause {
    try {
      return this.run();
    } catch (error) {
      if (!(error instanceof Unwound)) throw error;
      return error.why === 'replaced' ? 'yielded' : 'ended';
    }
  }

  private run(): Pause {
    const steps = (this.steps ??= this.begin());
    let step = this.waiting ? this.retried(steps) : steps.next();
    if (step === undefined) return 'blocked';
    while (step.done !== true) {
      if (step.value === BLOCKED) {
        this.waiting = true;
        return 'blocked';
      }
      step = steps.next(step.value);
    }
    return this.kernel.sys.exit(this.process, step.value ?? 0);
  }

  private begin(): Steps {
    const outcome = this.script(this.process, this.kernel.sys);
    if (typeof outcome === 'object') return outcome;
    return this.kernel.sys.exit(this.process, outcome ?? 0);
  }

  private retried(steps: Steps): IteratorResult<unknown, number | void> | undefined {
    let value: unknown;
    try {
      value = this.kernel.retry(this.process);
    } catch (error) {
      if (error instanceof Unwound) throw error;
      this.waiting = false;
      return steps.throw(error);
    }
    if (value === BLOCKED) return undefined;
    this.waiting = false;
    return steps.next(value);
  }

  dispose(): void {
    this.disposed = true;
  }
}

/** Executables of tests: files whose content is this mark and the name of a script. */
export const MARK = '\0script:';

export class ScriptLoader implements ProgramLoader {
  readonly scripts = new Map<string, Script>();
  kernel: Kernel | undefined;

  load(process: Process, file: Location): Program {
    const bytes = new Uint8Array(64);
    const head = new TextDecoder().decode(bytes.subarray(0, file.inode.readAt(0, bytes)));
    const script = head.startsWith(MARK) ? this.scripts.get(head.slice(MARK.length)) : undefined;
    if (script === undefined || this.kernel === undefined) throw errno('ENOEXEC');
    return new ScriptProgram(this.kernel, process, script);
  }
}
