/** A kernel over a root in memory that holds guest programs: no config, no plan, no container around it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createKernel } from '../../src/backends/emulation/kernel/kernel.ts';
import { createFileSystem } from '../../src/backends/emulation/kernel/filesystems/index.ts';
import type { Kernel, KernelOptions, OpenFile, SpawnRequest, Tty } from '../../src/backends/emulation/kernel/types.ts';
import { createVfs, memoryFileSystem } from '../../src/backends/emulation/vfs/index.ts';
import { type PathContext, S_IFCHR, S_IFREG, type Vfs } from '../../src/backends/emulation/vfs/types.ts';
import { type LoaderOptions, WasmLoader } from '../../src/backends/emulation/wasi/loader.ts';

const ALL = (1n << 41n) - 1n;
const DEVICES: readonly (readonly [path: string, mode: number, major: number, minor: number])[] = [
  ['/dev/null', 0o666, 1, 3],
  ['/dev/zero', 0o666, 1, 5],
  ['/dev/full', 0o666, 1, 7],
  ['/dev/urandom', 0o666, 1, 9],
  ['/dev/tty', 0o666, 5, 0],
  ['/dev/ptmx', 0o666, 5, 2],
];

export const bin = fileURLToPath(new URL('../../wasm-guest/bin/', import.meta.url));

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** As waitpid gives it. */
  readonly status: number;
}

interface RunOptions extends Partial<Omit<SpawnRequest, 'argv' | 'files' | 'init'>> {
  readonly stdin?: string | Uint8Array;
  /** Of its terminal. */
  readonly columns?: number;
}

export class GuestWorld {
  readonly vfs: Vfs;
  readonly kernel: Kernel;
  readonly context: PathContext;
  private readonly folder: string;

  constructor(
    options: Partial<Omit<KernelOptions, 'vfs' | 'loader'>> & Pick<LoaderOptions, 'foreign'> & { readonly folder?: string } = {},
  ) {
    const { folder = bin, foreign = 'best', ...rest } = options;
    this.folder = folder;
    this.vfs = createVfs(memoryFileSystem({ mode: 0o755 }));
    const { root } = this.vfs;
    this.context = { root, cwd: root, umask: 0, credentials: { uid: 0, gid: 0, groups: [], capabilities: ALL } };
    const loader = new WasmLoader({ foreign });
    this.kernel = createKernel({ vfs: this.vfs, loader, hostname: 'guest', ...rest });
    loader.attach(this.kernel);
    for (const path of ['/bin', '/dev', '/dev/pts', '/etc', '/proc', '/root', '/sys']) this.vfs.mkdir(this.context, path, 0o755);
    this.vfs.mkdir(this.context, '/tmp', 0o1777);
    for (const [path, mode, major, minor] of DEVICES) this.vfs.mknod(this.context, path, S_IFCHR | mode, (major << 8) | minor);
    for (const [type, target] of [
      ['proc', '/proc'],
      ['devpts', '/dev/pts'],
    ] as const)
      try {
        this.vfs.mount(createFileSystem(this.kernel as never, type, ''), this.vfs.resolve(this.context, target), {
          flags: 0,
          source: type,
        });
      } catch {}
    this.file('/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nuser:x:1000:100:A User,,,:/home/user:/bin/sh\n');
    this.file('/etc/group', 'root:x:0:\nusers:x:100:\nwheel:x:10:root,user\nother:x:20:user\n');
  }

  /** Puts `NAME.wasm` of wasm-guest/bin at /bin/NAME. */
  install(name: string, at = `/bin/${name.replace(/^.*\//, '')}`): string {
    this.file(at, readFileSync(`${this.folder}/${name}.wasm`), 0o755);
    return at;
  }

  file(path: string, content: string | Uint8Array, mode = 0o644): void {
    this.vfs.mknod(this.context, path, S_IFREG | mode, 0);
    this.vfs.resolve(this.context, path).inode.writeAt(0, typeof content === 'string' ? Buffer.from(content) : content);
  }

  /** The content of a file of the container. */
  content(path: string): string {
    const { inode } = this.vfs.resolve(this.context, path);
    const bytes = new Uint8Array(inode.size);
    inode.readAt(0, bytes);
    return Buffer.from(bytes).toString();
  }

  request(argv: readonly string[], files: readonly OpenFile[], options: RunOptions): SpawnRequest {
    const { stdin: _, columns: __, ...rest } = options;
    return {
      argv,
      env: ['PATH=/bin', 'HOME=/root'],
      cwd: '/',
      ids: { ruid: 0, euid: 0, suid: 0, rgid: 0, egid: 0, sgid: 0, groups: [] },
      capabilities: { bounding: ALL, effective: ALL, inheritable: 0n, permitted: ALL, ambient: 0n },
      noNewPrivileges: false,
      umask: 0o022,
      rlimits: new Map(),
      files,
      init: this.kernel.processes.size === 0,
      ...rest,
    };
  }

  /** Runs a program to its end, with its streams in memory. */
  async run(argv: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    const { kernel } = this;
    const out: Uint8Array[] = [];
    const err: Uint8Array[] = [];
    const keep = (parts: Uint8Array[]): OpenFile => kernel.createOutput((bytes) => parts.push(bytes.slice()) > 0).file;
    const stdin = kernel.createInput();
    stdin.push(Buffer.from(options.stdin ?? ''));
    stdin.end();
    const status = await kernel.exited(kernel.spawn(this.request(argv, [stdin.file, keep(out), keep(err)], options)));
    return { stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), status };
  }

  /** Starts a program on a terminal of 24 rows. */
  onTerminal(
    argv: readonly string[],
    options: RunOptions = {},
  ): { readonly tty: Tty; readonly screen: Screen; readonly ended: Promise<number> } {
    const tty = this.kernel.createTty({ columns: options.columns ?? 80, rows: 24 });
    const screen = new Screen(tty);
    const slave = (): OpenFile => tty.openSlave();
    const process = this.kernel.spawn({ ...this.request(argv, [slave(), slave(), slave()], options), tty });
    return { tty, screen, ended: this.kernel.exited(process) };
  }
}

/** What a terminal showed so far. */
class Screen {
  text = '';
  private readonly waiting: { readonly text: string; readonly resolve: () => void }[] = [];

  constructor(tty: Tty) {
    tty.onOutput((bytes) => {
      this.text += Buffer.from(bytes).toString();
      for (const one of this.waiting) if (this.text.includes(one.text)) one.resolve();
      return true;
    });
  }

  /** Resolves once the text has been shown. */
  shows(text: string): Promise<void> {
    if (this.text.includes(text)) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiting.push({ text, resolve });
    });
  }
}
