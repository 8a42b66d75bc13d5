import { errno } from '../errno.ts';
import { type Inode, type Location, majorOf, minorOf, O_ACCMODE, O_NOCTTY, O_RDONLY, O_WRONLY, S_IFBLK, S_IFMT } from '../vfs/types.ts';
import { isReadable } from './files/base.ts';
import { DeviceFile, MEMORY_DEVICES } from './files/device.ts';
import type { Proc } from './process.ts';
import { takeTerminal } from './tty/job-control.ts';
import { MasterFile } from './tty/master.ts';
import { createTerminal } from './tty/ptys.ts';
import { PTS_MAJOR, TtyFile } from './tty/slave.ts';
import type { Terminal } from './tty/terminal.ts';
import type { OpenFile } from './types.ts';

const MEMORY_MAJOR = 1;
const TTY_MAJOR = 5;
const TTY = 0;
const CONSOLE = 1;
const PTMX = 2;

/** EPERM where the device cgroup forbids it, whether there is such a device or not. */
export function demandDevice({ kernel }: Proc, { mode, rdev }: Inode, flags: number): void {
  const access = (flags & O_ACCMODE) === O_RDONLY ? 'r' : (flags & O_ACCMODE) === O_WRONLY ? 'w' : 'rw';
  const type = (mode & S_IFMT) === S_IFBLK ? 'b' : 'c';
  if (kernel.options.allowsDevice?.(type, majorOf(rdev), minorOf(rdev), access) === false) throw errno('EPERM');
}

/** Opens a character device by its number. ENXIO for one that this kernel has no driver of. */
export function openDevice(process: Proc, location: Location, flags: number): OpenFile {
  const { rdev } = location.inode;
  const minor = minorOf(rdev);
  switch (majorOf(rdev)) {
    case MEMORY_MAJOR: {
      const driver = MEMORY_DEVICES.get(minor);
      if (driver === undefined) break;
      return new DeviceFile(driver, flags, location);
    }
    case TTY_MAJOR:
      return openTtyDevice(process, location, flags, minor);
    case PTS_MAJOR: {
      const terminal = process.kernel.terminals?.get(minor);
      // EIO as Linux has it: the master is gone or still locked.
      if (terminal === undefined || !terminal.masterOpen || terminal.locked) throw errno('EIO');
      return openTerminal(process, terminal, location, flags);
    }
    default:
  }
  throw errno('ENXIO');
}

function openTtyDevice(process: Proc, location: Location, flags: number, minor: number): OpenFile {
  const { kernel } = process;
  if (minor === TTY) {
    if (process.terminal === undefined) throw errno('ENXIO');
    return new TtyFile(process.terminal, flags, location);
  }
  if (minor === CONSOLE) {
    if (kernel.console === undefined || !kernel.console.masterOpen) throw errno('ENXIO');
    // tty_open: the console never becomes a controlling terminal by being opened.
    return new TtyFile(kernel.console, flags, location);
  }
  if (minor !== PTMX) throw errno('ENXIO');
  const terminal = createTerminal(kernel);
  terminal.locked = true;
  terminal.uid = kernel.newTerminal?.uid ?? process.credentials.uid;
  terminal.gid = kernel.newTerminal?.gid ?? process.credentials.gid;
  return new MasterFile(terminal, flags, location);
}

/** A session leader without a terminal gets the one that it opens for reading, unless it says O_NOCTTY. */
function openTerminal(process: Proc, terminal: Terminal, location: Location, flags: number): OpenFile {
  const file = new TtyFile(terminal, flags, location);
  const leader = process.session.id === process.pid && process.session.terminal === undefined;
  if (leader && terminal.session === undefined && (flags & O_NOCTTY) === 0 && isReadable(flags)) takeTerminal(process, terminal);
  return file;
}
