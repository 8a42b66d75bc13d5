/**
 * Runs one preview1 module as the official testsuite wants it: rights, paths that stay beneath their directory, and a host
 * directory as the preopened root (what it writes is gone afterwards). Adapters of wasi-testsuite call it (Node and Bun).
 */
import { createKernel } from '../kernel/kernel.ts';
import type { Kernel, UserIds } from '../kernel/types.ts';
import { createVfs, hostDirectoryLayer, memoryFileSystem, overlayFileSystem } from '../vfs/index.ts';
import { O_CREAT, O_WRONLY, type PathContext } from '../vfs/types.ts';
import { WasmLoader } from './loader.ts';

export interface StrictRun {
  readonly wasm: Uint8Array;
  /** Without the program's name. */
  readonly args?: readonly string[];
  readonly env?: readonly string[];
  /** Host directory that the program sees as its only preopened one; none: it has none. */
  readonly directory?: string;
  /** What it is called there; default `/`. */
  readonly name?: string;
  /** A stream is read as it comes; its end is not waited for. */
  readonly stdin?: Uint8Array | AsyncIterable<Uint8Array>;
}

export interface StrictResult {
  /** Exit status; 128 + signal when it was ended by one. */
  readonly status: number;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

const ROOT: UserIds = { ruid: 0, euid: 0, suid: 0, rgid: 0, egid: 0, sgid: 0, groups: [] };
const ALL = (1n << 41n) - 1n;
const PROGRAM = '/program.wasm';
const DIRECTORY = '/directory';

/** Rejects with Errno (NotExecutable) when the module is no program. */
export async function runStrict(run: StrictRun): Promise<StrictResult> {
  const { wasm, args = [], env = [], directory, name = '/', stdin } = run;
  const vfs = createVfs(memoryFileSystem({ mode: 0o755 }));
  const context: PathContext = {
    root: vfs.root,
    cwd: vfs.root,
    credentials: { uid: 0, gid: 0, groups: [], capabilities: ALL },
    umask: 0,
  };
  vfs.open(context, PROGRAM, O_CREAT | O_WRONLY, 0o755).location.inode.writeAt(0, wasm);
  if (directory !== undefined) {
    vfs.mkdir(context, DIRECTORY, 0o755);
    // Written to in memory only: Node sets times of host files to microseconds, and the testsuite looks at nanoseconds.
    const overlay = overlayFileSystem({ layers: [hostDirectoryLayer(directory)] });
    vfs.mount(overlay, vfs.resolve(context, DIRECTORY), { flags: 0, source: directory });
  }
  const loader = new WasmLoader({
    strict: true,
    foreign: 'plain',
    preopens: directory === undefined ? [] : [{ name, path: DIRECTORY }],
  });
  const kernel = createKernel({ vfs, loader, hostname: 'localhost' });
  loader.attach(kernel);
  const [out, err]: [Uint8Array[], Uint8Array[]] = [[], []];
  const collect = (parts: Uint8Array[]) => kernel.createOutput((bytes) => (parts.push(bytes.slice()), true)).file;
  const input = kernel.createInput();
  const process = kernel.spawn({
    argv: [PROGRAM, ...args],
    env,
    cwd: '/',
    ids: ROOT,
    capabilities: { bounding: ALL, effective: ALL, inheritable: 0n, permitted: ALL, ambient: 0n },
    noNewPrivileges: false,
    umask: 0o022,
    rlimits: new Map(),
    files: [input.file, collect(out), collect(err)],
    init: true,
  });
  void feed(input, stdin ?? new Uint8Array(0));
  const status = await kernel.exited(process);
  kernel.shutdown();
  return { status: status & 0x7f ? 128 + (status & 0x7f) : status >> 8, stdout: concat(out), stderr: concat(err) };
}

async function feed(input: ReturnType<Kernel['createInput']>, stdin: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  if (stdin instanceof Uint8Array) input.push(stdin);
  else for await (const bytes of stdin) input.push(bytes);
  input.end();
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
