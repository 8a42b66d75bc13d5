/** crun's tests/test_*.py. */
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, source } from './source.ts';
import { runTap, type TapResult } from './tap.ts';

/** checkpoint/restore; a terminal of the test's own. */
const LEFT_OUT = new Set(['test_checkpoint_restore.py', 'test_tty.py']);

export function runCrun(runtime: string): TapResult[] {
  install('python3', 'gcc', 'libc6-dev', 'libseccomp-dev');
  const tests = join(source('crun'), 'tests');
  writeFileSync(join(tests, 'config.h'), '#define HAVE_SECCOMP 1\n');
  execFileSync('gcc', ['-static', '-I.', 'init.c', '-o', 'init'], { cwd: tests, stdio: ['ignore', 'inherit', 'inherit'] });
  const files = readdirSync(tests).filter((name) => /^test_.*\.py$/.test(name) && !LEFT_OUT.has(name));
  const env = { OCI_RUNTIME: runtime, INIT: join(tests, 'init') };
  return files.flatMap((file) => runTap('crun', file, ['python3', file], { cwd: tests, env }));
}
