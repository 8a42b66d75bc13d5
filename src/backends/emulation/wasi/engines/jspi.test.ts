import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('plain modules wait, take turns and are killed where the engine has JSPI (Bun)', () => {
  const bun = fileURLToPath(new URL('../../../../../node_modules/bun/bin/bun.exe', import.meta.url));
  const script = fileURLToPath(new URL('../testing/jspi-script.ts', import.meta.url));
  const { stdout, stderr } = spawnSync(bun, [script], { encoding: 'utf8', timeout: 30_000 });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    jspi: true,
    waits: { status: 0, late: true, otherStatus: 1 << 8 },
    killed: { turns: true, statuses: [9, 9], fast: true },
    killedWaiting: 9,
  });
}, 60_000);
