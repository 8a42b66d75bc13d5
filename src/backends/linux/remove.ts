/** End what is left of a container and give back what create took. Works on an intent too: then there is no pid yet. */
import { TsrunError } from '../../core/errors.ts';
import { thawCgroup } from './cgroup/freezer.ts';
import { cgroupProcesses, killCgroup } from './cgroup/processes.ts';
import { removeCgroup } from './cgroup/remove.ts';
import type { LinuxHandle } from './handle.ts';
import { isAlive } from './proc.ts';
import { signalByPidfd } from './signal.ts';
import { sleep } from './sleep.ts';

const SIGKILL = 9;
const POLL_MS = 10;
/** As runc: 100 × 100 ms after SIGKILL. */
const PATIENCE_MS = 10_000;

/**
 * With `force` whatever runs is killed first. Without it the caller has seen the container stopped or created.
 * Everything in the cgroup goes: a first process that died may have left others behind (no pid namespace).
 */
export async function removeContainer(handle: LinuxHandle): Promise<void> {
  if (isAlive(handle.pid, handle.startTime)) {
    try {
      await signalByPidfd(handle.pid, handle.startTime, SIGKILL);
    } catch (error) {
      // Gone between the look and the signal is what we want.
      if (!(error instanceof TsrunError && error.code === 'STATE_CONFLICT')) throw error;
    }
  }
  const others = cgroupProcesses(handle.cgroup).length > 0;
  // Mostly nobody is left, as after `run`.
  if (others || isAlive(handle.pid, handle.startTime)) {
    if (others) await killCgroup(handle.cgroup, SIGKILL);
    // A frozen v1 cgroup does not act on SIGKILL until it is thawed.
    await thawCgroup(handle.cgroup);
    await waitForEnd(handle);
  }
  await removeCgroup(handle.cgroup);
}

async function waitForEnd(handle: LinuxHandle): Promise<void> {
  for (let waited = 0; isAnyAlive(handle); waited += POLL_MS) {
    if (waited >= PATIENCE_MS) throw new TsrunError('STATE_CONFLICT', 'container init still running');
    await sleep(POLL_MS);
  }
}

function isAnyAlive(handle: LinuxHandle): boolean {
  return isAlive(handle.pid, handle.startTime) || cgroupProcesses(handle.cgroup).some((pid) => isAlive(pid));
}
