/** Many runs in a row leave as much behind as one: nothing. TSRUN_REPEATS changes how many. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { missing } from '../clients/runtime.ts';
import { Ground } from './ground.ts';

const reason = missing();
const repeats = Number(process.env['TSRUN_REPEATS'] ?? 200);

describe(`${repeats} containers, one after the other`, { timeout: 30_000 + repeats * 500 }, () => {
  let ground: Ground;

  beforeEach(({ skip }) => {
    if (reason !== undefined) skip(reason);
  });
  beforeAll(async () => {
    if (reason !== undefined) return;
    ground = await Ground.make('repeat');
  }, 30_000);
  afterAll(async () => {
    if (reason === undefined) await ground.sandbox.stop();
  }, 30_000);

  /** `body` in a shell loop with $i; must leave the sandbox as it was after the first time. */
  async function repeat(body: string, times: number): Promise<void> {
    const loop = (from: number, to: number): string => `i=${from}; while [ $i -lt ${to} ]; do ${body}; i=$((i+1)); done`;
    await ground.sandbox.sh(loop(0, 1));
    const before = ground.snapshot();
    await ground.sandbox.sh(loop(1, times), { timeout: 20_000 + times * 500 });
    await expect.poll(() => ground.changes(before), { timeout: 4000 }).toEqual([]);
  }
  const words = (...args: string[]): string => ground.argv(args).join(' ');

  test('run leaves no process, mount, cgroup, socket or state', async () => {
    const bundle = ground.bundle('run', 'exit 0');
    await repeat(`${words('run', '--bundle', bundle)} r$i </dev/null`, repeats);
  });

  test('run gives the container descriptors 0 to 2 and no other', async () => {
    const bundle = ground.bundle('fds', 'for n in 0 1 2 3 4 5 6 7 8 9 10 11 12; do [ ! -e /proc/1/fd/$n ] || echo -n "$n "; done');
    const out = await ground.sandbox.sh(`exec 7</dev/null 9</dev/zero; ${words('run', '--bundle', bundle)} fds </dev/null | cat`);
    expect(out).toMatch(/^0 1 2 ?$/);
  });

  test('create, start, exec, kill and delete leave nothing either', async () => {
    const bundle = ground.bundle('steps', 'exec sleep 100');
    const body = [
      `${words('create', '--bundle', bundle)} s$i </dev/null >/dev/null 2>&1`,
      `${words('start')} s$i`,
      `${words('exec')} s$i true </dev/null`,
      `${words('kill')} s$i KILL`,
      `${words('delete', '--force')} s$i`,
    ];
    await repeat(body.join(' && '), Math.ceil(repeats / 8));
  });
});
