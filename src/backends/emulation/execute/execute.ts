/** Executes a plan over the emulated kernel: one handler an instruction, and none without one. */
import type { Op, OpName, OpOf } from '../../../plan/ops.ts';
import { console, session } from './console.ts';
import { stepFailure } from './failure.ts';
import { hook } from './hooks.ts';
import * as identity from './identity.ts';
import { timeOffsets } from './time.ts';
import { joinNamespace } from './namespaces.ts';
import { maskPath, readonlyPath } from './masks.ts';
import { attachTree, bind, mountAttr, mountNew, openTree, propagation, remount, rootPropagation } from './mounts.ts';
import { mkdir, mknod, symlink } from './nodes.ts';
import { awaitStart, exec } from './program.ts';
import type { World } from './world.ts';

/** index: of the instruction in its plan, for messages. */
type Handler<O extends OpName> = (world: World, op: OpOf<O>, index: number) => Promise<void> | undefined | void;

/** Without effect here, or with the one that it has already: applied.ts says which and why. */
const nothing = (): void => undefined;

const HANDLERS: { readonly [O in OpName]: Handler<O> } = {
  startSocket: nothing,
  consoleSocket: nothing, // the supervisor was started on the slave of that pty (supervisor/launch.ts)
  pidfdSocket: nothing,
  deviceFilter: nothing, // the kernel was made with its rules (kernel.ts)
  openTree,
  monitor: nothing,
  notifySocket: nothing,
  serviceManager: nothing,
  awaitReady: nothing,
  joinCgroup: nothing, // the kernel was made in it (container.ts)
  joinNamespace,
  unshare: nothing,
  idMap: nothing, // the kernel was made with it (container.ts)
  becomeRoot: nothing,
  timeOffsets,
  barrier: (world, op) => world.barrier(op.name),
  netDevice: nothing,
  loopbackUp: nothing,
  rootfs: nothing, // the mount namespace begins with it (container.ts)
  mount: mountNew,
  bind,
  attachTree,
  mountAttr,
  propagation,
  remount,
  mkdir,
  mknod,
  symlink,
  maskPath,
  readonlyPath,
  pivotRoot: nothing, // every path is one of the container from the beginning
  rootPropagation,
  console,
  sethostname: identity.sethostname,
  setdomainname: identity.setdomainname,
  sysctl: nothing, // the kernel was made with it (container.ts)
  hook,
  session,
  keyring: nothing,
  rlimit: identity.rlimit,
  oomScoreAdj: identity.oomScoreAdj,
  scheduler: nothing,
  ioPriority: nothing,
  cpuAffinity: nothing,
  memoryPolicy: nothing,
  personality: nothing, // PER_LINUX; another is refused by check
  label: nothing,
  chdir: identity.chdir,
  umask: identity.umask,
  ids: identity.ids,
  capabilities: identity.capabilities,
  noNewPrivileges: identity.noNewPrivileges,
  seccomp: nothing,
  awaitStart,
  exec,
};

/** A plan that can be executed in two parts: up to `created`, and on `start`. */
export class Execution {
  readonly #world: World;
  readonly #ops: readonly Op[];
  #next = 0;

  constructor(world: World, ops: readonly Op[]) {
    this.#world = world;
    this.#ops = ops;
  }

  /**
   * Everything up to the process that waits. createContainer hooks come last: a process of the kernel needs an init to
   * belong to, and that has pid 1. Rejects with TsrunError.
   */
  async create(): Promise<void> {
    const hooks: number[] = [];
    const end = this.#ops.findIndex(({ op }) => op === 'awaitStart') + 1;
    for (; this.#next < end; this.#next++) {
      if (this.#ops[this.#next]?.op === 'hook') {
        hooks.push(this.#next);
        continue;
      }
      const waits = this.#run(this.#next);
      if (waits !== undefined) await waits;
    }
    for (const index of hooks) await this.#run(index);
  }

  /** startContainer hooks, then the program runs. */
  async start(): Promise<void> {
    for (; this.#next < this.#ops.length; this.#next++) {
      const waits = this.#run(this.#next);
      if (waits !== undefined) await waits;
    }
  }

  /** A promise only of what really waits: most of the fifty instructions do not, and a turn of microtasks costs more than many do. */
  #run(index: number): Promise<void> | undefined {
    const op = this.#ops[index] as Op;
    const handler = HANDLERS[op.op] as Handler<OpName>;
    try {
      const waits = handler(this.#world, op, index);
      return waits?.catch((error: unknown) => {
        throw stepFailure(op, index, error);
      });
    } catch (error) {
      throw stepFailure(op, index, error);
    }
  }
}
