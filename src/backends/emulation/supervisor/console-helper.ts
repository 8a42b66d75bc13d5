/** JavaScript cannot pass descriptors to another process, which `--console-socket` needs: on Linux the C helper does. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TsrunError } from '../../../core/errors.ts';
import { isStandalone } from './self.ts';

/**
 * What to put before a command so that it runs on the slave of a new pty, raw and its controlling terminal, whose master
 * was sent to the AF_UNIX socket. NOT_SUPPORTED where there is no helper.
 */
export function consoleCommand(socket: string): readonly string[] {
  if (process.platform !== 'linux') throw lacking('a console socket needs Linux: no other system lets tsrun send a descriptor');
  const file = fileURLToPath(import.meta.url);
  const dir = dirname(file);
  const dist = basename(dir) === 'chunks' ? dirname(dir) : basename(dir) === 'supervisor' ? join(dir, '../../../../dist') : dir;
  const helper = isStandalone() ? join(dirname(process.execPath), 'tsrun-helper') : join(dist, 'bin', 'tsrun-helper');
  if (!existsSync(helper)) throw lacking(`a console socket needs the helper program ${helper}, which does not exist`);
  return [helper, 'console', socket, '--'];
}

function lacking(message: string): TsrunError {
  return new TsrunError('NOT_SUPPORTED', message, { hint: 'run it in the foreground, or without terminal' });
}
