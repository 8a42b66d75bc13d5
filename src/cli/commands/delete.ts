import { deleteContainer } from '../../core/delete.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand<{ readonly force?: boolean }> = {
  usage: '<container-id>',
  arguments: { min: 1, max: 1 },
  options: [{ flags: '-f, --force', description: 'kill what runs; no error if there is no such container' }],
  run: ([id = ''], flags, { context }) => deleteContainer(context, id, flags.force ?? false),
};
