import { errno } from '../../errno.ts';
import type { Location } from '../../vfs/types.ts';
import { BaseFile } from '../files/base.ts';
import type { Proc } from '../process.ts';
import { BLOCKED, type OpenFile, POLLHUP, POLLIN, POLLOUT, type Sys } from '../types.ts';
import { commonIoctl, FIONREAD, numberAt, putNumber, setForeground, TIOCGPGRP, TIOCGPTN, TIOCSPGRP, TIOCSPTLCK } from './ioctl.ts';
import type { Terminal } from './terminal.ts';

/** What opening /dev/ptmx gives a guest: the master side of a new terminal. */
export class MasterFile extends BaseFile {
  readonly kind: OpenFile['kind'] = 'tty';
  readonly terminal: Terminal;

  constructor(terminal: Terminal, flags: number, location: Location) {
    super(flags, location);
    this.terminal = terminal;
  }

  override get description(): string {
    return '/dev/ptmx';
  }

  private get slaveClosed(): boolean {
    return this.terminal.slaveSeen && this.terminal.slaves === 0;
  }

  override read(process: Proc, buffer: Uint8Array): Sys<number> {
    const { terminal } = this;
    const { ring } = terminal.output;
    if (buffer.length === 0) return 0;
    if (ring.length > 0) {
      const count = ring.take(buffer);
      terminal.outputTaken();
      return count;
    }
    if (this.slaveClosed) throw errno('EIO');
    if (this.nonBlocking) throw errno('EAGAIN');
    terminal.masterReadable.add(process);
    return BLOCKED;
  }

  override write(process: Proc, bytes: Uint8Array): Sys<number> {
    const { terminal } = this;
    if (bytes.length === 0) return 0;
    const count = terminal.receive(bytes);
    if (count > 0) return count;
    if (this.nonBlocking) throw errno('EAGAIN');
    terminal.masterWritable.add(process);
    return BLOCKED;
  }

  override poll(process: Proc, events: number, wait: boolean): number {
    const { terminal } = this;
    if (wait) {
      terminal.masterReadable.add(process);
      terminal.masterWritable.add(process);
    }
    const ready = (terminal.output.ring.length > 0 ? POLLIN : 0) | (terminal.input.full ? 0 : POLLOUT);
    return (ready & events) | (this.slaveClosed ? POLLHUP : 0);
  }

  ioctl(process: Proc, request: number, argument: Uint8Array): number {
    const { terminal } = this;
    switch (request >>> 0) {
      case TIOCGPTN:
        return putNumber(argument, terminal.index);
      case TIOCSPTLCK:
        terminal.locked = numberAt(argument) !== 0;
        return 0;
      case FIONREAD:
        return putNumber(argument, terminal.output.ring.length);
      case TIOCGPGRP:
        return putNumber(argument, terminal.foreground);
      case TIOCSPGRP:
        return setForeground(process, terminal, numberAt(argument));
      default:
        return commonIoctl(terminal, request >>> 0, argument);
    }
  }

  protected override close(): void {
    this.terminal.hangUp();
  }
}
