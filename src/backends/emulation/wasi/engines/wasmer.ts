/**
 * `--wasi-engine wasmer`: a module under @wasmer/wasi 1.2.2 (an optional peer dependency). That version has no hook for another file
 * system: it knows only its own MemFS, which is filled from the process's view of the container before the program runs, and
 * whose changes are written back when it has ended. What follows from that: regular files and directories only (no links, devices,
 * times, modes), at most MAX_BYTES and MAX_FILES; standard input is read to its end first, output comes at the end; the
 * program cannot be suspended, preempted, signalled, or see others' changes; modules that import sock_accept (CPython) do not
 * link. Of wasi-testsuite's 72 tests the library passes 25.
 */
import { Errno, errno } from '../../errno.ts';
import { BLOCKED, Unwound, type Pause, type Process, type Program, type Sys } from '../../kernel/types.ts';
import { O_CREAT, O_DIRECTORY, O_NOFOLLOW, O_TRUNC, O_WRONLY, type Inode } from '../../vfs/types.ts';
import { limitTables } from '../binary/tables.ts';
import { NotExecutable, refuseLarge } from '../executable.ts';
import type { Entry } from '../guest.ts';
import { encodeUtf8 } from '../text.ts';
import { Trap } from '../traps.ts';

/** The part of the library that is used. */
export interface Wasmer {
  readonly MemFS: new () => MemFs;
  readonly WASI: new (config: {
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly preopens: Readonly<Record<string, string>>;
    readonly fs: MemFs;
  }) => {
    /** The file system once the WASI object has it; the MemFS that it was made of is locked then. */
    readonly fs: MemFs;
    instantiate(module: WebAssembly.Module, imports: WebAssembly.Imports): WebAssembly.Instance;
    start(): number;
    setStdinBuffer(bytes: Uint8Array): void;
    getStdoutBuffer(): Uint8Array;
    getStderrBuffer(): Uint8Array;
  };
}

interface MemFs {
  readDir(
    path: string,
  ): { readonly path: string; readonly metadata: { readonly filetype?: { readonly dir: boolean; readonly file: boolean } } }[];
  createDir(path: string): void;
  open(path: string, options: Readonly<Record<string, boolean>>): { read(): Uint8Array; write(bytes: Uint8Array): number; free(): void };
}

/** Loads the library. Rejects with ENOSYS when it is not installed. */
export async function loadWasmer(): Promise<Wasmer> {
  const name = '@wasmer/wasi';
  let library: Wasmer & { readonly init: () => Promise<void>; readonly default?: Wasmer & { readonly init: () => Promise<void> } };
  try {
    library = (await import(name)) as typeof library;
  } catch {
    throw errno('ENOSYS');
  }
  const loaded = library.default ?? library;
  await loaded.init();
  return loaded;
}

/** As shells have it for a file that is no program. */
const CANNOT_EXECUTE = 126;
const MAX_BYTES = 64 << 20;
const MAX_FILES = 10_000;
const AT_FDCWD = -100;
const CHUNK = 65536;
const [DT_DIR, DT_REG] = [4, 8];
/** Not copied: what is there is made when it is read. */
const SKIPPED = new Set(['/proc', '/dev', '/sys']);

export interface WasmerLaunch {
  readonly library: Wasmer;
  readonly entry: Entry;
  readonly module: WebAssembly.Module;
  readonly argv: readonly string[];
  readonly env: readonly string[];
}

const modules = new WeakMap<Inode, WebAssembly.Module>();

/** The module of a file, for this engine; undefined: it calls ours. Throws NotExecutable. */
export function foreignModule(inode: Inode): WebAssembly.Module | undefined {
  let module = modules.get(inode);
  if (module === undefined) {
    refuseLarge(inode.size);
    const bytes = new Uint8Array(inode.size);
    inode.readAt(0, bytes);
    try {
      module = new WebAssembly.Module(limitTables(bytes));
    } catch (error) {
      throw new NotExecutable(
        `is not a WebAssembly module that this engine takes: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    modules.set(inode, module);
  }
  return WebAssembly.Module.imports(module).some((one) => one.module === 'tsrun') ? undefined : module;
}

type Steps<T> = Generator<Pause, T, void>;

export class WasmerProgram implements Program {
  readonly abilities = { suspends: false, preempts: false };
  /** The library's memory is not ours to see. */
  readonly memoryBytes = 0;
  private readonly launch: WasmerLaunch;
  private readonly process: Process;
  private fs: MemFs;
  private readonly steps: Steps<never>;
  private readonly before = new Map<string, Uint8Array>();
  private copied = 0;

  constructor(launch: WasmerLaunch, process: Process) {
    this.launch = launch;
    this.process = process;
    this.fs = new launch.library.MemFS();
    this.steps = this.run();
  }

  resume(): Pause {
    try {
      const step = this.steps.next();
      return step.done === true ? 'ended' : step.value;
    } catch (error) {
      return this.ended(error);
    }
  }

  private ended(error: unknown): Pause {
    if (error instanceof Unwound) return 'ended';
    const signal = Trap.signalOf(error);
    if (signal === undefined) throw error;
    try {
      return this.launch.entry.sys.fault(this.process, signal);
    } catch (unwound) {
      if (unwound instanceof Unwound) return 'ended';
      throw unwound;
    }
  }

  dispose(): void {
    this.before.clear();
  }

  private *run(): Steps<never> {
    const { library, argv, env, module, entry } = this.launch;
    const input = yield* this.readAll(0);
    yield* this.copyIn('/');
    const variables = Object.fromEntries(env.map((text) => [text.split('=', 1)[0] as string, text.slice(text.indexOf('=') + 1)]));
    const wasi = new library.WASI({ args: argv, env: variables, preopens: { '/': '/' }, fs: this.fs });
    wasi.setStdinBuffer(input);
    try {
      wasi.instantiate(module, {});
    } catch (error) {
      if (!(error instanceof Error) || error instanceof WebAssembly.RuntimeError) throw error;
      yield* this.writeAll(2, encodeUtf8(`tsrun: ${argv[0] ?? 'program'}: @wasmer/wasi cannot run this module: ${error.message}\n`));
      return entry.sys.exit(this.process, CANNOT_EXECUTE);
    }
    const status = wasi.start();
    this.fs = wasi.fs;
    yield* this.writeAll(1, wasi.getStdoutBuffer());
    yield* this.writeAll(2, wasi.getStderrBuffer());
    yield* this.copyOut('/');
    return entry.sys.exit(this.process, status);
  }

  private *settle<T>(first: Sys<T>): Steps<T> {
    let outcome: unknown = first;
    while (outcome === BLOCKED) {
      yield 'blocked';
      outcome = this.launch.entry.retry(this.process);
    }
    return outcome as T;
  }

  /** All of a descriptor; a closed one is empty. */
  private *readAll(fd: number): Steps<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (;;) {
      const buffer = new Uint8Array(CHUNK);
      let count: number;
      try {
        count = yield* this.settle(this.launch.entry.sys.read(this.process, fd, buffer));
      } catch (error) {
        if (error instanceof Errno && fd === 0) count = 0;
        else throw error;
      }
      if (count === 0) break;
      parts.push(buffer.subarray(0, count));
    }
    return new Uint8Array(Buffer.concat(parts));
  }

  /** Nobody reads it: the rest is dropped, and the status still tells. */
  private *writeAll(fd: number, bytes: Uint8Array): Steps<void> {
    try {
      for (let done = 0; done < bytes.length;)
        done += yield* this.settle(this.launch.entry.sys.write(this.process, fd, bytes.subarray(done)));
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
    }
  }

  private *copyIn(directory: string): Steps<void> {
    const { sys } = this.launch.entry;
    const fd = yield* this.settle(sys.openat(this.process, AT_FDCWD, directory, O_DIRECTORY, 0));
    const entries = sys.readdir(this.process, fd);
    sys.close(this.process, fd);
    for (const { name, type } of entries) {
      const path = `${directory === '/' ? '' : directory}/${name}`;
      if (name === '.' || name === '..' || SKIPPED.has(path)) continue;
      try {
        if (type === DT_DIR) {
          this.fs.createDir(path);
          yield* this.copyIn(path);
        } else if (type === DT_REG) {
          yield* this.copyFileIn(path);
        }
      } catch (error) {
        // What the process may not read is not there for the program.
        if (!(error instanceof Errno) || error.errno !== 'EACCES') throw error;
      }
    }
  }

  private *copyFileIn(path: string): Steps<void> {
    const { sys } = this.launch.entry;
    const { size } = sys.stat(this.process, AT_FDCWD, path, false);
    this.copied += size;
    if (this.copied > MAX_BYTES || this.before.size >= MAX_FILES) throw errno('ENOMEM');
    const fd = yield* this.settle(sys.openat(this.process, AT_FDCWD, path, O_NOFOLLOW, 0));
    const bytes = yield* this.readAll(fd);
    sys.close(this.process, fd);
    const file = this.fs.open(path, { read: true, write: true, create: true });
    file.write(bytes);
    file.free();
    this.before.set(path, bytes);
  }

  private *copyOut(directory: string, seen = new Set<string>()): Steps<void> {
    const { sys } = this.launch.entry;
    for (const { path, metadata } of this.fs.readDir(directory)) {
      if (SKIPPED.has(path)) continue;
      if (metadata.filetype?.dir === true) {
        if (!this.exists(path)) sys.mkdirat(this.process, AT_FDCWD, path, 0o777);
        yield* this.copyOut(path, seen);
        continue;
      }
      seen.add(path);
      const file = this.fs.open(path, { read: true });
      const bytes = file.read();
      file.free();
      const old = this.before.get(path);
      if (old !== undefined && Buffer.compare(old, bytes) === 0) continue;
      const fd = yield* this.settle(sys.openat(this.process, AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, 0o666));
      yield* this.writeAll(fd, bytes);
      sys.close(this.process, fd);
    }
    if (directory === '/') for (const path of this.before.keys()) if (!seen.has(path)) sys.unlinkat(this.process, AT_FDCWD, path, false);
  }

  private exists(path: string): boolean {
    try {
      this.launch.entry.sys.stat(this.process, AT_FDCWD, path, false);
      return true;
    } catch (error) {
      if (error instanceof Errno) return false;
      throw error;
    }
  }
}
