/**
 * How all kernels of one OS process share its event loop. Work starts in a microtask (a fresh container must not wait for a
 * turn of the loop); once a turn has given SLICE_MS to guests, what is left waits for the next setImmediate, so that
 * sockets, timers and signals of the host are served however busy the guests are.
 */
const SLICE_MS = 10;
/** performance.now() at which this turn's share is used up; 0: no turn has begun. */
let deadline = 0;
let armed = false;
let later: (() => void)[] = [];

/** Has this turn given guests their share? The first to ask begins one: an asynchronous program comes back in any turn. */
export function spent(): boolean {
  if (deadline === 0) begin();
  return performance.now() >= deadline;
}

/** Calls `job` in this turn of the event loop when it has time left, else in the next. Never synchronously. */
export function soon(job: () => void): void {
  if (spent()) later.push(job);
  else queueMicrotask(job);
}

function begin(): void {
  deadline = performance.now() + SLICE_MS;
  arm();
}

function arm(): void {
  if (armed) return;
  armed = true;
  setImmediate(turn);
}

function turn(): void {
  armed = false;
  deadline = 0;
  if (later.length === 0) return;
  const jobs = later;
  later = [];
  begin();
  for (const [index, job] of jobs.entries()) {
    if (index > 0 && spent()) {
      later = jobs.slice(index).concat(later);
      return;
    }
    job();
  }
}
