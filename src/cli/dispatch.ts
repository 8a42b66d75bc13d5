import { chooseBackend, loadBackend } from '../backends/index.ts';
import { TsrunError } from '../core/errors.ts';
import { chooseRoot } from '../core/root-dir.ts';
import { nearest } from '../oci/did-you-mean.ts';
import { type OptionSpec, parseArguments, type ParsedArguments } from './args.ts';
import type { CliCommand, Invocation } from './command.ts';
import { backendOptions, GLOBAL_OPTIONS, type GlobalFlags, logSettings } from './globals.ts';
import { print } from './output.ts';
import { COMMANDS } from './program.ts';
import { openReport, type Report } from './report.ts';
import { versionText } from './version.ts';

const UNKNOWN_COMMAND = 3; // as runc's cli package
const HELP: OptionSpec = { flags: '-h, --help', description: 'print this help' };

/** Runs one command line (without interpreter and script) and gives the exit code. Never throws. */
export async function dispatch(argv: readonly string[]): Promise<number> {
  let report = openReport({ file: undefined, format: 'text', debug: false });
  try {
    const { values, positional } = parseArguments(argv, [...GLOBAL_OPTIONS, HELP], true);
    const flags = values as GlobalFlags;
    report = openReport(logSettings(flags));
    const [verb, ...rest] = positional;
    if (flags.version) print(versionText());
    else if (verb === 'help' && rest[0] !== undefined) return await runCommand(rest[0], ['--help'], flags, report);
    else if (verb === undefined || verb === 'help' || values['help']) await printProgramHelp();
    else return await runCommand(verb, rest, flags, report);
    return 0;
  } catch (error) {
    report.error(error);
    return 1;
  }
}

async function runCommand(verb: string, tokens: readonly string[], flags: GlobalFlags, report: Report): Promise<number> {
  const entry = Object.hasOwn(COMMANDS, verb) ? COMMANDS[verb] : undefined;
  if (entry === undefined) {
    const meant = nearest(verb, Object.keys(COMMANDS));
    const hint = `there is no such command: ${meant === undefined ? '`tsrun help` lists them' : `did you mean ${meant}?`}`;
    report.error(new TsrunError('USAGE', `No help topic for '${verb}'`, { hint }));
    return UNKNOWN_COMMAND;
  }
  const { command } = await entry.load();
  try {
    const { values, positional }: ParsedArguments = command.anyOption
      ? { values: {}, positional: tokens }
      : parseArguments(tokens, [...command.options, HELP], command.greedy ?? false);
    if (values['help']) {
      await printHelp(`tsrun ${verb}`, `[options] ${command.usage}`, entry.description, command.options);
      return 0;
    }
    checkCount(verb, positional, command);
    return (await command.run(positional, values as never, invocationFor(flags, report))) ?? 0;
  } catch (error) {
    report.error(prefixed(error, command.errorPrefix));
    return command.errorCode ?? 1;
  }
}

function checkCount(verb: string, positional: readonly string[], command: Pick<CliCommand, 'arguments' | 'usage'>): void {
  const { min, max } = command.arguments;
  const hint = `usage: tsrun ${verb} [options] ${command.usage}`.trimEnd();
  if (positional.length < min)
    throw new TsrunError('USAGE', `tsrun: "${verb}" requires a minimum of ${min} argument${min === 1 ? '' : 's'}`, { hint });
  if (max !== undefined && positional.length > max) {
    const message = `tsrun: "${verb}" requires ${max === min ? 'exactly' : 'a maximum of'} ${max} argument${max === 1 ? '' : 's'}`;
    throw new TsrunError('USAGE', message, { hint });
  }
}

function invocationFor(flags: GlobalFlags, report: Report): Invocation {
  return {
    context: {
      store: { root: chooseRoot(flags.root) },
      options: backendOptions(flags),
      backends: { choose: (bundle) => chooseBackend(flags.backend, bundle), named: loadBackend },
      log: report,
    },
    rootGiven: flags.root !== undefined,
  };
}

async function printProgramHelp(): Promise<void> {
  await printHelp('tsrun', '[global options] COMMAND [options] [arguments]', 'An OCI container runtime.', GLOBAL_OPTIONS);
  const names = Object.keys(COMMANDS);
  const width = Math.max(...names.map(({ length }) => length));
  print(`\nCommands:\n${names.map((name) => `  ${name.padEnd(width)}  ${COMMANDS[name]?.description}\n`).join('')}`);
}

async function printHelp(name: string, usage: string, description: string, options: readonly OptionSpec[]): Promise<void> {
  const { helpText } = await import('./help.ts');
  print(helpText(name, usage, description, options));
}

const STARTING = 'unable to start container process';

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
