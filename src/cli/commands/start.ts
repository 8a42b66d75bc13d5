import { start } from '../../core/runtime.ts';
import { notifySocketOf } from '../../core/service-manager.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  usage: '<container-id>',
  arguments: { min: 1, max: 1 },
  options: [],
  run: ([id = ''], _flags, { context }) => start(context, id, notifySocketOf(process.env)),
};
