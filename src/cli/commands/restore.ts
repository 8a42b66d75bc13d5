import type { CliCommand } from '../command.ts';
import { unsupported } from './checkpoint.ts';

export const command: CliCommand = unsupported('restore');
