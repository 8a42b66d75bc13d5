/** Terminals for tests. */
import { TCGETS, TCSETS } from '../tty/ioctl.ts';
import * as t from '../tty/termios.ts';
import type { Process, SystemCalls, Tty } from '../types.ts';
import { World } from './world.ts';

export const decode = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

/** A terminal with a slave on descriptors 0 to 2 of pid 1, and what the screen got. */
export function terminalWorld(): { world: World; tty: Tty; screen: () => string; files: SpawnFiles } {
  const world = new World();
  const tty = world.kernel.createTty({ columns: 80, rows: 24 });
  let output = '';
  tty.onOutput((bytes) => {
    output += decode(bytes);
    return true;
  });
  const slave = tty.openSlave();
  return { world, tty, screen: () => output, files: { files: [slave, slave, slave], tty } };
}
type SpawnFiles = { files: ReturnType<Tty['openSlave']>[]; tty: Tty };

export function setTermios(self: Process, sys: SystemCalls, change: (termios: t.Termios) => Partial<t.Termios>): void {
  const bytes = new Uint8Array(t.TERMIOS_SIZE);
  sys.ioctl(self, 0, TCGETS, bytes);
  const termios = t.readTermios(bytes);
  t.writeTermios(bytes, { ...termios, ...change(termios) });
  sys.ioctl(self, 0, TCSETS, bytes);
}

export const withCc = (cc: Uint8Array, changes: Readonly<Record<number, number>>): Uint8Array => {
  const copy = cc.slice();
  for (const [index, value] of Object.entries(changes)) copy[Number(index)] = value;
  return copy;
};
