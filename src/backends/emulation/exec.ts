/** `exec`: one more process in a running container. */
import { TsrunError } from '../../core/errors.ts';
import type { Attached, ExecRequest, Finding } from '../backend.ts';
import { announce } from './announce.ts';
import type { EmulationHandle } from './handle.ts';
import { containerStatus } from './status.ts';
import { relayedDescriptors } from './supervisor/preserved.ts';
import type { ExecOrder } from './supervisor/protocol.ts';

/**
 * The process has no pid on the host. Attached, this process stands for it. Detached, a small process of its own does,
 * whose pid can be written to a pid file, waited for and killed: it ends as the process in the container does, hands
 * signals on, and takes the process with it when it is killed.
 */
export async function execInContainer(handle: EmulationHandle, request: ExecRequest): Promise<{ pid: number; process?: Attached }> {
  refuse(request);
  if (containerStatus(handle).status === 'stopped') throw new TsrunError('STATE_CONFLICT', 'cannot exec in a stopped container');
  const preserved = relayedDescriptors(request.preserveFds);
  const order: ExecOrder = { process: request.process, standIn: !request.attached, preserved };
  const { stateDir } = handle;
  if (request.attached) {
    await announce(request, process.pid);
    const { attachExec } = await import('./supervisor/attach-exec.ts');
    const { exited, signal, findings } = await attachExec(stateDir, order);
    report(findings, request);
    return { pid: process.pid, process: { pid: process.pid, exited, signal } };
  }
  const { launch } = await import('./supervisor/launch.ts');
  const { EXEC } = await import('./supervisor/self.ts');
  const { stdio } = request;
  const { pid, connection, kill } = await launch(EXEC, stateDir, {
    consoleSocket: stdio.kind === 'console-socket' ? stdio.path : undefined,
    preserved,
  });
  try {
    const { findings } = await connection.request('exec', order);
    report(findings, request);
    await announce(request, pid);
  } catch (error) {
    kill();
    throw error;
  }
  connection.close();
  return { pid };
}

function report(findings: readonly Finding[], { warn }: ExecRequest): void {
  for (const { level, message, pointer } of findings) if (level !== 'visible') warn(message, pointer);
}

function refuse({ cgroups }: ExecRequest): void {
  if (cgroups.length > 0) throw new TsrunError('NOT_SUPPORTED', '--cgroup: an emulated container has one cgroup');
}
