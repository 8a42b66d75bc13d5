/** OOM events of a container's memory cgroup; the helper watches, since JavaScript has neither eventfd nor inotify on cgroup files. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { TsrunError } from '../../core/errors.ts';
import { oomDirectory } from './cgroup/place.ts';
import type { LinuxHandle } from './handle.ts';
import { helperPath } from './helper-path.ts';

/** One item per OOM kill; ends with the container's cgroup or when `signal` aborts. */
export async function* watchOom(handle: LinuxHandle, signal: AbortSignal): AsyncIterable<{ readonly type: 'oom' }> {
  const where = oomDirectory(handle.cgroup);
  if (where === undefined) throw new TsrunError('CONFIG_UNSUPPORTED', 'the container has no memory cgroup: no OOM events');
  // Its end of standard input ends the watcher, so that it never outlives us.
  const watcher = spawn(helperPath(), ['oom', where.dir, where.version], { env: {}, cwd: '/', stdio: ['pipe', 'pipe', 'inherit'] });
  signal.addEventListener('abort', () => watcher.stdin.end(), { once: true });
  try {
    for await (const line of createInterface({ input: watcher.stdout })) {
      if (line === 'oom') yield { type: 'oom' };
    }
  } finally {
    watcher.stdin.end();
  }
}
