import { attach } from '../../core/attach.ts';
import type { CliCommand } from '../command.ts';
import { parseDetachKeys } from '../detach-keys.ts';
import { flagValue } from '../values.ts';

interface AttachFlags {
  readonly stdin: boolean;
  readonly sigProxy?: boolean;
  readonly detachKeys: string;
}

export const command: CliCommand<AttachFlags> = {
  usage: '<container-id>',
  arguments: { min: 1, max: 1 },
  options: [
    { flags: '--no-stdin', description: 'only watch' },
    { flags: '--sig-proxy', description: 'pass signals on to the container (default; =false: they end this command)' },
    {
      flags: '--detach-keys <keys>',
      description: 'on a terminal, keys that let go of the container: letters and ctrl-letters with commas between, or none',
      initial: 'ctrl-p,ctrl-q',
    },
  ],
  run([id = ''], { stdin, sigProxy = true, detachKeys }, { context }) {
    return attach(context, {
      id,
      stdin,
      relaySignals: sigProxy,
      detachKeys: flagValue('--detach-keys', parseDetachKeys(detachKeys)),
    });
  },
};
