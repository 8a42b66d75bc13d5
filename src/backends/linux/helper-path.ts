import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TsrunError } from '../../core/errors.ts';

/** Where the helper is: beside the standalone executable, or in `bin/` beside the bundled JavaScript. */
export function helperPath(): string {
  const path = TSRUN_STANDALONE ? join(dirname(process.execPath), 'tsrun-helper') : helperOfBundle(fileURLToPath(import.meta.url));
  if (!existsSync(path)) {
    throw new TsrunError('HELPER_MISMATCH', `the helper program ${path} does not exist`, { hint: 'build it with: npm run build' });
  }
  return path;
}

/** dist/cli.js and dist/chunks/x.js both have it in dist/bin. */
function helperOfBundle(file: string): string {
  const dir = dirname(file);
  return join(basename(dir) === 'chunks' ? dirname(dir) : dir, 'bin', 'tsrun-helper');
}
