import { kill } from '../../core/kill.ts';
import { TsrunError } from '../../core/errors.ts';
import { parseSignal } from '../../oci/signal.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand<{ readonly all?: boolean }> = {
  usage: '<container-id> [signal]',
  arguments: { min: 1, max: 2 },
  options: [{ flags: '-a, --all', description: 'signal every process of the container' }],
  async run([id = '', text = 'SIGTERM'], flags, { context }) {
    const signal = parseSignal(text);
    if ('error' in signal) throw new TsrunError('USAGE', signal.error);
    await kill(context, id, signal.value, flags.all);
  },
};
