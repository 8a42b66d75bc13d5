import { errno } from '../../errno.ts';
import { type Location, makedev, S_IFCHR, type Stat } from '../../vfs/types.ts';
import { passed } from '../deadline.ts';
import { anonymousStat, BaseFile } from '../files/base.ts';
import type { Proc } from '../process.ts';
import { SIGTTIN, SIGTTOU } from '../signal-numbers.ts';
import { BLOCKED, type OpenFile, POLLERR, POLLHUP, POLLIN, POLLOUT, type Sys } from '../types.ts';
import { slaveIoctl } from './ioctl.ts';
import { mayTouch } from './job-control.ts';
import type { Terminal } from './terminal.ts';
import { TOSTOP, VMIN, VTIME } from './termios.ts';

export const PTS_MAJOR = 136;

/** /dev/pts/N, or /dev/tty and /dev/console when they are this terminal. */
export class TtyFile extends BaseFile {
  readonly kind: OpenFile['kind'] = 'tty';
  readonly terminal: Terminal;
  private readonly generation: number;

  constructor(terminal: Terminal, flags: number, location?: Location) {
    super(flags, location);
    this.terminal = terminal;
    this.generation = terminal.hangUps;
    terminal.slaves++;
    terminal.slaveSeen = true;
  }

  get hungUp(): boolean {
    return this.generation !== this.terminal.hangUps || !this.terminal.masterOpen;
  }

  override get description(): string {
    return `/dev/pts/${this.terminal.index}`;
  }

  override read(process: Proc, buffer: Uint8Array): Sys<number> {
    const { terminal } = this;
    if (this.hungUp) return 0;
    if (!mayTouch(process, terminal, SIGTTIN)) return BLOCKED;
    if (buffer.length === 0) return 0;
    const { input } = terminal;
    const count = input.canonical ? (input.hasLine ? input.takeLine(buffer) : undefined) : this.readRaw(process, buffer);
    if (count !== undefined) {
      terminal.inputTaken();
      return count;
    }
    if (this.nonBlocking) throw errno('EAGAIN');
    terminal.readable.add(process);
    return BLOCKED;
  }

  /** MIN and TIME of termios(3); undefined: not yet. */
  private readRaw(process: Proc, buffer: Uint8Array): number | undefined {
    const { input, termios } = this.terminal;
    const minimum = termios.cc[VMIN] ?? 0;
    const tenths = termios.cc[VTIME] ?? 0;
    const { available } = input;
    if (available > 0 && (available >= Math.min(minimum, buffer.length) || this.nonBlocking)) return input.take(buffer);
    if (minimum === 0 && tenths === 0) return 0;
    if (this.nonBlocking || tenths === 0) return undefined;
    if (minimum > 0) return available > 0 && passed(process, input.lastByteAt + tenths * 100) ? input.take(buffer) : undefined;
    process.readBegan ??= performance.now();
    return passed(process, process.readBegan + tenths * 100) ? 0 : undefined;
  }

  override write(process: Proc, bytes: Uint8Array): Sys<number> {
    const { terminal } = this;
    if (this.hungUp) throw errno('EIO');
    if ((terminal.termios.lflag & TOSTOP) !== 0 && !mayTouch(process, terminal, SIGTTOU)) return BLOCKED;
    if (bytes.length === 0) return 0;
    const count = terminal.write(bytes);
    if (count > 0) return count;
    if (this.nonBlocking) throw errno('EAGAIN');
    terminal.writable.add(process);
    return BLOCKED;
  }

  override stat(): Stat {
    if (this.location !== undefined) return this.location.inode.stat();
    const { index, uid, gid, permissions, kernel } = this.terminal;
    // The same file as /dev/pts/N, so that ttyname(3) finds it.
    const node = kernel.devpts?.root.lookup(String(index));
    if (node !== undefined) return node.stat();
    return { ...anonymousStat(index + 3, S_IFCHR | permissions), uid, gid, rdev: makedev(PTS_MAJOR, index) };
  }

  override poll(process: Proc, events: number, wait: boolean): number {
    const { terminal } = this;
    if (this.hungUp) return (events & (POLLIN | POLLOUT)) | POLLHUP | POLLERR;
    if (wait) {
      terminal.readable.add(process);
      terminal.writable.add(process);
    }
    return events & ((terminal.hasInput ? POLLIN : 0) | (terminal.output.room > 8 ? POLLOUT : 0));
  }

  ioctl(process: Proc, request: number, argument: Uint8Array): Sys<number> {
    if (this.hungUp) throw errno('EIO');
    return slaveIoctl(process, this.terminal, request, argument);
  }

  protected override close(): void {
    const { terminal } = this;
    terminal.slaves--;
    if (terminal.slaves > 0) return;
    terminal.masterReadable.wake();
    if (!terminal.masterOpen) terminal.kernel.terminals?.delete(terminal.index);
  }
}
