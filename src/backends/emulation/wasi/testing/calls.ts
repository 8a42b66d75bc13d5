/** Calls imports as a guest does, with a memory of the test's own, in a process of the real kernel that never runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVfs, hostDirectoryLayer, memoryFileSystem, overlayFileSystem } from '../../vfs/index.ts';
import { NO_STACK } from '../engines/instance.ts';
import { WASI_ERRNO } from '../errno.ts';
import { Guest, SUSPEND } from '../guest.ts';
import type { Callable, ImportTable } from '../imports.ts';
import { tsrun } from '../posix/index.ts';
import { addPreopens } from '../preview1/preopen.ts';
import { preview1 } from '../preview1/index.ts';
import { TestContainer } from './container.ts';

const ERRNO_NAMES = new Map(Object.entries(WASI_ERRNO).map(([name, number]) => [number as number, name]));
const RESULTS = 1024;
const DATA = 65536;

export interface OpenOptions {
  readonly follow?: boolean;
  readonly oflags?: number;
  readonly base?: number;
  readonly inheriting?: number;
  readonly fdflags?: number;
}

export class Calls {
  readonly container: TestContainer;
  readonly guest: Guest;
  private readonly hostDirectory: string | undefined;
  private top = DATA;

  /** where: what the preopened directory (descriptor 3) is; strict: rules of the testsuite. */
  constructor(where: 'memory' | 'overlay' = 'memory', strict = true, pages = 4) {
    const vfs = createVfs(memoryFileSystem({ mode: 0o755 }));
    this.container = new TestContainer({ vfs });
    const { context } = this.container;
    vfs.mkdir(context, '/dir', 0o755);
    if (where === 'overlay') {
      this.hostDirectory = mkdtempSync(join(tmpdir(), 'tsrun-wasi-'));
      const overlay = overlayFileSystem({ layers: [hostDirectoryLayer(this.hostDirectory)] });
      vfs.mount(overlay, vfs.resolve(context, '/dir'), { flags: 0, source: 'test' });
    }
    this.container.kernel.freeze();
    const { process } = this.container.start(this.container.install('hello'));
    const launch = { argv: ['program', 'two words'], env: ['A=b'], strict };
    this.guest = new Guest(this.container.kernel, process, new WebAssembly.Memory({ initial: pages }), launch, NO_STACK);
    addPreopens(this.guest, [{ name: '/', path: strict ? '/dir' : '/' }]);
  }

  close(): void {
    this.container.kernel.shutdown();
    if (this.hostDirectory !== undefined) rmSync(this.hostDirectory, { recursive: true });
  }

  /** The name of the errno, `SUCCESS` or `SUSPEND`. */
  call(name: string, ...args: (number | bigint)[]): string {
    const table: ImportTable = Object.hasOwn(preview1, name) ? preview1 : tsrun;
    const number = invoke(this.guest, table[name] as Callable, args);
    return number === SUSPEND ? 'SUSPEND' : (ERRNO_NAMES.get(number) ?? `unknown errno ${number}`);
  }

  /** Puts bytes into the guest's memory: pointer and length. */
  put(content: string | Uint8Array): [pointer: number, length: number] {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    if (this.top + bytes.length > this.guest.u8.length) this.top = DATA;
    const pointer = this.top;
    this.guest.u8.set(bytes, pointer);
    this.top += (bytes.length + 15) & ~7;
    return [pointer, bytes.length];
  }

  /** Where results go. */
  readonly out = RESULTS;
  u32(offset = 0): number {
    return this.guest.getU32(RESULTS + offset);
  }
  u64(offset = 0): bigint {
    return this.guest.getU64(RESULTS + offset);
  }

  /** A descriptor, or the error's name. */
  open(path: string, options: OpenOptions = {}, at = 3): number | string {
    const { follow = false, oflags = 0, base = 0, inheriting = 0, fdflags = 0 } = options;
    const error = this.call(
      'path_open',
      at,
      follow ? 1 : 0,
      ...this.put(path),
      oflags,
      BigInt(base),
      BigInt(inheriting),
      fdflags,
      this.out,
    );
    return error === 'SUCCESS' ? this.u32() : error;
  }

  /** Bytes written, or the error's name. */
  write(fd: number, text: string): number | string {
    const [pointer, length] = this.put(text);
    const error = this.call('fd_write', fd, this.vector([pointer, length]), 1, this.out);
    return error === 'SUCCESS' ? this.u32() : error;
  }

  read(fd: number, length: number): string {
    const [pointer] = this.put(new Uint8Array(length));
    const error = this.call('fd_read', fd, this.vector([pointer, length]), 1, this.out);
    return error === 'SUCCESS' ? new TextDecoder().decode(this.guest.bytes(pointer, this.u32())) : error;
  }

  /** An array of buffers. */
  vector(...buffers: (readonly [number, number])[]): number {
    return this.put(new Uint8Array(new Uint32Array(buffers.flat()).buffer))[0];
  }

  /** Calls with one path after a directory: mkdir, rmdir, unlink. */
  at(name: string, path: string, at = 3): string {
    return this.call(name, at, ...this.put(path));
  }

  symlink(target: string, path: string): string {
    return this.call('path_symlink', ...this.put(target), 3, ...this.put(path));
  }
}

export function invoke(guest: Guest, call: Callable, args: readonly (number | bigint)[]): number {
  try {
    guest.enter();
    return call(guest, ...args);
  } catch (error) {
    return guest.failed(error);
  }
}
