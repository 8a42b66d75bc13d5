/** Random scripts print the same in the guest shell with our tools and in dash with the host's: pipes, jobs, traps, signals. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GuestWorld, bin } from './guest-world.ts';
import { randomFrom, ScriptWriter } from './random-scripts.ts';

const DASH = '/usr/bin/dash';
const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);
const applets = readFileSync(`${bin}applets.txt`, 'utf8').split('\n').filter(Boolean);

interface Result {
  /** As Latin-1. */
  readonly stdout: string;
  readonly status: number;
}

function inDash(script: string): Promise<Result> {
  const scratch = mkdtempSync(join(tmpdir(), 'tsrun-random-'));
  for (const sub of ['bin', 'work']) mkdirSync(join(scratch, sub));
  symlinkSync(DASH, join(scratch, 'bin/sh'));
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', script], {
      cwd: join(scratch, 'work'),
      env: { PATH: `${scratch}/bin:/usr/bin:/bin`, HOME: '/root', LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('error', reject);
    child.on('close', (status, signal) => {
      rmSync(scratch, { recursive: true });
      resolve({ stdout: Buffer.concat(parts).toString('latin1'), status: status ?? 128 + constants.signals[signal ?? 'SIGKILL'] });
    });
  });
}

async function inKernel(script: string): Promise<Result> {
  const world = new GuestWorld();
  for (const name of ['sh', 'box']) world.install(name);
  for (const applet of applets) world.vfs.symlink(world.context, 'box', `/bin/${applet}`);
  world.vfs.mkdir(world.context, '/work', 0o755);
  try {
    // Not as pid 1, for which signals have no default action.
    const { stdout, status } = await world.run(['sh', '-c', 'sh -c "$1"', 'sh', script], {
      cwd: '/work',
      env: ['PATH=/bin', 'HOME=/root', 'LC_ALL=C'],
    });
    return { stdout: Buffer.from(stdout).toString('latin1'), status: status >> 8 };
  } finally {
    world.kernel.shutdown();
  }
}

test.skipIf(!existsSync(DASH)).each(SEEDS)('script %i', { timeout: 60_000 }, async (seed) => {
  const script = new ScriptWriter(randomFrom(seed)).script();
  const [dash, ours] = await Promise.all([inDash(script), inKernel(script)]);
  expect(ours, script).toEqual(dash);
});
