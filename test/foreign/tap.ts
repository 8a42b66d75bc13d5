/** The Test Anything Protocol, as bats and crun's tests print it, against what is expected. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from './source.ts';

export interface TapResult {
  readonly name: string;
  readonly ok: boolean;
  readonly skipped: boolean;
}

/** Failing tests that have a reason: `file: name of the test`, by reason. */
export type Expected = Readonly<Record<string, readonly string[]>>;

/**
 * Runs one file of tests. Its output goes to a file, which stays: what a test leaves behind (runc's recvtty) would hold a pipe open
 * for ever.
 */
export function runTap(
  suite: string,
  file: string,
  argv: readonly string[],
  options: { readonly cwd: string; readonly env: object },
): TapResult[] {
  const log = join(cache, `${suite}-${file}.tap`);
  const output = openSync(log, 'w');
  const { NODE_EXTRA_CA_CERTS: _, NOTIFY_SOCKET: __, ...env } = process.env;
  spawnSync('timeout', ['-k', '2', '600', ...argv], {
    cwd: options.cwd,
    env: { ...env, ...options.env },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  return parseTap(file, readFileSync(log, 'utf8'));
}

export function parseTap(file: string, text: string): TapResult[] {
  return [...text.matchAll(/^(not )?ok \d+(?: -)? (.*)$/gm)].map(([, not, rest = '']) => {
    const [name = '', skip] = rest.split(/ # skip\b/i);
    return { name: `${file}: ${name.trim()}`, ok: not === undefined, skipped: skip !== undefined };
  });
}

/** Prints what differs from the expectations. True where nothing does. */
export function judge(suite: string, results: readonly TapResult[], expected: Expected): boolean {
  const reasons = new Map(Object.entries(expected).flatMap(([reason, names]) => names.map((name) => [name, reason] as const)));
  const failed = results.filter(({ ok }) => !ok).map(({ name }) => name);
  const unexpected = failed.filter((name) => !reasons.has(name));
  const passed = new Set(results.filter(({ ok, skipped }) => ok && !skipped).map(({ name }) => name));
  const better = [...reasons.keys()].filter((name) => passed.has(name));
  for (const name of unexpected) console.log(`${suite}: FAILED ${name}`);
  for (const name of better) console.log(`${suite}: passes now, to be taken out of expected.ts: ${name}`);
  const skipped = results.filter((result) => result.skipped).length;
  const known = failed.length - unexpected.length;
  console.log(`${suite}: ${passed.size} passed, ${unexpected.length} failed, ${known} failed as expected, ${skipped} skipped`);
  return results.length > 0 && unexpected.length + better.length === 0;
}
