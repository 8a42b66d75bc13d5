import { events, stats, type ContainerEvent } from '../../core/events.ts';
import { TsrunError } from '../../core/errors.ts';
import type { CliCommand } from '../command.ts';
import { print } from '../output.ts';
import { duration } from '../values.ts';

export const command: CliCommand<{ readonly interval: string; readonly stats?: boolean }> = {
  usage: '<container-id>',
  arguments: { min: 1, max: 1 },
  options: [
    { flags: '--interval <time>', description: 'between statistics, such as 5s', initial: '5s' },
    { flags: '--stats', description: 'print statistics once and end' },
  ],
  async run([id = ''], flags, { context }) {
    if (flags.stats) return emit(await stats(context, id));
    const interval = duration('--interval', flags.interval);
    if (interval <= 0) throw new TsrunError('USAGE', 'duration interval must be greater than 0');
    await events(context, id, interval, emit);
  },
};

function emit(event: ContainerEvent): void {
  print(`${JSON.stringify(event)}\n`);
}
