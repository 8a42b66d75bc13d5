import { Command, CommanderError } from 'commander';
import { chooseBackend, loadBackend } from '../backends/index.ts';
import type { RuntimeContext } from '../core/context.ts';
import { TsrunError } from '../core/errors.ts';
import { chooseRoot } from '../core/root-dir.ts';
import { normalise, type OptionShape } from './args.ts';
import type { CliCommand, Invocation } from './command.ts';
import { backendOptions, defineGlobals, type GlobalFlags, logSettings } from './globals.ts';
import { print } from './output.ts';
import { COMMANDS } from './program.ts';
import { openReport, type Report } from './report.ts';
import { versionText } from './version.ts';

const UNKNOWN_COMMAND = 3; // as runc's cli package

/** Runs one command line (without interpreter and script) and gives the exit code. Never throws. */
export async function dispatch(argv: readonly string[]): Promise<number> {
  let report = openReport({ file: undefined, format: 'text', debug: false });
  try {
    const program = commandNamed('tsrun').usage('[global options] COMMAND [options] [arguments]');
    defineGlobals(program);
    const { options, positional } = normalise(argv, shapesOf(program), true);
    program.parseOptions([...options]);
    const flags: GlobalFlags = program.opts();
    report = openReport(logSettings(flags));
    refuseUnknown(options, program);
    if (flags.version) return (print(versionText()), 0);
    const [verb, ...rest] = positional;
    if (verb === undefined || verb === 'help' || flags.help) return (print(helpText(program)), 0);
    const entry = Object.hasOwn(COMMANDS, verb) ? COMMANDS[verb] : undefined;
    if (entry === undefined) {
      report.error(new TsrunError('USAGE', `No help topic for '${verb}'`));
      return UNKNOWN_COMMAND;
    }
    const { command } = await entry.load();
    return await runCommand(verb, entry.description, command, rest, flags, program, report);
  } catch (error) {
    report.error(usageError(error));
    return 1;
  }
}

async function runCommand(
  verb: string,
  description: string,
  command: CliCommand<never>,
  tokens: readonly string[],
  flags: GlobalFlags,
  program: Command,
  report: Report,
): Promise<number> {
  try {
    const parser = commandNamed(verb).description(description).usage(`[options] ${command.usage}`).option('-h, --help', 'print this help');
    command.define(parser);
    program.addCommand(parser);
    const { options, positional } = normalise(tokens, shapesOf(parser), command.greedy ?? false);
    parser.parseOptions([...options]);
    const own: { readonly help?: boolean } = parser.opts();
    if (!command.anyOption) {
      if (own.help) return (print(parser.helpInformation()), 0);
      refuseUnknown(options, parser);
    }
    checkCount(verb, positional, command.arguments);
    const code = await command.run(positional, own as never, invocationFor(flags, report));
    return code ?? 0;
  } catch (error) {
    report.error(prefixed(usageError(error), command.errorPrefix));
    return command.errorCode ?? 1;
  }
}

function commandNamed(name: string): Command {
  return new Command(name)
    .helpOption(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, outputError: () => undefined }); // report.ts says it
}

function shapesOf(command: Command): OptionShape[] {
  return command.options.map(({ long, short, required, optional }) => ({ long, short, takesValue: required || optional }));
}

function refuseUnknown(options: readonly string[], command: Command): void {
  const known = new Set(command.options.flatMap(({ long, short }) => [long, short]));
  for (const option of options) {
    const name = option.split('=')[0] ?? option;
    if (!known.has(name)) throw new TsrunError('USAGE', `flag provided but not defined: ${name}`);
  }
}

function checkCount(verb: string, positional: readonly string[], { min, max }: CliCommand['arguments']): void {
  if (positional.length < min)
    throw new TsrunError('USAGE', `tsrun: "${verb}" requires a minimum of ${min} argument${min === 1 ? '' : 's'}`);
  if (max !== undefined && positional.length > max) {
    throw new TsrunError(
      'USAGE',
      `tsrun: "${verb}" requires ${max === min ? 'exactly' : 'a maximum of'} ${max} argument${max === 1 ? '' : 's'}`,
    );
  }
}

function invocationFor(flags: GlobalFlags, report: Report): Invocation {
  const context: RuntimeContext = {
    store: { root: chooseRoot(flags.root) },
    options: backendOptions(flags),
    backends: { choose: () => chooseBackend(flags.backend), named: loadBackend },
    log: report,
  };
  return { context, report, rootGiven: flags.root !== undefined };
}

function helpText(program: Command): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const commands = Object.entries(COMMANDS).map(([name, { description }]) => `  ${name.padEnd(width)}  ${description}`);
  return `${program.helpInformation()}\nCommands:\n${commands.join('\n')}\n`;
}

/** commander's errors as ours. */
function usageError(error: unknown): unknown {
  return error instanceof CommanderError ? new TsrunError('USAGE', error.message.replace(/^error: /, '')) : error;
}

/** Clients match on the inner words; a failing step of the first process is `unable to start container process` in runc. */
function prefixed(error: unknown, prefix: string | undefined): unknown {
  if (!(error instanceof TsrunError) || prefix === undefined) return error;
  const { code, pointer, hint, step, cause } = error;
  const starting = (code === 'STEP_FAILED' || code === 'EXEC_FAILED' || code === 'HOOK_FAILED') && !error.message.includes(STARTING);
  return new TsrunError(code, prefix + (starting ? `${STARTING}: ` : '') + error.message, {
    cause,
    ...(pointer === undefined ? {} : { pointer }),
    ...(hint === undefined ? {} : { hint }),
    ...(step === undefined ? {} : { step }),
  });
}
const STARTING = 'unable to start container process';
