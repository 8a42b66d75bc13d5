import { pause } from '../../core/runtime.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  usage: '<container-id>',
  arguments: { min: 1, max: 1 },
  options: [],
  run: ([id = ''], _flags, { context }) => pause(context, id),
};
