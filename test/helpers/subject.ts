/**
 * The program under test. Chosen by the environment:
 *  - TSRUN_UNDER_TEST   path of any runtime with runc's command line (the tests themselves are tried on runc this way)
 *  - TSRUN_SHAPE        `node` (dist/cli.js) or `standalone` (dist/bin/tsrun)
 *  - TSRUN_BACKEND      `linux` or `emulation`, passed on as --backend
 */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { repository } from './host.ts';

export interface Subject {
  /** argv before the subcommand. */
  readonly command: readonly string[];
  /** Names the row of known-differences.ts: `linux`, `emulation` or the other runtime's name. */
  readonly name: string;
  /** It is tsrun, in either shape. */
  readonly ours: boolean;
}

export const subject: Subject = choose(process.env);

function choose(env: NodeJS.ProcessEnv): Subject {
  const backend = env['TSRUN_BACKEND'];
  const flags = backend === undefined ? [] : ['--backend', backend];
  const other = env['TSRUN_UNDER_TEST'];
  if (other !== undefined && !['tsrun', 'cli.js'].includes(basename(other)))
    return { command: [other], name: basename(other), ours: false };
  const path = other ?? (env['TSRUN_SHAPE'] === 'node' ? join(repository, 'dist/cli.js') : join(repository, 'dist/bin/tsrun'));
  if (!existsSync(path)) throw new Error(`the program under test is not there: ${path} (npm run build makes it)`);
  const node = path.endsWith('.js') ? [process.execPath] : [];
  return { command: [...node, path, ...flags], name: backend ?? 'linux', ours: true };
}
