import { Command } from 'commander';
import type { OptionSpec } from './args.ts';

/** The help of the program or of one command, as commander lays it out. */
export function helpText(name: string, usage: string, description: string, options: readonly OptionSpec[]): string {
  const command = new Command(name).usage(usage).description(description).helpOption('-h, --help', 'print this help');
  for (const option of options) command.option(option.flags, option.description, option.initial);
  return command.helpInformation();
}
