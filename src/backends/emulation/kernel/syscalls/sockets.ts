/** System calls on sockets: there are those only that the host handed in. */
import { errno } from '../../errno.ts';
import { O_NONBLOCK } from '../../vfs/types.ts';
import { block, leave } from '../blocking.ts';
import { fileOf, freeDescriptor, install } from '../descriptors.ts';
import { ListenerFile } from '../files/listener.ts';
import type { Proc } from '../process.ts';
import { BLOCKED, type Sys } from '../types.ts';

/** accept4(2); of its flags SOCK_NONBLOCK, which is O_NONBLOCK. */
export function accept(process: Proc, fd: number, flags: number): Sys<number> {
  if ((flags & ~O_NONBLOCK) !== 0) throw errno('EINVAL');
  const listener = fileOf(process, fd);
  if (listener.kind !== 'socket') throw errno('ENOTSOCK');
  if (!(listener instanceof ListenerFile)) throw errno('EINVAL');
  const take = (): Sys<number> => {
    freeDescriptor(process); // EMFILE before a connection is taken
    const file = listener.accept(process);
    if (file === BLOCKED) return BLOCKED;
    file.flags |= flags;
    return install(process, file, false);
  };
  const taken = take();
  return taken === BLOCKED ? block(process, take) : leave(process, taken);
}
