import { state } from '../../core/inspect.ts';
import type { CliCommand } from '../command.ts';
import { print } from '../output.ts';

export const command: CliCommand = {
  usage: '<container-id>',
  arguments: { min: 1, max: 1 },
  options: [],
  async run([id = ''], _flags, { context }) {
    print(JSON.stringify(await state(context, id), null, 2));
  },
};
