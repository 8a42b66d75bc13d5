/** C files to one finished module: compile, link, count loops (fuel), Asyncify, sign with a section. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withSection } from './section.ts';
import { sourcesBelow, type Program } from './programs.ts';
import { suspendingImports } from './suspending.ts';
import { run, type Toolchain } from './toolchain.ts';

export interface Sizes {
  readonly linked: number;
  readonly counted: number;
  readonly finished: number;
}

/** Two at a time: the machines that build this have few cores. */
const JOBS = 2;
/** At the bottom of the memory: an overflow leaves it downwards and traps. */
const STACK = 96 * 1024;
const FEATURES = ['--enable-mutable-globals'];
const FUEL = new URL('../../src/backends/emulation/wasi/binary/fuel.ts', import.meta.url);

export class Compiler {
  readonly tools: Toolchain;
  /** The folder wasm-guest; every compiler runs in it, so that no path of this machine gets into a file. */
  readonly guest: string;
  /** Objects and steps between. */
  readonly scratch: string;
  readonly fuel: boolean;
  private readonly imports: string;

  constructor(tools: Toolchain, guest: string, scratch: string, options: { readonly fuel: boolean }) {
    this.tools = tools;
    this.guest = guest;
    this.scratch = scratch;
    this.fuel = options.fuel;
    this.imports = suspendingImports(readFileSync(join(guest, 'libc/include/tsrun/syscalls.h'), 'utf8')).join(',');
  }

  private flags(): string[] {
    return [
      '--target=wasm32-wasi',
      '-std=gnu11',
      '-Os',
      '-mmutable-globals',
      ...['-Wall', '-Wextra', '-Werror'],
      // Debian's glibc headers must not be found: never --sysroot=/usr (it falls back to /usr/include).
      ...['-nostdlibinc', '-isystem', 'libc/include', '-isystem', this.tools.include],
      ...['-D_GNU_SOURCE', '-D_WASI_EMULATED_GETPID', '-D_WASI_EMULATED_PROCESS_CLOCKS'],
      ...['-ffunction-sections', '-fdata-sections', '-fno-ident'],
    ];
  }

  private async objects(sources: readonly string[]): Promise<string[]> {
    const queue = sources.map((source) => ({ source, object: join(this.scratch, source.replace(/\.c$/, '.o')) }));
    const pending = [...queue];
    const work = async (): Promise<void> => {
      for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
        mkdirSync(dirname(next.object), { recursive: true });
        await run(
          this.tools.clang,
          [...this.flags(), `-I${next.source.split('/')[0] ?? '.'}`, '-c', next.source, '-o', next.object],
          this.guest,
        );
      }
    };
    await Promise.all(Array.from({ length: JOBS }, work));
    return queue.map(({ object }) => object);
  }

  /** The library that every program is linked with, before wasi-libc: its definitions win. */
  async library(): Promise<string> {
    const archive = join(this.scratch, 'libtsrun.a');
    const objects = await this.objects(sourcesBelow(this.guest, 'libc/src'));
    rmSync(archive, { force: true });
    await run(this.tools.ar, ['rcsD', archive, ...objects], this.guest);
    return archive;
  }

  async program(program: Program, library: string, output: string): Promise<Sizes> {
    const linked = join(this.scratch, `${program.name}.linked.wasm`);
    const counted = join(this.scratch, `${program.name}.counted.wasm`);
    await this.link(await this.objects(program.sources), library, linked);
    const bytes = readFileSync(linked);
    const withFuel = this.fuel ? await addFuel(bytes) : bytes;
    writeFileSync(counted, withFuel);
    const finished = join(this.scratch, `${program.name}.finished.wasm`);
    await run(
      this.tools.wasmOpt,
      [
        '-O2',
        ...FEATURES,
        '--asyncify',
        `--pass-arg=asyncify-imports@${this.imports}`,
        '--strip-debug',
        '--strip-producers',
        counted,
        '-o',
        finished,
      ],
      this.guest,
    );
    const result = withSection(readFileSync(finished), program.name);
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, result);
    return { linked: bytes.length, counted: withFuel.length, finished: result.length };
  }

  private link(objects: readonly string[], library: string, output: string): Promise<void> {
    const linker = [
      '--stack-first',
      '-z',
      `stack-size=${STACK}`,
      '--export=__stack_pointer',
      '--strip-all',
      '--fatal-warnings',
      ...['malloc', 'calloc', 'realloc', 'free'].map((name) => `--wrap=${name}`),
    ];
    // No -O here: with binaryen installed the driver would run wasm-opt by itself, which fails on the exported global.
    return run(
      this.tools.clang,
      [
        '--target=wasm32-wasi',
        '-nostdlib',
        ...objects,
        library,
        join(this.tools.lib, 'libc.a'),
        this.tools.builtins,
        ...linker.map((argument) => `-Wl,${argument}`),
        '-o',
        output,
      ],
      this.guest,
    );
  }
}

async function addFuel(module: Uint8Array): Promise<Uint8Array> {
  if (!existsSync(FUEL)) throw new Error(`${FUEL.pathname} does not exist; --no-fuel builds without preemption, for trials only`);
  const { addFuel: transform } = (await import(FUEL.href)) as { addFuel(bytes: Uint8Array): Uint8Array };
  return transform(module);
}
