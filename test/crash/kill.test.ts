/**
 * kill -9 of the runtime or of its helper at random moments of create, start (with NOTIFY_SOCKET, too), exec, delete and run; then one `delete --force`.
 * TSRUN_CRASH_POINTS (default 100) and TSRUN_CRASH_SEED change the run; the seed is printed.
 */
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { missing } from '../clients/runtime.ts';
import { Ground } from './ground.ts';
import { operations, type Orders, type Point } from './orders.ts';

const reason = missing('/usr/bin/python3');
const points = Number(process.env['TSRUN_CRASH_POINTS'] ?? 100);
const seed = Number(process.env['TSRUN_CRASH_SEED'] ?? 20_260_823);

describe(`crash safety, ${points} points, seed ${seed}`, () => {
  let ground: Ground;
  let results: readonly Point[] = [];
  let failure = '';

  beforeEach(({ skip }) => {
    if (reason !== undefined) skip(reason);
  });
  beforeAll(
    async () => {
      if (reason !== undefined) return;
      ground = await Ground.make('crash');
      const { sandbox } = ground;
      const driver = `${sandbox.dir}/driver.mjs`;
      const entry = new URL('driver.ts', import.meta.url).pathname;
      buildSync({
        entryPoints: [entry],
        outfile: sandbox.outside(driver),
        bundle: true,
        platform: 'node',
        format: 'esm',
        target: 'node20',
      });
      const orders: Orders = {
        command: ground.argv([]),
        bundle: ground.bundle('crash', 'exec sleep 100'),
        trees: ground.scope.trees,
        notifySocket: `${sandbox.dir}/service-manager.sock`,
        seed,
        points,
      };
      const result = await sandbox.run([process.execPath, driver, JSON.stringify(orders)], { timeout: 60_000 + points * 2000 });
      results = result.stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Point);
      if (result.code !== 0) failure = result.stderr;
    },
    120_000 + points * 2000,
  );
  afterAll(async () => {
    if (reason === undefined) await ground.sandbox.stop();
  }, 30_000);

  test('all points were tried, and most kills hit something', () => {
    expect(failure).toBe('');
    expect(results).toHaveLength(points);
    expect(results.filter((result) => result.hit).length).toBeGreaterThan(points / 2);
  });

  for (const target of ['tsrun', 'helper'] as const) {
    test.for(operations)(`kill -9 of ${target} in %s leaves nothing after delete --force`, (operation) => {
      const mine = results.filter((result) => result.operation === operation && result.target === target);
      expect(mine.length).toBeGreaterThan(0);
      expect(mine.filter((result) => result.problems.length > 0)).toEqual([]);
    });
  }
});
