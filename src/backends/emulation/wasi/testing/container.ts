/** Programs in the real kernel over a file system in memory, for tests. */
import { createKernel } from '../../kernel/kernel.ts';
import type { Kernel, KernelLimits, OpenFile, Process, RlimitTable } from '../../kernel/types.ts';
import { createVfs, memoryFileSystem } from '../../vfs/index.ts';
import { O_CREAT, O_TRUNC, O_WRONLY, type PathContext, type Vfs } from '../../vfs/types.ts';
import { WasmLoader, type LoaderOptions } from '../loader.ts';
import { programBytes } from './run.ts';

const ALL = (1n << 41n) - 1n;

export interface Running {
  readonly process: Process;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly status: Promise<number>;
  readonly input: { push(bytes: Uint8Array): boolean; end(): void };
}

export interface StartOptions {
  readonly args?: readonly string[];
  readonly env?: readonly string[];
  readonly init?: boolean;
  readonly rlimits?: RlimitTable;
  readonly uid?: number;
  readonly cwd?: string;
}

export class TestContainer {
  readonly vfs: Vfs;
  readonly kernel: Kernel;
  readonly loader: WasmLoader;
  readonly context: PathContext;

  constructor(options: { readonly loader?: LoaderOptions; readonly limits?: KernelLimits; readonly vfs?: Vfs } = {}) {
    this.vfs = options.vfs ?? createVfs(memoryFileSystem({ mode: 0o755 }));
    this.loader = new WasmLoader({ foreign: 'plain', ...options.loader });
    this.kernel = createKernel({
      vfs: this.vfs,
      loader: this.loader,
      hostname: 'test',
      ...(options.limits ? { limits: options.limits } : {}),
    });
    this.loader.attach(this.kernel);
    const { root } = this.vfs;
    this.context = { root, cwd: root, credentials: { uid: 0, gid: 0, groups: [], capabilities: ALL }, umask: 0 };
  }

  write(path: string, content: Uint8Array | string, mode = 0o755): void {
    const { inode } = this.vfs.open(this.context, path, O_CREAT | O_WRONLY | O_TRUNC, mode).location;
    inode.writeAt(0, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  }

  read(path: string): string {
    const { inode } = this.vfs.resolve(this.context, path);
    const bytes = new Uint8Array(inode.size);
    inode.readAt(0, bytes);
    return new TextDecoder().decode(bytes);
  }

  /** A prebuilt program of this folder, put at /NAME. */
  install(name: string): string {
    this.write(`/${name}`, programBytes(name));
    return `/${name}`;
  }

  start(path: string, options: StartOptions = {}): Running {
    const { args = [], env = [], init = true, rlimits = new Map(), uid = 0, cwd = '/' } = options;
    const parts: [Uint8Array[], Uint8Array[]] = [[], []];
    const output = (list: Uint8Array[]): OpenFile => this.kernel.createOutput((bytes) => (list.push(bytes.slice()), true)).file;
    const input = this.kernel.createInput();
    const process = this.kernel.spawn({
      argv: [path, ...args],
      env,
      cwd,
      ids: { ruid: uid, euid: uid, suid: uid, rgid: uid, egid: uid, sgid: uid, groups: [] },
      capabilities: { bounding: ALL, effective: uid === 0 ? ALL : 0n, inheritable: 0n, permitted: uid === 0 ? ALL : 0n, ambient: 0n },
      noNewPrivileges: false,
      umask: 0o022,
      rlimits,
      files: [input.file, output(parts[0]), output(parts[1])],
      init,
    });
    const text = (list: Uint8Array[]) => (): string => Buffer.concat(list).toString('utf8');
    return { process, stdout: text(parts[0]), stderr: text(parts[1]), status: this.kernel.exited(process), input };
  }
}
