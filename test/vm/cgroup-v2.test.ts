import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { repository } from '../helpers/host.ts';
import { claims } from '../linux/cgroup-claims.ts';
import { runGuest } from './guest.ts';
import { VmUnavailable } from './kernel.ts';

/** One boot for both: the claims on src/backends/linux/cgroup in a compiled program, then those on the command line. */
const BIN = join(repository, 'dist/bin');
const CLI_SCRIPT = join(repository, 'test/vm/cgroup-v2.sh');
const BETWEEN = '@@command-line@@';
const BOOT_MS = 400_000;

let reason: string | undefined;
let programOutput = '';
let commandLineOutput = '';

async function bootOnce(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'tsrun-vm-test-'));
  try {
    const program = join(work, 'cgroup-program');
    const compiler = join(repository, 'node_modules/bun/bin/bun.exe');
    const { status, stderr } = spawnSync(
      compiler,
      ['build', '--compile', '--outfile', program, join(repository, 'test/vm/cgroup-program.ts')],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`bun cannot compile the claims: ${stderr}`);
    const result = await runGuest({
      script: `/bin/cgroup-program\necho ${BETWEEN}\n${readFileSync(CLI_SCRIPT, 'utf8')}`,
      files: new Map([
        [program, '/bin/cgroup-program'],
        [join(BIN, 'tsrun'), '/bin/tsrun'],
        [join(BIN, 'tsrun-helper'), '/bin/tsrun-helper'],
      ]),
      modules: ['loop', 'brd'],
      timeoutMs: BOOT_MS - 20_000,
      memoryMb: 1024,
    });
    if (result.code === undefined) throw new Error(`the guest ended without a result:\n${result.console.slice(-4000)}`);
    [programOutput = '', commandLineOutput = ''] = result.output.split(`${BETWEEN}\n`);
  } finally {
    rmSync(work, { recursive: true });
  }
}

describe('cgroup v2, in a virtual machine', () => {
  beforeAll(async () => {
    if (!existsSync(join(BIN, 'tsrun'))) {
      reason = 'dist/bin/tsrun is not built';
      return;
    }
    try {
      await bootOnce();
    } catch (error) {
      if (!(error instanceof VmUnavailable)) throw error;
      reason = error.message;
    }
  }, BOOT_MS);

  for (const { name, on } of claims) {
    if (on === 'v1') continue;
    test(name, (context) => {
      if (reason !== undefined) context.skip(reason);
      expect(programOutput.split('\n')).toContain(`ok - ${name}`);
    });
  }

  test('every claim on the command line holds', (context) => {
    if (reason !== undefined) context.skip(reason);
    const lines = commandLineOutput.split('\n');
    const results = lines.filter((line) => /^(not )?ok - /.test(line));
    expect(lines.filter((line) => /^not ok|^# /.test(line))).toEqual([`# 0 of ${results.length} failed`]);
    // The script got to its end, and no claim was lost on the way.
    expect(lines).toContain(`1..${results.length}`);
    expect(results.length).toBeGreaterThan(50);
  });
});
