import type { Command } from 'commander';
import type { BackendOptions } from '../backends/backend.ts';
import { absolute } from '../core/root-dir.ts';
import { TsrunError } from '../core/errors.ts';
import type { LogFormat } from './report.ts';

/** As commander gives them. */
export interface GlobalFlags {
  readonly root?: string;
  readonly log?: string;
  readonly logFormat?: string;
  readonly debug?: boolean;
  readonly systemdCgroup?: boolean;
  readonly cgroupManager?: string;
  readonly rootless?: string;
  readonly strict?: boolean;
  readonly backend?: string;
  readonly version?: boolean;
  readonly help?: boolean;
}

export function defineGlobals(program: Command): void {
  program
    .option('--root <dir>', 'directory for the state of containers (default: /run/tsrun, or $XDG_RUNTIME_DIR/tsrun when rootless)')
    .option('--log <file>', 'append warnings and errors to this file (errors go to stderr as well)')
    .option('--log-format <format>', 'text or json')
    .option('--debug', 'log what is done')
    .option('--systemd-cgroup', 'cgroupsPath is slice:prefix:name; not supported yet')
    .option('--cgroup-manager <manager>', 'cgroupfs, systemd or disabled')
    .option('--rootless <mode>', 'true, false or auto')
    .option('--strict', 'every finding about a config is an error, and so is delete of a created container')
    .option('--backend <name>', 'linux or emulation (default: TSRUN_BACKEND, or what suits the platform)')
    .option('-v, --version', 'print the version')
    .option('-h, --help', 'print this help');
}

export function logSettings(flags: GlobalFlags): {
  readonly file: string | undefined;
  readonly format: LogFormat;
  readonly debug: boolean;
} {
  const format = flags.logFormat ?? 'text';
  if (format !== 'text' && format !== 'json') throw new TsrunError('USAGE', `invalid log-format: ${format}`);
  return { file: flags.log ? absolute(flags.log, '--log') : undefined, format, debug: flags.debug ?? false };
}

export function backendOptions(flags: GlobalFlags): BackendOptions {
  const cgroupManager = flags.systemdCgroup ? 'systemd' : (flags.cgroupManager ?? 'cgroupfs');
  if (cgroupManager !== 'cgroupfs' && cgroupManager !== 'systemd' && cgroupManager !== 'disabled') {
    throw new TsrunError('USAGE', `invalid cgroup-manager: ${cgroupManager}`, { hint: 'one of: cgroupfs, systemd, disabled' });
  }
  return { cgroupManager, rootless: rootless(flags.rootless ?? 'auto'), strict: flags.strict ?? false, debug: flags.debug ?? false };
}

function rootless(text: string): BackendOptions['rootless'] {
  if (text === 'auto') return 'auto';
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false;
  throw new TsrunError('USAGE', `invalid rootless: ${text}`, { hint: 'one of: true, false, auto' });
}
