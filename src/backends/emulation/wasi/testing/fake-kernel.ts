/**
 * Just enough of a kernel to run programs in unit tests of this folder: processes, pipes, byte streams, waiting. No paths but
 * those of executables, no signals, no permissions. What is missing throws ENOSYS.
 */
import { errno } from '../../errno.ts';
import {
  BLOCKED,
  Unwound,
  type Descriptor,
  type OpenFile,
  type Process,
  type Program,
  type ProgramLoader,
  type Sys,
  type SystemCalls,
} from '../../kernel/types.ts';
import { S_IFCHR, S_IFIFO, S_IFREG, type Inode, type Location, type Stat } from '../../vfs/types.ts';
import type { Entry } from '../guest.ts';

export interface FakeProcess extends Omit<Process, 'descriptors' | 'program' | 'waitStatus'> {
  descriptors: (Descriptor | undefined)[];
  program: Program | undefined;
  waitStatus: number | undefined;
  call: (() => Sys<unknown>) | undefined;
}

const stat = (mode: number, size: number): Stat => ({
  dev: 1,
  ino: 1,
  mode,
  nlink: 1,
  uid: 0,
  gid: 0,
  rdev: 0,
  size,
  blksize: 4096,
  blocks: 0,
  atime: 0n,
  mtime: 0n,
  ctime: 0n,
});

/** A file of fixed content that can be executed. */
export function fileOf(bytes: Uint8Array): Location {
  const inode = {
    mode: S_IFREG | 0o755,
    size: bytes.length,
    stat: () => stat(S_IFREG | 0o755, bytes.length),
    readAt(position: number, buffer: Uint8Array) {
      const part = bytes.subarray(position, position + buffer.length);
      buffer.set(part);
      return part.length;
    },
  };
  return { inode: inode as unknown as Inode } as Location;
}

type Io = Pick<OpenFile, 'read' | 'write'> & {
  readonly kind: OpenFile['kind'];
  readonly mode: number;
  readonly flags: number;
  closed?(): void;
};

function openFile(io: Io): OpenFile {
  let count = 1;
  return {
    location: undefined,
    description: io.kind,
    position: 0,
    stat: () => stat(io.mode, 0),
    poll: (_process, events) => events,
    retain: () => void count++,
    release: () => {
      if (--count === 0) io.closed?.();
    },
    ...io,
  };
}

const denied = (): never => {
  throw errno('EBADF');
};

export function sink(write: (bytes: Uint8Array) => void): OpenFile {
  return openFile({
    kind: 'stream',
    mode: S_IFCHR,
    flags: 1,
    read: denied,
    write: (_process, bytes) => (write(bytes.slice()), bytes.length),
  });
}

export function source(bytes: Uint8Array): OpenFile {
  let at = 0;
  const read = (_process: Process, buffer: Uint8Array): number => {
    const part = bytes.subarray(at, at + buffer.length);
    buffer.set(part);
    at += part.length;
    return part.length;
  };
  return openFile({ kind: 'stream', mode: S_IFCHR, flags: 0, read, write: denied });
}

const PIPE_ROOM = 65536;

function pipe(): [OpenFile, OpenFile] {
  let held: number[] = [];
  let readers = 1;
  let writers = 1;
  const read = (_process: Process, buffer: Uint8Array): Sys<number> => {
    if (held.length === 0) return writers === 0 ? 0 : BLOCKED;
    const part = held.slice(0, buffer.length);
    held = held.slice(part.length);
    buffer.set(part);
    return part.length;
  };
  const write = (_process: Process, bytes: Uint8Array): Sys<number> => {
    if (readers === 0) throw errno('EPIPE');
    const room = Math.min(PIPE_ROOM - held.length, bytes.length);
    if (room === 0) return BLOCKED;
    held = [...held, ...bytes.subarray(0, room)];
    return room;
  };
  return [
    openFile({ kind: 'pipe', mode: S_IFIFO, flags: 0, read, write: denied, closed: () => (readers = 0) }),
    openFile({ kind: 'pipe', mode: S_IFIFO, flags: 1, read: denied, write, closed: () => (writers = 0) }),
  ];
}

export class FakeKernel implements Entry {
  readonly hostname = 'fake';
  readonly domainname = '';
  readonly files = new Map<string, Location>();
  readonly table = new Map<number, FakeProcess>();
  readonly sys: SystemCalls;
  private readonly loader: ProgramLoader;
  private next = 1;

  constructor(loader: ProgramLoader) {
    this.loader = loader;
    this.sys = new Proxy(this.calls() as SystemCalls, {
      get: (calls, name) =>
        Reflect.get(calls, name) ??
        (() => {
          throw errno('ENOSYS');
        }),
    });
  }

  get processes(): ReadonlyMap<number, Process> {
    return this.table as ReadonlyMap<number, unknown> as ReadonlyMap<number, Process>;
  }

  spawn(path: string, argv: readonly string[], env: readonly string[], files: readonly OpenFile[]): FakeProcess {
    const process = this.make(0, files);
    process.program = this.loader.load(process, this.find(path), argv, env);
    return process;
  }

  /** Resumes every process in turn until none can go on. */
  async run(): Promise<void> {
    for (let idle = 0; idle < 3;) {
      let progress = false;
      for (const process of this.table.values()) {
        if (process.waitStatus !== undefined || process.program === undefined) continue;
        const pause = await process.program.resume();
        if (pause !== 'blocked') progress = true;
        else if (this.touched) progress = true;
        this.touched = false;
      }
      idle = progress ? 0 : idle + 1;
    }
  }
  private touched = false;

  ready(): never {
    throw new Error('here no program has a thread');
  }

  charge(): never {
    throw new Error('here no program has a thread');
  }

  retry(process: Process): Sys<unknown> {
    const { call } = process as FakeProcess;
    if (call === undefined) throw new Error('no blocked call');
    const result = call();
    if (result !== BLOCKED) {
      (process as FakeProcess).call = undefined;
      this.touched = true;
    }
    return result;
  }

  private make(ppid: number, files: readonly (OpenFile | undefined)[]): FakeProcess {
    const process = {
      pid: this.next++,
      ppid,
      rlimits: new Map(),
      ids: { ruid: 0, euid: 0, suid: 0, rgid: 0, egid: 0, sgid: 0, groups: [] },
      descriptors: files.map((file) => file && { file, cloexec: false }),
      program: undefined,
      waitStatus: undefined,
      call: undefined,
    } as unknown as FakeProcess;
    this.table.set(process.pid, process);
    return process;
  }

  private find(path: string): Location {
    const file = this.files.get(path);
    if (file === undefined) throw errno('ENOENT');
    return file;
  }

  private blocking<T>(p: Process, call: () => Sys<T>): Sys<T> {
    const result = call();
    if (result === BLOCKED) (p as FakeProcess).call = call;
    return result;
  }

  private file(p: Process, fd: number): OpenFile {
    const descriptor = p.descriptors[fd];
    if (descriptor === undefined) throw errno('EBADF');
    return descriptor.file;
  }

  private end(p: Process, status: number): never {
    const process = p as FakeProcess;
    process.waitStatus = status;
    process.descriptors.forEach((descriptor) => descriptor?.file.release());
    process.descriptors = [];
    process.program?.dispose();
    this.touched = true;
    throw new Unwound('exited');
  }

  private calls(): Partial<SystemCalls> {
    return {
      read: (p, fd, buffer) => this.blocking(p, () => this.file(p, fd).read(p, buffer)),
      write: (p, fd, bytes) => this.blocking(p, () => this.file(p, fd).write(p, bytes)),
      close: (p, fd) => {
        this.file(p, fd).release();
        (p as FakeProcess).descriptors[fd] = undefined;
      },
      pipe: (p) => {
        const { descriptors } = p as FakeProcess;
        const place = (file: OpenFile): number => {
          let fd = 0;
          while (descriptors[fd] !== undefined) fd++;
          descriptors[fd] = { file, cloexec: false };
          return fd;
        };
        const [read, write] = pipe();
        return [place(read), place(write)];
      },
      fstat: (p, fd) => this.file(p, fd).stat(),
      fork: (p, copy) => {
        const files = p.descriptors.map((one) => one?.file);
        files.forEach((file) => file?.retain());
        const child = this.make(p.pid, files);
        child.program = copy(child);
        return child;
      },
      execve: (p, path, argv, env) => {
        const process = p as FakeProcess;
        const program = this.loader.load(p, this.find(path), argv, env);
        process.program?.dispose();
        process.program = program;
        throw new Unwound('replaced');
      },
      exit: (p, status) => this.end(p, (status & 0xff) << 8),
      fault: (p, signal) => this.end(p, signal),
      wait: (p, pid, options) =>
        this.blocking(p, () => {
          const child = [...this.table.values()].find((one) => one.ppid === p.pid && (pid === -1 || one.pid === pid));
          if (child === undefined) throw errno('ECHILD');
          if (child.waitStatus === undefined) return options & 1 ? undefined : BLOCKED;
          this.table.delete(child.pid);
          return { pid: child.pid, status: child.waitStatus, cpuMs: 1 };
        }),
      yield: (p) => this.once(p),
      preempt: (p) => this.once(p),
      clock: () => BigInt(Math.round(performance.now() * 1e6)),
      poll: (p, requests, timeoutMs) => {
        const until = performance.now() + (timeoutMs ?? Infinity);
        return this.blocking(p, () => {
          if (requests.length === 0) return performance.now() >= until ? 0 : BLOCKED;
          for (const request of requests) request.revents = request.events;
          return requests.length;
        });
      },
    };
  }

  /** BLOCKED, and done at the next try. */
  private once(p: Process): Sys<void> {
    (p as FakeProcess).call = () => undefined;
    return BLOCKED;
  }
}
