/** How this program runs itself again, as the process of a container or of an exec. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TsrunError } from '../../../core/errors.ts';

/** First arguments of the hidden commands; the second is the state directory, so that `ps` on the host says whose it is. */
export const SUPERVISE = '--supervise';
export const EXEC = '--exec-in';

export function selfCommand(): readonly string[] {
  if (isStandalone()) return [process.execPath];
  return [process.execPath, ...process.execArgv.filter((arg) => !arg.startsWith('--inspect')), programOf(fileURLToPath(import.meta.url))];
}

export function isStandalone(): boolean {
  return typeof TSRUN_STANDALONE !== 'undefined' && TSRUN_STANDALONE;
}

/** dist/index.js and dist/chunks/x.js have it as dist/cli.js; sources that are run as they are (tests) use a build. */
function programOf(file: string): string {
  const dir = dirname(file);
  const dist = basename(dir) === 'chunks' ? dirname(dir) : basename(dir) === 'supervisor' ? join(dir, '../../../../dist') : dir;
  const program = join(dist, 'cli.js');
  if (!existsSync(program))
    throw new TsrunError('SYSTEM', `the program ${program} does not exist`, { hint: 'build it with: npm run build' });
  return program;
}

/**
 * Bun's switches for the process of a container: the standalone executable starts without JavaScript's compilers
 * (scripts/prologue.ts), and WebAssembly needs them. Our own code is compiled only when it has run more often than by default
 * (500): a short container takes 75 ms of CPU instead of 91, a long one as much (Bun 1.4.5).
 */
export const COMPILERS = { BUN_JSC_useJIT: '1', BUN_JSC_thresholdForJITAfterWarmUp: '3000' } as const;

/** Of ours, what a process of a container may see: nothing of it reaches a guest. */
export function ownEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => KEPT.has(name) || name.startsWith('TSRUN_'));
  return { ...Object.fromEntries(kept.map(([name, value]) => [name, value ?? ''])), ...(isStandalone() && COMPILERS) };
}
const KEPT: ReadonlySet<string> = new Set(['HOME', 'PATH', 'TMPDIR', 'XDG_CACHE_HOME']);
