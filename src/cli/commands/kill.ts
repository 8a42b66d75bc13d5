import { kill } from '../../core/kill.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand<{ readonly all?: boolean }> = {
  usage: '<container-id> [signal]',
  arguments: { min: 1, max: 2 },
  options: [{ flags: '-a, --all', description: 'signal every process of the container' }],
  async run([id = '', text = 'SIGTERM'], flags, { context }) {
    await kill(context, id, text, flags.all);
  },
};
