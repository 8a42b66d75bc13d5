/** poll_oneoff: subscriptions of 48 bytes to events of 32, over poll(2). */
import { errno, Errno } from '../../errno.ts';
import { BLOCKED, POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT, type PollRequest } from '../../kernel/types.ts';
import { WASI_ERRNO, wasiErrno } from '../errno.ts';
import type { Guest } from '../guest.ts';
import { descriptorOf, RIGHT, withRights } from './rights.ts';

const SUBSCRIPTION = 48;
const EVENT = 32;
const TYPE = { CLOCK: 0, FD_READ: 1, FD_WRITE: 2 };
const ABSTIME = 1;
const HANGUP = 1;
const FIONREAD = 0x541b;
const MAX_SUBSCRIPTIONS = 65536;

interface Event {
  readonly userdata: bigint;
  readonly type: number;
  readonly error: number;
  readonly bytes: number;
  readonly flags: number;
}

interface Timer {
  readonly userdata: bigint;
  readonly ms: number;
}

interface Watched {
  readonly userdata: bigint;
  readonly type: number;
  readonly request: PollRequest;
}

interface Wanted {
  readonly timers: Timer[];
  readonly watched: Watched[];
  /** What is known at once: subscriptions that are wrong. */
  readonly events: Event[];
}

export function poll_oneoff(guest: Guest, input: number, output: number, count: number, out: number): number {
  const number = count >>> 0;
  if (number === 0 || number > MAX_SUBSCRIPTIONS) throw errno('EINVAL');
  const start = guest.range(input, number * SUBSCRIPTION);
  guest.range(output, number * EVENT);
  guest.range(out, 4);
  const wanted: Wanted = { timers: [], watched: [], events: [] };
  for (let index = 0; index < number; index++) subscribe(guest, start + index * SUBSCRIPTION, wanted);
  const soonest = wanted.timers.length === 0 ? undefined : Math.min(...wanted.timers.map((timer) => timer.ms));
  const requests = wanted.watched.map((one) => one.request);
  const ready = guest.sys.poll(guest.process, requests, wanted.events.length > 0 ? 0 : soonest);
  if (ready === BLOCKED) {
    guest.waitMs = soonest;
    return guest.suspend((done: number) => finish(guest, wanted, done, soonest, output, out));
  }
  return finish(guest, wanted, ready, soonest, output, out);
}

function subscribe(guest: Guest, at: number, wanted: Wanted): void {
  const { view } = guest;
  const userdata = view.getBigUint64(at, true);
  const type = view.getUint8(at + 8);
  try {
    if (type === TYPE.CLOCK) {
      wanted.timers.push({ userdata, ms: milliseconds(guest, at) });
    } else if (type === TYPE.FD_READ || type === TYPE.FD_WRITE) {
      const fd = view.getInt32(at + 16, true);
      withRights(guest, fd, RIGHT.POLL_FD_READWRITE);
      wanted.watched.push({ userdata, type, request: { fd, events: type === TYPE.FD_READ ? POLLIN : POLLOUT, revents: 0 } });
    } else {
      throw errno('EINVAL');
    }
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    wanted.events.push({ userdata, type, error: wasiErrno(error), bytes: 0, flags: 0 });
  }
}

/** Time to wait for a clock subscription, 0 when it is past. */
function milliseconds(guest: Guest, at: number): number {
  const clock = guest.view.getUint32(at + 16, true);
  const timeout = guest.view.getBigUint64(at + 24, true);
  if (clock > 1) throw errno('EINVAL');
  if ((guest.view.getUint16(at + 40, true) & ABSTIME) === 0) return Number(timeout) / 1e6;
  const now = guest.sys.clock(guest.process, clock);
  return timeout > now ? Number(timeout - now) / 1e6 : 0;
}

function finish(guest: Guest, wanted: Wanted, ready: number, soonest: number | undefined, output: number, out: number): number {
  const { events } = wanted;
  for (const { userdata, type, request } of wanted.watched) {
    if (request.revents === 0) continue;
    const invalid = (request.revents & POLLNVAL) !== 0;
    events.push({
      userdata,
      type,
      error: invalid ? WASI_ERRNO.BADF : WASI_ERRNO.SUCCESS,
      bytes: invalid ? 0 : available(guest, request.fd, type),
      flags: (request.revents & (POLLHUP | POLLERR)) !== 0 ? HANGUP : 0,
    });
  }
  if (ready === 0 && events.length === 0)
    for (const { userdata, ms } of wanted.timers) {
      if (ms === soonest) events.push({ userdata, type: TYPE.CLOCK, error: WASI_ERRNO.SUCCESS, bytes: 0, flags: 0 });
    }
  events.forEach((event, index) => put(guest, (output >>> 0) + index * EVENT, event));
  guest.setU32(out, events.length);
  return 0;
}

function put(guest: Guest, at: number, event: Event): void {
  guest.setU64(at, event.userdata);
  guest.setSize(at + 8, event.error | (event.type << 16));
  guest.setSize(at + 16, event.bytes);
  guest.setSize(at + 24, event.flags);
}

/** Bytes that can be read at once; wasi-libc answers ioctl(FIONREAD) with it. At least 1, since the descriptor is ready. */
function available(guest: Guest, fd: number, type: number): number {
  if (type !== TYPE.FD_READ) return 1;
  const { file } = descriptorOf(guest, fd);
  if (file.kind === 'file') return Math.max(0, guest.sys.fstat(guest.process, fd).size - file.position);
  const answer = new Uint8Array(4);
  try {
    if (guest.sys.ioctl(guest.process, fd, FIONREAD, answer) === BLOCKED) return 1;
  } catch (error) {
    if (error instanceof Errno) return 1; // a device that cannot tell
    throw error;
  }
  return Math.max(1, new DataView(answer.buffer).getUint32(0, true));
}
