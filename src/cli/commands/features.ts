import type { CliCommand } from '../command.ts';
import { print } from '../output.ts';

export const command: CliCommand = {
  usage: '',
  arguments: { min: 0, max: 0 },
  options: [],
  async run(_args, _flags, { context }) {
    const backend = await context.backends.choose();
    print(`${JSON.stringify(await backend.features(), null, 4)}\n`);
  },
};
