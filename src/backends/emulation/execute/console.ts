/** The terminal of a process, and descriptors 0-2 of one without. */
import { FLAGS, type OpOf } from '../../../plan/ops.ts';
import { MS_NOEXEC, MS_NOSUID } from '../vfs/types.ts';
import { makeFile } from './nodes.ts';
import { find, type World } from './world.ts';

/** The slave is what descriptors 0-2 are; for the first process it is /dev/console too. */
export function console(world: World, op: OpOf<'console'>): void {
  const { kernel, vfs, draft, stdio } = world;
  const tty = kernel.createTty({ columns: op.columns, rows: op.rows });
  stdio.terminal(tty);
  draft.tty = tty;
  draft.files = [tty.openSlave(), tty.openSlave(), tty.openSlave()];
  if (((op.flags ?? 0) & FLAGS.CONSOLE_STDIO_ONLY) !== 0) return;
  const slave = find(world, `/dev/pts/${tty.index}`);
  if (slave === undefined || find(world, '/dev') === undefined) return; // no devpts in this config: no name for it
  vfs.bind(slave, makeFile(world, '/dev/console'), { flags: MS_NOSUID | MS_NOEXEC, recursive: false });
}

/** With the session comes what the process reads and writes. */
export function session({ kernel, draft, stdio }: World): void {
  const standard = draft.tty === undefined ? stdio.files(kernel) : draft.files;
  draft.files = [...standard, ...stdio.preserved(kernel)];
}
