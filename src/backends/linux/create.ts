/** From a valid config to a created container: helper, facts → plan → cgroup → instructions (docs/architecture.md). */
import { readlinkSync } from 'node:fs';
import { TsrunError } from '../../core/errors.ts';
import type { Spec } from '../../oci/spec.ts';
import { planCreate } from '../../plan/plan.ts';
import type { HostFacts } from '../../plan/facts.ts';
import type { Op } from '../../plan/ops.ts';
import type { Created, CreateRequest } from '../backend.ts';
import { applyPidsLimit, applyResources, createCgroup, removeCgroup, resolveCgroup } from './cgroup/cgroup.ts';
import { lateSteps } from './failure.ts';
import type { LinuxHandle } from './handle.ts';
import { type Helper, startHelper } from './helper.ts';
import { gatherHostFacts } from './host.ts';
import { planned } from './planned.ts';
import { startTimeOf } from './proc.ts';

export async function createContainer(request: CreateRequest<LinuxHandle>): Promise<Created<LinuxHandle>> {
  const { uidMappings = [], gidMappings = [] } = request.config.linux ?? {};
  // First of all, so that it makes itself ready while we plan.
  const helper = await startHelper({
    preserveFds: request.preserveFds,
    attached: request.attached,
    warn: request.warn,
    barrier: async (name, pid) =>
      name === 'idmap'
        ? (await import('./id-maps.ts')).writeIdMaps(pid, uidMappings, gidMappings) // child_process is not free to load
        : request.namespacesReady(pid),
  });
  try {
    return await createWith(helper, request);
  } catch (error) {
    await helper.kill();
    throw error;
  }
}

async function createWith(helper: Helper, request: CreateRequest<LinuxHandle>): Promise<Created<LinuxHandle>> {
  const { config } = request;
  const facts = gatherHostFacts();
  const cgroup = resolveCgroup(config, request.id, facts, request.options);
  const intent: LinuxHandle = {
    pid: 0,
    startTime: 0,
    ownPidNamespace: config.linux?.namespaces?.some(({ type, path }) => type === 'pid' && !path) ?? false,
    cgroup,
    late: { first: 0, steps: [] }, // with startNow there is no `start` to come
  };
  const notifyDir = request.notify ? (await import('./notify.ts')).makeNotifyDirectory(request.stateDir) : undefined;
  // Planning finds what cannot work before anything of the container exists.
  const ops = planned(() => planFor(request, facts, intent, notifyDir));

  const handle: LinuxHandle = request.startNow ? intent : { ...intent, late: lateSteps(ops) };
  request.intent(handle);
  try {
    createCgroup(cgroup, config, facts);
  } catch (error) {
    // What is there belongs to somebody else: `remove` must not find it by our intent.
    request.intent({ ...handle, cgroup: { ...cgroup, dirs: {} } });
    throw error;
  }
  try {
    applyResources(cgroup, config.linux?.resources ?? {}, { first: true });
    helper.carryOut(ops);
    const pid = await helper.created;
    // Helper and hooks were in the cgroup too; only now may a small limit be exact.
    applyPidsLimit(cgroup, config.linux?.resources ?? {});
    return result(request, { ...handle, pid, startTime: startTimeOf(pid) }, helper);
  } catch (error) {
    await helper.kill();
    await removeCgroup(cgroup);
    throw explain(error, config);
  }
}

/** The first process dies without a word when its memory limit is too small to set it up. */
function explain(error: unknown, config: Spec): unknown {
  const limit = config.linux?.resources?.memory?.limit;
  if (
    !(
      error instanceof TsrunError &&
      error.step === undefined &&
      error.code === 'STEP_FAILED' &&
      error.message.includes('killed') &&
      limit !== undefined &&
      limit > 0
    )
  )
    return error;
  return new TsrunError('CONFIG_UNSUPPORTED', `container init was OOM-killed (memory limit too low? it is ${limit} bytes)`, {
    pointer: '/linux/resources/memory/limit',
    cause: error,
  });
}

function result(request: CreateRequest<LinuxHandle>, handle: LinuxHandle, helper: Helper): Created<LinuxHandle> {
  const { pid } = handle;
  const start = async (): Promise<void> => {
    await helper.start();
    if (!request.attached) helper.release();
  };
  return {
    handle,
    pid,
    ...(request.startNow ? { start } : { commit: () => helper.commit() }),
    ...(request.attached && { process: { pid, exited: helper.exited, signal: (signal: number) => helper.signal(signal) } }),
  };
}

function planFor(request: CreateRequest<LinuxHandle>, facts: HostFacts, handle: LinuxHandle, notifyDir: string | undefined): readonly Op[] {
  const { stdio } = request;
  return planCreate(request.config, facts, {
    id: request.id,
    bundle: request.bundle,
    stateDir: request.stateDir,
    cgroup: handle.cgroup,
    stdio: stdio.kind,
    ...(stdio.kind === 'console-socket' && { consoleSocket: stdio.path }),
    ...(request.pidfdSocket !== undefined && { pidfdSocket: request.pidfdSocket }),
    preserveFds: request.preserveFds,
    noPivot: request.noPivot,
    noNewKeyring: request.noNewKeyring,
    ...(notifyDir !== undefined && { notifyDir }),
    readLink,
    attached: request.attached,
    subreaper: request.subreaper,
    startNow: request.startNow,
    warn: request.warn,
    hookState: (status: 'creating' | 'created') => request.hookState(status),
  });
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // no link, or nothing there: the bind mount then says what is wrong
  }
}
