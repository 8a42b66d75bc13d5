import { errno } from '../errno.ts';
import { O_CLOEXEC, type Location, type PathContext, S_IFDIR, S_IFMT } from '../vfs/types.ts';
import { close, duplicateTo, fileOf, put } from './descriptors.ts';
import { become, pathFor, prepare, resetSignals, variable } from './exec.ts';
import { DuplexFile } from './files/duplex.ts';
import { InputFile, OutputFile } from './files/stream.ts';
import { discard, newChild } from './fork.ts';
import { demandPid, demandUserProcess } from './limits.ts';
import { openLocation } from './open.ts';
import { credentialsOf, isGone, Proc } from './process.ts';
import { addProcess } from './process-table.ts';
import { setpgid, setsid } from './groups.ts';
import { Session } from './session.ts';
import { UNBLOCKABLE } from './signal-numbers.ts';
import { refresh } from './signals.ts';
import type { KernelState } from './state.ts';
import { cacheLimits } from './rlimits.ts';
import { HostTty } from './tty/host.ts';
import { takeTerminal } from './tty/job-control.ts';
import { TtyFile } from './tty/slave.ts';
import { BLOCKED, type SpawnActions, type SpawnRequest, Unwound } from './types.ts';

const X_OK = 1;

/** A process from outside: the container's first one, or one that enters it. In a session of its own. */
export function spawnFromHost(kernel: KernelState, request: SpawnRequest): Proc {
  demandPid(kernel);
  // As fork in a pid namespace whose init has ended.
  if (kernel.init !== undefined && isGone(kernel.init)) throw errno('ENOMEM');
  const context: PathContext = {
    root: kernel.vfs.root,
    cwd: kernel.vfs.root,
    credentials: credentialsOf(request.ids, request.capabilities),
    umask: request.umask,
  };
  const cwd = directoryAt(kernel, context, request.cwd);
  // What runs before the container's first process (hooks) must not take its pid.
  kernel.lastPid = Math.max(kernel.lastPid, 1);
  const pid = request.init ? 1 : kernel.newPid();
  if (kernel.processes.has(pid)) throw errno('EEXIST');
  const process = new Proc({
    ...context,
    kernel,
    pid,
    parent: undefined,
    pgid: pid,
    session: new Session(pid),
    cwd,
    executable: cwd,
    ids: request.ids,
    capabilities: request.capabilities,
    noNewPrivileges: request.noNewPrivileges,
    rlimits: request.rlimits,
  });
  cacheLimits(process);
  const path = request.argv[0] ?? '';
  const searchPath = searchPathOf(request.env);
  if (searchPath === '' && !path.includes('/')) throw errno('ENOENT');
  const image = prepare(process, process, { path, argv: request.argv, env: request.env, searchPath });
  for (const [fd, file] of request.files.entries()) {
    if (file === undefined) continue;
    file.retain();
    // As runc: streams of the host belong to who gets them, so that /dev/stdout can be opened.
    if (file instanceof InputFile || file instanceof OutputFile || file instanceof DuplexFile)
      file.node.give(request.ids.euid, file.node.gid);
    put(process, fd, file, false);
  }
  kernel.forks++;
  addProcess(process);
  if (request.init) kernel.init = process;
  process.held = request.held === true;
  if (request.tty instanceof HostTty) {
    takeTerminal(process, request.tty.terminal);
    // As runc does: the terminal belongs to who works at it.
    request.tty.terminal.uid = request.ids.euid;
    if (request.init) kernel.console = request.tty.terminal;
  }
  become(process, image);
  kernel.scheduler.ready(process);
  return process;
}

/** Of a container's program: relative entries of PATH are passed over, and there is no default, as with Go's exec.LookPath (runc). */
function searchPathOf(env: readonly string[]): string {
  const entries = (variable(env, 'PATH') ?? '').split(':');
  return entries.filter((entry) => entry.startsWith('/')).join(':');
}

function directoryAt(kernel: KernelState, context: PathContext, path: string): Location {
  const location = kernel.vfs.resolve(context, path);
  if ((location.inode.mode & S_IFMT) !== S_IFDIR) throw errno('ENOTDIR');
  kernel.vfs.access(context, location, X_OK);
  return location;
}

/** posix_spawn(3): a child that does `actions` and executes `path`, without a copy of memory. Gives its pid; fails as a whole. */
export function spawn(parent: Proc, path: string, argv: readonly string[], env: readonly string[], actions: SpawnActions): number {
  demandUserProcess(parent);
  demandPid(parent.kernel);
  const child = newChild(parent);
  try {
    if (actions.newSession === true) setsid(child);
    if (actions.pgid !== undefined) setpgid(child, 0, actions.pgid);
    if (actions.foreground !== undefined) toForeground(child, actions.foreground);
    if (actions.mask !== undefined) child.mask = actions.mask & ~UNBLOCKABLE;
    for (const action of actions.files) doAction(child, action);
    const searchPath = actions.search === true ? pathFor(parent, env) : undefined;
    const image = prepare(child, child, { path, argv, env, searchPath });
    if (actions.defaults !== undefined) resetSignals(child, actions.defaults);
    become(child, image);
  } catch (error) {
    // The start function of its module ended it: that is the child's end, not its parent's.
    if (error instanceof Unwound && isGone(child)) return child.pid;
    discard(child);
    throw error;
  }
  refresh(child);
  child.kernel.scheduler.ready(child);
  return child.pid;
}

function doAction(child: Proc, action: SpawnActions['files'][number]): void {
  child.kernel.caller = child;
  switch (action.action) {
    case 'close':
      // posix_spawn: closing what is not open is no error.
      if (child.descriptors[action.fd] !== undefined) close(child, action.fd);
      return;
    case 'dup2': {
      // The same number means: without close-on-exec.
      const same = child.descriptors[action.fd];
      if (action.from === action.fd && same !== undefined) same.cloexec = false;
      else duplicateTo(child, action.from, action.fd, false);
      return;
    }
    case 'open':
      openAt(child, action);
      return;
    case 'chdir':
      child.cwd = directoryAt(child.kernel, child, action.path);
      return;
    case 'fchdir': {
      const { location, kind } = fileOf(child, action.fd);
      if (location === undefined || kind !== 'directory') throw errno('ENOTDIR');
      child.cwd = location;
      return;
    }
    default:
  }
}

function openAt(child: Proc, { fd, path, flags, mode }: { fd: number; path: string; flags: number; mode: number }): void {
  if (fd < 0 || fd >= child.maxDescriptors) throw errno('EBADF');
  const { location } = child.kernel.vfs.open(child, path, flags, mode);
  const file = openLocation(child, location, flags);
  if (file === BLOCKED) {
    // The child does not run yet, and the parent must not wait in its stead: a fifo without its other end.
    child.blocked?.abandoned?.();
    child.blocked = undefined;
    throw errno('EAGAIN');
  }
  if (child.descriptors[fd] !== undefined) close(child, fd);
  put(child, fd, file, (flags & O_CLOEXEC) !== 0);
}

function toForeground(child: Proc, fd: number): void {
  const file = fileOf(child, fd);
  if (!(file instanceof TtyFile) || child.terminal !== file.terminal) throw errno('ENOTTY');
  file.terminal.foreground = child.pgid;
}
