import type { Terminal } from './tty/terminal.ts';
import type { KernelState } from './state.ts';
import { isGone, type Proc } from './process.ts';

/** A session (setsid(2)): process groups that share a controlling terminal. */
export class Session {
  readonly id: number;
  terminal: Terminal | undefined;
  /** Foreground group of a terminal that hung up: it hears of it when the leader ends. */
  lostForeground = 0;

  constructor(id: number) {
    this.id = id;
  }
}

/** Members of a process group, zombies included. */
export function groupMembers(kernel: KernelState, pgid: number): Iterable<Proc> {
  return kernel.groups.get(pgid) ?? [];
}

/**
 * POSIX "orphaned process group": no member has a parent in another group of the same session, so nobody is there to
 * continue it when it stops. `leaving` does not count (it is about to end).
 */
export function isOrphaned(kernel: KernelState, pgid: number, leaving?: Proc): boolean {
  for (const member of groupMembers(kernel, pgid)) {
    const { parent } = member;
    if (member === leaving || isGone(member) || parent === undefined) continue;
    if (parent.pgid !== pgid && parent.session === member.session) return false;
  }
  return true;
}

export function hasStopped(kernel: KernelState, pgid: number): boolean {
  for (const member of groupMembers(kernel, pgid)) if (member.state === 'stopped') return true;
  return false;
}
