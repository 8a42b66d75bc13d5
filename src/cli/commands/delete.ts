import { remove } from '../../core/runtime.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand<{ readonly force?: boolean }> = {
  usage: '<container-id>',
  arguments: { min: 1, max: 1 },
  define(parser) {
    parser.option('-f, --force', 'kill what runs; no error if there is no such container');
  },
  run: ([id = ''], flags, { context }) => remove(context, id, flags.force ?? false),
};
