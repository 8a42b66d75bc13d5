import type { Stdio } from '../backends/backend.ts';
import { TsrunError } from './errors.ts';

/** runc's two rules, in its words: a tty needs somebody who holds its master after tsrun has gone. */
export function chooseStdio(terminal: boolean, detached: boolean, consoleSocket: string | undefined): Stdio {
  if (detached && terminal && consoleSocket === undefined) {
    throw new TsrunError('USAGE', 'cannot allocate tty if tsrun will detach without setting console socket', {
      pointer: '/process/terminal',
      hint: 'use --console-socket, or no terminal (process.terminal is false), or stay in the foreground',
    });
  }
  if (consoleSocket !== undefined && !(detached && terminal)) {
    throw new TsrunError('USAGE', 'cannot use console socket if tsrun will not detach or allocate tty');
  }
  if (consoleSocket !== undefined) return { kind: 'console-socket', path: consoleSocket };
  return { kind: terminal ? 'terminal' : 'inherit' };
}
