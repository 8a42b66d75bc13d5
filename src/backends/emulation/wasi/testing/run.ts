/** Runs one of the prebuilt programs in a fake kernel and gives what it printed. */
import { readFileSync } from 'node:fs';
import { WasmLoader, type LoaderOptions } from '../loader.ts';
import { FakeKernel, fileOf, sink, source } from './fake-kernel.ts';

export function programBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`programs/${name}.wasm`, import.meta.url)));
}

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** As waitpid gives it. */
  readonly status: number | undefined;
}

export interface RunOptions {
  readonly args?: readonly string[];
  readonly env?: readonly string[];
  readonly stdin?: string;
  readonly loader?: LoaderOptions;
}

export async function run(program: string | Uint8Array, options: RunOptions = {}): Promise<Outcome> {
  const loader = new WasmLoader({ foreign: 'plain', ...options.loader });
  const kernel = new FakeKernel(loader);
  loader.attach(kernel);
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  kernel.files.set('/bin/program', fileOf(typeof program === 'string' ? programBytes(program) : program));
  const files = [source(new TextEncoder().encode(options.stdin ?? '')), sink((bytes) => out.push(bytes)), sink((bytes) => err.push(bytes))];
  const process = kernel.spawn('/bin/program', ['/bin/program', ...(options.args ?? [])], options.env ?? [], files);
  await kernel.run();
  const text = (parts: Uint8Array[]): string => Buffer.concat(parts).toString('utf8');
  return { stdout: text(out), stderr: text(err), status: process.waitStatus };
}
