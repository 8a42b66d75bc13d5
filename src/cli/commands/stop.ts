import { stop } from '../../core/runtime.ts';
import type { CliCommand } from '../command.ts';
import { duration } from '../values.ts';

export const command: CliCommand<{ readonly timeout: string }> = {
  usage: '<container-id>',
  arguments: { min: 1, max: 1 },
  define(parser) {
    parser.option('-t, --timeout <time>', 'between SIGTERM and SIGKILL, such as 10s', '10s');
  },
  run: ([id = ''], flags, { context }) => stop(context, id, duration('--timeout', flags.timeout)),
};
