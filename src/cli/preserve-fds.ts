import { readlinkSync } from 'node:fs';
import { TsrunError } from '../core/errors.ts';
import { integer } from './values.ts';

/** Descriptors a JavaScript engine opens for itself: they are there, but nobody handed them to us. */
const ENGINES_OWN = /^anon_inode:\[?(eventpoll|eventfd|io_uring|timerfd|signalfd|inotify)/;

/** `--preserve-fds N`: descriptors 3 to 2+N must have been inherited. */
export function preserveFds(text: string | undefined): number {
  const count = integer('--preserve-fds', text ?? '0', 0);
  for (let fd = 3; fd < 3 + count; fd++) {
    let target: string | undefined;
    try {
      target = readlinkSync(`/proc/self/fd/${fd}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    if (target === undefined || ENGINES_OWN.test(target)) {
      throw new TsrunError('USAGE', `--preserve-fds ${count}: file descriptor ${fd} is not open`);
    }
  }
  return count;
}
