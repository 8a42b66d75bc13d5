import { TsrunError } from '../../core/errors.ts';
import type { CliCommand } from '../command.ts';

/** Greedy and without options: whatever is asked, `--help` too, fails (podman takes a `checkpoint --help` that succeeds for support). */
export function unsupported(verb: string): CliCommand {
  return {
    usage: '',
    arguments: { min: 0 },
    anyOption: true,
    options: [],
    run: () => Promise.reject(new TsrunError('NOT_SUPPORTED', `${verb} is not supported`)),
  };
}

export const command: CliCommand = unsupported('checkpoint');
