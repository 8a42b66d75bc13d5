/** What is built: one program a folder (sh, box, probe), and one a file of test-programs. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Program {
  readonly name: string;
  /** File below bin/. */
  readonly output: string;
  /** Relative to wasm-guest/, sorted: their order is the order of linking. */
  readonly sources: readonly string[];
}

const FOLDERS = ['sh', 'box', 'probe'];

export function sourcesBelow(guest: string, folder: string): string[] {
  return readdirSync(join(guest, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.c') && !file.split('/').includes('test'))
    .map((file) => `${folder}/${file}`)
    .toSorted();
}

export function programs(guest: string): Program[] {
  const tools = FOLDERS.map((name) => ({ name, output: `${name}.wasm`, sources: sourcesBelow(guest, name) }));
  const tests = sourcesBelow(guest, 'test-programs').map((source) => {
    const name = source.replace(/^test-programs\/|\.c$/g, '');
    return { name, output: `test/${name}.wasm`, sources: [source] };
  });
  return [...tools.filter(({ sources }) => sources.length > 0), ...tests];
}
