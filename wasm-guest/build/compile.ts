/** C files to one finished module: compile, link, count loops (fuel), Asyncify, sign with a section. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addFuel } from '../../src/backends/emulation/wasi/binary/fuel.ts';
import { withSection } from './section.ts';
import { sourcesBelow, type Program } from './programs.ts';
import { suspendingImports } from './suspending.ts';
import { inParallel, run, type Toolchain } from './toolchain.ts';

interface Sizes {
  readonly linked: number;
  readonly counted: number;
  readonly finished: number;
}

/** At the bottom of the memory: an overflow leaves it downwards and traps. */
const STACK = 128 * 1024;
const FEATURES = ['--enable-mutable-globals'];

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
    const target = [
      '--target=wasm32-wasi',
      '-std=gnu11',
      '-Os',
      '-mmutable-globals',
      '-ffunction-sections',
      '-fdata-sections',
      '-fno-ident',
    ];
    const warnings = ['-Wall', '-Wextra', '-Werror'];
    // Debian's glibc headers must not be found: never --sysroot=/usr (it falls back to /usr/include).
    const headers = ['-nostdlibinc', '-isystem', 'libc/include', '-isystem', this.tools.include];
    // With these wasi-libc declares what it otherwise refuses to; the definitions are in libc/src.
    const macros = ['-D_GNU_SOURCE', '-D_WASI_EMULATED_GETPID', '-D_WASI_EMULATED_PROCESS_CLOCKS'];
    return [...target, ...warnings, ...headers, ...macros];
  }

  private async objects(sources: readonly string[]): Promise<string[]> {
    const queue = sources.map((source) => ({ source, object: join(this.scratch, source.replace(/\.c$/, '.o')) }));
    await inParallel(queue, async ({ source, object }) => {
      mkdirSync(dirname(object), { recursive: true });
      await run(this.tools.clang, [...this.flags(), `-I${source.split('/')[0] ?? '.'}`, '-c', source, '-o', object], this.guest);
    });
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
    const withFuel = this.fuel ? addFuel(bytes) : bytes;
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
