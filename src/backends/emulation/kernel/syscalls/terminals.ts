/** ioctl(2), and poll(2) beside it: the calls that every kind of file answers in its own way. */
import { errno } from '../../errno.ts';
import { O_NONBLOCK } from '../../vfs/types.ts';
import { block, leave } from '../blocking.ts';
import { descriptorOf } from '../descriptors.ts';
import { PipeFile } from '../files/pipe-file.ts';
import { DuplexFile } from '../files/duplex.ts';
import { InputFile } from '../files/stream.ts';
import type { Proc } from '../process.ts';
import { FIONREAD, numberAt, putNumber } from '../tty/ioctl.ts';
import { BLOCKED, type OpenFile, type Sys } from '../types.ts';

export { poll } from '../poll.ts';

const FIONBIO = 0x5421;
const FIONCLEX = 0x5450;
const FIOCLEX = 0x5451;

export function ioctl(process: Proc, fd: number, request: number, argument: Uint8Array): Sys<number> {
  const descriptor = descriptorOf(process, fd);
  const { file } = descriptor;
  if (file.kind === 'path') throw errno('EBADF');
  switch (request >>> 0) {
    case FIOCLEX:
    case FIONCLEX:
      descriptor.cloexec = request >>> 0 === FIOCLEX;
      return 0;
    case FIONBIO:
      file.flags = numberAt(argument) === 0 ? file.flags & ~O_NONBLOCK : file.flags | O_NONBLOCK;
      return 0;
    default:
  }
  if (file.ioctl === undefined) return common(file, request >>> 0, argument);
  const outcome = file.ioctl(process, request, argument);
  if (outcome !== BLOCKED) return leave(process, outcome);
  return block(process, () => file.ioctl?.(process, request, argument) ?? 0);
}

/** FIONREAD of what is no terminal. */
function common(file: OpenFile, request: number, argument: Uint8Array): number {
  if (request !== FIONREAD) throw errno('ENOTTY');
  if (file instanceof PipeFile || file instanceof InputFile || file instanceof DuplexFile) return putNumber(argument, file.available);
  if (file.kind === 'file') return putNumber(argument, Math.max(0, (file.location?.inode.size ?? 0) - file.position));
  throw errno('ENOTTY');
}
