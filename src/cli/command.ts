import type { Command } from 'commander';
import type { RuntimeContext } from '../core/context.ts';
import type { Report } from './report.ts';

/** What a command gets besides its own arguments. */
export interface Invocation {
  readonly context: RuntimeContext;
  readonly report: Report;
  /** `--root` was given. */
  readonly rootGiven: boolean;
}

/** One file of commands/ exports one of these as `command`. */
export interface CliCommand<Options extends object = object> {
  /** Options and help; the positional arguments are checked by `arguments`. */
  define(command: Command): void;
  /** Shown in the usage line, and the number that must be there. */
  readonly usage: string;
  readonly arguments: { readonly min: number; readonly max?: number };
  /** The first positional argument ends the options. */
  readonly greedy?: boolean;
  /** Options are not looked at: the command takes them all. */
  readonly anyOption?: boolean;
  /** Before error messages, runc's words: `exec failed: `. */
  readonly errorPrefix?: string;
  /** For a runtime error; 1 unless given. */
  readonly errorCode?: number;
  /** The exit code, 0 where there is none. */
  run(args: readonly string[], options: Options, invocation: Invocation): Promise<number | void>;
}
