import { stop } from '../../core/kill.ts';
import type { CliCommand } from '../command.ts';
import { duration } from '../values.ts';

export const command: CliCommand<{ readonly time: string }> = {
  usage: '<container-id>',
  arguments: { min: 1, max: 1 },
  options: [{ flags: '-t, --time <time>', description: 'between SIGTERM and SIGKILL, such as 10s', initial: '10s' }],
  run: ([id = ''], flags, { context }) => stop(context, id, duration('--time', flags.time)),
};
