import { fstatSync, readlinkSync } from 'node:fs';
import { TsrunError } from '../core/errors.ts';
import { integer } from './values.ts';

/** Descriptors a JavaScript engine opens for itself: they are there, but nobody handed them to us. */
const ENGINES_OWN = /^anon_inode:\[?(eventpoll|eventfd|io_uring|timerfd|signalfd|inotify)/;

/**
 * `--preserve-fds N`: N descriptors behind the `listenFds` of a service manager, which begin at 3. All must have been
 * inherited. Gives the number of both.
 */
export function preserveFds(text: string | undefined, listenFds: number = 0): number {
  const count = listenFds + integer('--preserve-fds', text ?? '0', 0);
  for (let fd = 3; fd < 3 + count; fd++) {
    const target = targetOf(fd);
    if (target === undefined || ENGINES_OWN.test(target)) {
      throw new TsrunError('USAGE', `file descriptor ${fd} is not open; descriptors 3 to ${2 + count} are to be passed on`);
    }
  }
  return count;
}

/** What it is open on, as far as the system tells; undefined: it is not open. */
function targetOf(fd: number): string | undefined {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/self/fd/${fd}`);
    fstatSync(fd);
    return '';
  } catch (error) {
    if (!['ENOENT', 'EBADF'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return undefined;
  }
}
