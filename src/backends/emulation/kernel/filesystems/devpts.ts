import { errno } from '../../errno.ts';
import { pseudoFileSystem, type PseudoEntry } from '../../vfs/pseudo.ts';
import { type FileSystem, makedev, S_IFCHR } from '../../vfs/types.ts';
import type { KernelState } from '../state.ts';
import { PTS_MAJOR } from '../tty/slave.ts';

const DEVPTS_SUPER_MAGIC = 0x1cd1;
const PTMX = makedev(5, 2);

/** devpts: the terminals of this kernel, and the ptmx that makes them. Options: gid, uid, mode, ptmxmode, max, newinstance. */
export function devptsFileSystem(kernel: KernelState, data: string): FileSystem {
  const options = parse(data);
  const ptmx: PseudoEntry = { kind: 'device', mode: S_IFCHR | options.ptmxmode, rdev: PTMX };
  const fs = pseudoFileSystem({
    type: 'devpts',
    magic: DEVPTS_SUPER_MAGIC,
    superOptions: describe(options),
    root: { kind: 'directory', mode: 0o755, entries: { ptmx }, lookup: (name) => slave(kernel, name), list: () => indices(kernel) },
  });
  kernel.newTerminal = { mode: options.mode, uid: options.uid, gid: options.gid };
  for (const terminal of kernel.terminals?.values() ?? []) {
    terminal.permissions = options.mode;
    if (options.gid !== undefined) terminal.gid = options.gid;
  }
  kernel.devpts = fs;
  return fs;
}

function* indices(kernel: KernelState): Generator<string> {
  for (const terminal of kernel.terminals?.values() ?? []) if (terminal.masterOpen) yield String(terminal.index);
}

function slave(kernel: KernelState, name: string): PseudoEntry | undefined {
  const terminal = /^(0|[1-9][0-9]*)$/.test(name) ? kernel.terminals?.get(Number(name)) : undefined;
  if (terminal === undefined || !terminal.masterOpen) return undefined;
  return {
    kind: 'device',
    key: terminal,
    rdev: makedev(PTS_MAJOR, terminal.index),
    // As they are when they are asked for: a bind (/dev/console) holds this entry while the terminal changes hands.
    get mode() {
      return S_IFCHR | terminal.permissions;
    },
    get uid() {
      return terminal.uid;
    },
    get gid() {
      return terminal.gid;
    },
    setAttributes: ({ mode, uid, gid }) => {
      if (mode !== undefined) terminal.permissions = mode;
      if (uid !== undefined) terminal.uid = uid;
      if (gid !== undefined) terminal.gid = gid;
    },
  };
}

interface Options {
  mode: number;
  ptmxmode: number;
  uid: number | undefined;
  gid: number | undefined;
}

function parse(data: string): Options {
  const options: Options = { mode: 0o600, ptmxmode: 0, uid: undefined, gid: undefined };
  for (const text of data.split(',')) {
    const [name = '', value = ''] = text.split('=', 2);
    if (name === '' || name === 'newinstance' || name === 'rw') continue;
    else if (name === 'mode') options.mode = number(value, 8) & 0o777;
    else if (name === 'ptmxmode') options.ptmxmode = number(value, 8) & 0o777;
    else if (name === 'uid') options.uid = number(value, 10);
    else if (name === 'gid') options.gid = number(value, 10);
    else if (name === 'max') number(value, 10);
    else throw errno('EINVAL');
  }
  return options;
}

function number(text: string, radix: number): number {
  const value = /^[0-9]+$/.test(text) ? Number.parseInt(text, radix) : Number.NaN;
  if (Number.isNaN(value)) throw errno('EINVAL');
  return value;
}

function describe({ mode, ptmxmode, uid, gid }: Options): string {
  const octal = (value: number): string => value.toString(8).padStart(3, '0');
  const ids = [...(uid === undefined ? [] : [`uid=${uid}`]), ...(gid === undefined ? [] : [`gid=${gid}`])];
  return ['rw', ...ids, `mode=${octal(mode)}`, `ptmxmode=${octal(ptmxmode)}`].join(',');
}
