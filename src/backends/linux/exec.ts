/** `exec`: one more process in a running container's namespaces and cgroup, made by the same helper from a shorter plan. */
import { join } from 'node:path';
import { TsrunError } from '../../core/errors.ts';
import { planExec } from '../../plan/plan.ts';
import type { Op } from '../../plan/ops.ts';
import type { Attached, ExecRequest } from '../backend.ts';
import type { LinuxHandle } from './handle.ts';
import { startHelper } from './helper.ts';
import { gatherHostFacts } from './host.ts';
import { planned } from './planned.ts';
import { isAlive } from './proc.ts';

export async function execInContainer(handle: LinuxHandle, request: ExecRequest): Promise<{ pid: number; process?: Attached }> {
  if (!isAlive(handle.pid, handle.startTime)) throw new TsrunError('STATE_CONFLICT', 'cannot exec in a stopped container');
  const helper = await startHelper({
    preserveFds: request.preserveFds,
    attached: request.attached,
    warn: request.warn,
    barrier: (name) => Promise.reject(new TsrunError('HELPER_MISMATCH', `exec has no barrier ${name}`)),
  });
  try {
    helper.carryOut(planned(() => planFor(handle, request)));
    const pid = await helper.created;
    await helper.start();
    if (!request.attached) {
      helper.release();
      return { pid };
    }
    return { pid, process: { pid, exited: helper.exited, signal: (signal) => helper.signal(signal) } };
  } catch (error) {
    await helper.kill();
    throw error;
  }
}

function planFor(handle: LinuxHandle, request: ExecRequest): readonly Op[] {
  const { stdio } = request;
  return planExec(request.process, request.config, gatherHostFacts(), {
    target: { pid: handle.pid },
    state: request.state,
    cgroupDirs: cgroupDirs(handle, request.cgroups),
    stdio: stdio.kind,
    ...(stdio.kind === 'console-socket' && { consoleSocket: stdio.path }),
    ...(request.pidfdSocket !== undefined && { pidfdSocket: request.pidfdSocket }),
    preserveFds: request.preserveFds,
    attached: request.attached,
    subreaper: request.subreaper,
    warn: request.warn,
  });
}

/** Host cgroup directories to join: the container's own, or `--cgroup [controllers:]path` below them. */
function cgroupDirs(handle: LinuxHandle, wanted: readonly string[]): readonly string[] {
  const dirs: Record<string, string> = { ...handle.cgroup.dirs };
  for (const argument of wanted) {
    const colon = argument.indexOf(':');
    const controllers = colon < 0 ? undefined : argument.slice(0, colon).split(',');
    const path = argument.slice(colon + 1);
    if (path.split('/').includes('..'))
      throw new TsrunError('USAGE', `--cgroup ${argument}: ${path} is not a sub cgroup path: it may not leave the container's cgroup`);
    for (const [key, dir] of Object.entries(handle.cgroup.dirs)) {
      if (controllers === undefined || key.split(',').some((name) => controllers.includes(name))) dirs[key] = join(dir, path);
    }
    const unknown = controllers?.find((name) => !Object.keys(handle.cgroup.dirs).some((key) => key.split(',').includes(name)));
    if (unknown !== undefined) throw new TsrunError('USAGE', `--cgroup ${argument}: the container has no cgroup of controller ${unknown}`);
  }
  return Object.values(dirs);
}
