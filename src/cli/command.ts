import type { RuntimeContext } from '../core/context.ts';
import type { OptionSpec } from './args.ts';

/** What a command gets besides its own arguments. */
export interface Invocation {
  readonly context: RuntimeContext;
  /** `--root` was given. */
  readonly rootGiven: boolean;
}

/** One file of commands/ exports one of these as `command`. `Flags`: its options as `parseArguments` gives them. */
export interface CliCommand<Flags extends object = object> {
  /** The positional arguments in the help. */
  readonly usage: string;
  readonly arguments: { readonly min: number; readonly max?: number };
  readonly options: readonly OptionSpec[];
  /** The first positional argument ends the options. */
  readonly greedy?: boolean;
  /** Options are not looked at: the command takes them all. */
  readonly anyOption?: boolean;
  /** Before error messages, runc's words: `exec failed: `. */
  readonly errorPrefix?: string;
  /** For a runtime error; 1 unless given. */
  readonly errorCode?: number;
  /** The exit code, 0 where there is none. */
  run(args: readonly string[], flags: Flags, invocation: Invocation): Promise<number | void>;
}
