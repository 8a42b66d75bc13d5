import { describe, expect, it } from 'vitest';
import { Writer } from './binary/bytes.ts';
import { NotExecutable } from './executable.ts';
import { run } from './testing/run.ts';

type Import = { readonly module: string; readonly name: string; readonly type: readonly [parameters: number[], results: number[]] };

const [I32, I64] = [0x7f, 0x7e];

/** A module whose `_start` calls its imports, with zeros. */
function moduleCalling(...imports: Import[]): Uint8Array {
  const out = new Writer().raw(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
  const section = (id: number, content: Writer): void => void out.byte(id).sized(content);
  const types = new Writer().u32(imports.length + 1);
  for (const { type } of imports) {
    types.byte(0x60);
    for (const list of type) types.u32(list.length).raw(new Uint8Array(list));
  }
  section(1, types.byte(0x60).u32(0).u32(0));
  const entries = new Writer().u32(imports.length);
  imports.forEach(({ module, name }, index) => entries.name(module).name(name).byte(0).u32(index));
  section(2, entries);
  section(3, new Writer().u32(1).u32(imports.length));
  section(5, new Writer().u32(1).byte(0).u32(1));
  section(7, new Writer().u32(2).name('_start').byte(0).u32(imports.length).name('memory').byte(2).u32(0));
  const body = new Writer().u32(0);
  imports.forEach(({ type: [parameters, results] }, index) => {
    for (const parameter of parameters) body.byte(parameter === I64 ? 0x42 : 0x41).byte(0);
    body.byte(0x10).u32(index);
    for (const _ of results) body.byte(0x1a);
  });
  section(10, new Writer().u32(1).sized(body.byte(0x0b)));
  return out.take();
}

const refused = async (bytes: Uint8Array): Promise<string> => {
  const error: unknown = await run(bytes).catch((thrown: unknown) => thrown);
  if (!(error instanceof NotExecutable)) throw new Error(`was not refused: ${String(error)}`);
  expect(error.errno).toBe('ENOEXEC');
  return error.description;
};
const text = (content: string): Uint8Array => new TextEncoder().encode(content);

describe('what is no program is refused with ENOEXEC and a description', () => {
  it('an ELF file', async () => {
    const elf = new Uint8Array(64);
    elf.set([0x7f, 0x45, 0x4c, 0x46]);
    elf[18] = 62;
    expect(await refused(elf)).toContain('is an x86-64 ELF program; the emulation backend runs WASI modules; use --backend linux');
  });

  it('text, an empty file, a component, a broken module, a reactor', async () => {
    expect(await refused(text('hello'))).toContain('neither a WebAssembly module');
    expect(await refused(text(''))).toContain('neither a WebAssembly module');
    expect(await refused(new Uint8Array([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]))).toContain('component');
    expect(await refused(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 200]))).toContain('not a WebAssembly module');
    expect(await refused(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))).toContain('no _start');
  });
});

describe('imports that we do not have', () => {
  it('end the process with a message, and only when called', async () => {
    const outcome = await run(moduleCalling({ module: 'env', name: 'magic', type: [[I32], [I32]] }));
    expect(outcome.stderr).toBe('tsrun: /bin/program: the import env.magic is not supported\n');
    expect(outcome.status).toBe(31);
  });

  it('are also those with our names and other types', async () => {
    const outcome = await run(moduleCalling({ module: 'wasi_snapshot_preview1', name: 'fd_seek', type: [[I32, I32, I32, I32], [I32]] }));
    expect(outcome.stderr).toContain('wasi_snapshot_preview1.fd_seek is not supported');
    expect(outcome.status).toBe(31);
  });
});

it('a module that imports proc_exit under its right type exits by it', async () => {
  expect((await run(moduleCalling({ module: 'wasi_snapshot_preview1', name: 'proc_exit', type: [[I32], []] }))).status).toBe(0);
});

it('memory that starts above the limit is ENOMEM', async () => {
  const limited = run('hello', { loader: { memoryLimit: () => 65536 } });
  await expect(limited).rejects.toMatchObject({ errno: 'ENOMEM' });
});
