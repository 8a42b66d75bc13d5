/** sock_*: on stream sockets a host may hand in; receiving and sending are read and write. */
import { errno } from '../../errno.ts';
import { BLOCKED } from '../../kernel/types.ts';
import type { Guest } from '../guest.ts';
import { fd_read, fd_write } from './io.ts';
import { descriptorOf } from './rights.ts';
import { openFlagsOf } from './types.ts';

function socketOf(guest: Guest, fd: number): void {
  if (descriptorOf(guest, fd).file.kind !== 'socket') throw errno('ENOTSOCK');
}

const NONBLOCK = 4;

export function sock_accept(guest: Guest, fd: number, fdflags: number, out: number): number {
  socketOf(guest, fd);
  guest.range(out, 4);
  if ((fdflags & ~NONBLOCK) !== 0) throw errno('EINVAL');
  const accepted = guest.sys.accept(guest.process, fd, openFlagsOf(fdflags));
  if (accepted === BLOCKED) return guest.suspend((later: number) => (guest.setU32(out, later), 0));
  guest.setU32(out, accepted);
  return 0;
}

export function sock_recv(guest: Guest, fd: number, vector: number, count: number, flags: number, out: number, flagsOut: number): number {
  socketOf(guest, fd);
  // RECV_PEEK and RECV_WAITALL need a socket queue that no emulated socket has.
  if (flags !== 0) throw errno('EOPNOTSUPP');
  guest.setU16(flagsOut, 0);
  return fd_read(guest, fd, vector, count, out);
}

export function sock_send(guest: Guest, fd: number, vector: number, count: number, flags: number, out: number): number {
  socketOf(guest, fd);
  if (flags !== 0) throw errno('EINVAL');
  return fd_write(guest, fd, vector, count, out);
}

export function sock_shutdown(guest: Guest, fd: number, how: number): number {
  socketOf(guest, fd);
  if (how < 1 || how > 3) throw errno('EINVAL');
  throw errno('EOPNOTSUPP');
}
