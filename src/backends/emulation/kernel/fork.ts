import { copyDescriptors } from './descriptors.ts';
import { demandPid, demandUserProcess, enforceMemory } from './limits.ts';
import { countMemory } from './memory.ts';
import { isGone, Proc } from './process.ts';
import { addProcess, removeProcess } from './process-table.ts';
import { cacheLimits } from './rlimits.ts';
import { EXITED } from './signal-actions.ts';
import type { Process, Program } from './types.ts';

/** fork(2): the child has all but its parent's memory, which `copy` gives it. EAGAIN at limits; nothing is left of a failure. */
export function fork(process: Proc, copy: (child: Process) => Program): Proc {
  demandUserProcess(process);
  demandPid(process.kernel);
  const { kernel } = process;
  enforceMemory(kernel, process, process.program?.memoryBytes ?? 0);
  if (isGone(process)) throw EXITED;
  const child = newChild(process);
  try {
    child.program = copy(child);
  } catch (error) {
    discard(child);
    throw error;
  }
  enforceMemory(kernel, child);
  if (isGone(process)) throw EXITED;
  kernel.scheduler.ready(child);
  return child;
}

/** The child's structure, in the table, without a program. */
export function newChild(process: Proc): Proc {
  const { kernel } = process;
  const child = new Proc({
    kernel,
    pid: kernel.newPid(),
    parent: process,
    pgid: process.pgid,
    session: process.session,
    root: process.root,
    cwd: process.cwd,
    executable: process.executable,
    umask: process.umask,
    ids: process.ids,
    capabilities: process.capabilities,
    noNewPrivileges: process.noNewPrivileges,
    rlimits: process.rlimits,
  });
  cacheLimits(child);
  child.argv = process.argv;
  child.env = process.env;
  child.comm = process.comm;
  child.gaveUpTerminal = process.gaveUpTerminal;
  child.keepCapabilities = process.keepCapabilities;
  child.oomScoreAdjust = process.oomScoreAdjust;
  child.mask = process.savedMask ?? process.mask;
  child.actions = process.actions;
  child.handled = process.handled;
  child.ignored = process.ignored;
  copyDescriptors(process, child);
  kernel.forks++;
  addProcess(child);
  process.adopt(child);
  return child;
}

/** A child that never ran: nobody hears of it. */
export function discard(child: Proc): void {
  for (const descriptor of child.descriptors) descriptor?.file.release();
  child.descriptors = [];
  child.state = 'dead';
  child.waitStatus = 0;
  child.program = undefined;
  countMemory(child);
  child.parent?.loseChild(child);
  removeProcess(child);
}
