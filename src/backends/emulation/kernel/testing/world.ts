import { memoryFileSystem } from '../../vfs/memory.ts';
import { type PathContext, S_IFREG, type Vfs } from '../../vfs/types.ts';
import { VirtualFileSystem } from '../../vfs/vfs.ts';
import { createFileSystem } from '../filesystems/index.ts';
import { createKernel } from '../kernel.ts';
import { KernelState } from '../state.ts';
import type { Kernel, KernelOptions, OpenFile, Process, SpawnRequest } from '../types.ts';
import { MARK, type Script, ScriptLoader, ScriptProgram } from './programs.ts';

const ALL_CAPABILITIES = (1n << 41n) - 1n;
const text = new TextEncoder();

/** A kernel over an empty root in memory, whose programs are scripts. */
export class World {
  readonly vfs: Vfs;
  readonly kernel: Kernel;
  readonly context: PathContext;
  private readonly loader = new ScriptLoader();
  private names = 0;
  private fault: unknown;

  constructor(options: Partial<KernelOptions> = {}) {
    this.vfs = new VirtualFileSystem(memoryFileSystem({ mode: 0o755 }));
    const { root } = this.vfs;
    this.context = { root, cwd: root, umask: 0, credentials: { uid: 0, gid: 0, groups: [], capabilities: ALL_CAPABILITIES } };
    this.kernel = createKernel({ vfs: this.vfs, loader: this.loader, hostname: 'test', ...options });
    this.loader.kernel = this.kernel;
    if (this.kernel instanceof KernelState) {
      this.kernel.scheduler.onFault = (error) => {
        this.fault ??= error;
        // Of a test that does not use `run`: uncaught.
        setTimeout(() => {
          if (this.fault !== undefined) throw this.fault;
        });
      };
    }
    this.vfs.mkdir(this.context, '/bin', 0o755);
    this.vfs.mkdir(this.context, '/tmp', 0o1777);
  }

  /** An executable at a path. */
  install(path: string, script: Script, mode = 0o755): string {
    const name = `${this.names++}`;
    this.loader.scripts.set(name, script);
    return this.file(path, MARK + name, mode);
  }

  file(path: string, content: string, mode = 0o644): string {
    this.vfs.mknod(this.context, path, S_IFREG | mode, 0);
    this.vfs.resolve(this.context, path).inode.writeAt(0, text.encode(content));
    return path;
  }

  mkdir(path: string, mode = 0o755): void {
    this.vfs.mkdir(this.context, path, mode);
  }

  /** The content of a file of the container. */
  content(path: string): string {
    const { inode } = this.vfs.resolve(this.context, path);
    const bytes = new Uint8Array(inode.size);
    inode.readAt(0, bytes);
    return new TextDecoder().decode(bytes);
  }

  /** Starts a script as root: as pid 1 when nothing runs yet. */
  start(script: Script, request: Partial<SpawnRequest> = {}): Process {
    return this.exec(this.install(`/bin/script${this.names}`, script), request);
  }

  exec(path: string, request: Partial<SpawnRequest> = {}): Process {
    const all = ALL_CAPABILITIES;
    return this.kernel.spawn({
      argv: [path],
      env: ['PATH=/bin'],
      cwd: '/',
      ids: { ruid: 0, euid: 0, suid: 0, rgid: 0, egid: 0, sgid: 0, groups: [] },
      capabilities: { bounding: all, effective: all, inheritable: 0n, permitted: all, ambient: 0n },
      noNewPrivileges: false,
      umask: 0o022,
      rlimits: new Map(),
      files: [],
      init: this.kernel.processes.size === 0,
      ...request,
    });
  }

  /** Runs a script to its end and gives its wait status; rejects with what any script of this world threw. */
  async run(script: Script, request: Partial<SpawnRequest> = {}): Promise<number> {
    const status = await this.kernel.exited(this.start(script, request));
    const { fault } = this;
    this.fault = undefined;
    if (fault !== undefined) throw fault;
    return status;
  }

  /** For fork: the child's program. */
  program(script: Script): (child: Process) => ScriptProgram {
    return (child) => new ScriptProgram(this.kernel, child, script);
  }

  /** A stdout that collects. */
  collector(): { readonly file: OpenFile; text(): string; bytes(): Uint8Array } {
    const chunks: Uint8Array[] = [];
    const { file } = this.kernel.createOutput((bytes) => {
      chunks.push(bytes);
      return true;
    });
    const bytes = (): Uint8Array => Buffer.concat(chunks);
    return { file, bytes, text: () => new TextDecoder().decode(bytes()) };
  }
}

/** The exit status of a wait status; throws when a signal ended it. */
export function exitStatus(status: number): number {
  if ((status & 0x7f) !== 0) throw new Error(`ended by signal ${status & 0x7f}`);
  return status >> 8;
}

/** Lets the event loop turn: whatever is runnable has run. */
export function settled(ms = 0): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** proc at /proc, as a config mounts it. */
export function mountProc(world: World): void {
  const { vfs, kernel, context } = world;
  if (!(kernel instanceof KernelState)) throw new Error('not this kernel');
  vfs.mkdir(context, '/proc', 0o555);
  vfs.mount(createFileSystem(kernel, 'proc', ''), vfs.resolve(context, '/proc'), { flags: 0, source: 'proc' });
}
