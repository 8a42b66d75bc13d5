import type { BackendOptions } from '../backends/backend.ts';
import { absolute } from '../core/root-dir.ts';
import { TsrunError } from '../core/errors.ts';
import { type OptionSpec, parseBoolean } from './args.ts';
import type { LogFormat } from './report.ts';

/** As `parseArguments` gives them. */
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
}

export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  {
    flags: '--root <dir>',
    description: 'directory for the state of containers (default: /run/tsrun, or $XDG_RUNTIME_DIR/tsrun when rootless)',
  },
  { flags: '--log <file>', description: 'append warnings and errors to this file (errors go to stderr as well)' },
  { flags: '--log-format <format>', description: 'text or json' },
  { flags: '--debug', description: 'log what is done' },
  { flags: '--systemd-cgroup', description: 'cgroupsPath is slice:prefix:name; not supported yet' },
  { flags: '--cgroup-manager <manager>', description: 'cgroupfs, systemd or disabled' },
  { flags: '--rootless <mode>', description: 'true, false or auto' },
  { flags: '--strict', description: 'every finding about a config is an error, and so is delete of a created container' },
  { flags: '--backend <name>', description: 'linux or emulation (default: TSRUN_BACKEND, or what suits the platform)' },
  { flags: '--criu <path>', description: 'ignored, as by runc since 1.2' },
  { flags: '-v, --version', description: 'print the version' },
];

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
  return text === 'auto' ? 'auto' : parseBoolean('--rootless', text);
}
