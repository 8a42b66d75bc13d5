import { errno } from '../errno.ts';
import { block } from './blocking.ts';
import { passed } from './deadline.ts';
import { ACT, DUE, type Proc } from './process.ts';
import { UNBLOCKABLE } from './signal-numbers.ts';
import { refresh } from './signals.ts';
import { BLOCKED, type PollRequest, POLLNVAL, type Sys } from './types.ts';

/** poll(2), ppoll(2). With a mask: it holds while the call waits; when a signal ends it, until that signal's handler was taken. */
export function poll(process: Proc, requests: readonly PollRequest[], timeoutMs: number | undefined, mask?: bigint): Sys<number> {
  if (requests.length > process.maxDescriptors) throw errno('EINVAL');
  if (mask !== undefined) {
    process.savedMask ??= process.mask;
    process.mask = mask & ~UNBLOCKABLE;
    refresh(process);
  }
  const end = timeoutMs === undefined || timeoutMs < 0 ? Infinity : performance.now() + timeoutMs;
  const look = (): Sys<number> => {
    const ready = scan(process, requests);
    if (ready === 0 && timeoutMs !== 0 && !passed(process, end)) return BLOCKED;
    if (mask !== undefined) restoreMask(process);
    return ready;
  };
  const first = look();
  return first === BLOCKED ? block(process, look) : first;
}

function restoreMask(process: Proc): void {
  // A handler that became due under the temporary mask is taken under it (nextSignal puts the mask back).
  if (process.savedMask === undefined || (process.attention & (ACT | DUE)) !== 0) return;
  process.mask = process.savedMask;
  process.savedMask = undefined;
  refresh(process);
}

/** As Linux: once something is ready nobody is put on a queue any more. */
function scan(process: Proc, requests: readonly PollRequest[]): number {
  let ready = 0;
  for (const request of requests) {
    request.revents = 0;
    if (request.fd < 0) continue;
    const file = process.descriptors[request.fd]?.file;
    request.revents = file === undefined || file.kind === 'path' ? POLLNVAL : file.poll(process, request.events, ready === 0);
    if (request.revents !== 0) ready++;
  }
  return ready;
}
