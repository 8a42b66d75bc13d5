/** JavaScript cannot pass descriptors to another process, which `--console-socket` and `--pidfd-socket` need: on Linux the C helper does. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TsrunError } from '../../../core/errors.ts';
import { identityOf } from './identity.ts';
import { isStandalone } from './self.ts';

/**
 * What to put before a command so that it, with `preserved` descriptors from 3 on, runs on the slave of a new pty, raw and its controlling terminal, whose master
 * was sent to the AF_UNIX socket. NOT_SUPPORTED where there is no helper.
 */
export function consoleCommand(socket: string, preserved: number): readonly string[] {
  return [helperFor('a console socket', 'run it in the foreground, or without terminal'), 'console', socket, String(preserved), '--'];
}

/** A pidfd of this process goes to the AF_UNIX socket. */
export function sendPidfd(socket: string, pid: number): void {
  const helper = helperFor('a pidfd socket', 'use the pid file');
  const { error, status, stderr } = spawnSync(helper, ['pidfd', socket, String(pid), identityOf(pid).startTime], { encoding: 'utf8' });
  if (status !== 0) throw new TsrunError('SYSTEM', `sending a pidfd to ${socket}: ${error?.message ?? stderr.trim()}`);
}

function helperFor(what: string, hint: string): string {
  if (process.platform !== 'linux') throw lacking(`${what} needs Linux: no other system lets tsrun send a descriptor`, hint);
  const file = fileURLToPath(import.meta.url);
  const dir = dirname(file);
  const dist = basename(dir) === 'chunks' ? dirname(dir) : basename(dir) === 'supervisor' ? join(dir, '../../../../dist') : dir;
  const helper = isStandalone() ? join(dirname(process.execPath), 'tsrun-helper') : join(dist, 'bin', 'tsrun-helper');
  if (!existsSync(helper)) throw lacking(`${what} needs the helper program ${helper}, which does not exist`, hint);
  return helper;
}

function lacking(message: string, hint: string): TsrunError {
  return new TsrunError('NOT_SUPPORTED', message, { hint });
}
