/** The runtime under test as engines want it: one absolute path. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRoot, which } from '../helpers/host.ts';
import { subject } from '../helpers/subject.ts';

/** Why tests with these programs cannot run here; undefined when they can. */
export function missing(...programs: readonly string[]): string | undefined {
  if (!isRoot) return 'needs root (a sandbox for the engine)';
  const absent = [...programs, 'setpriv', 'unshare', 'nsenter', 'catatonit', 'ip'].filter((program) =>
    program.startsWith('/') ? !existsSync(program) : which(program) === undefined,
  );
  return absent.length === 0 ? undefined : `not installed: ${absent.join(' ')}`;
}

/** In the Node shape the engine gets a script, since it takes one path and no arguments. `dir` is where it may be written. */
export function runtimePath(dir: string): string {
  const [program = '', ...args] = subject.command;
  if (args.length === 0) return program;
  const path = join(dir, 'tsrun');
  writeFileSync(path, `#!/bin/sh\nexec ${[program, ...args].join(' ')} "$@"\n`, { mode: 0o755 });
  return path;
}
