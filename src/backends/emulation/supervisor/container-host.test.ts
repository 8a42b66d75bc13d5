import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import * as v8 from 'node:v8';
import { expect, test } from 'vitest';
import { CONFIG } from '../execute/script-container.fixture.ts';
import { collector, sourceOf } from '../execute/script-container.fixture.ts';
import { Connection } from './connection.ts';
import { ContainerHost } from './container-host.ts';
import { SharedStdio } from './shared-stdio.ts';
import { CONTROL_SOCKET, connectTo } from './sockets.ts';

/** Since Node 20.13; it collects garbage first. */
const { queryObjects } = v8 as unknown as { queryObjects(this: void, constructor: unknown, options: { format: 'count' }): number };

async function hostIn(dir: string): Promise<ContainerHost> {
  mkdirSync(join(dir, 'rootfs'));
  const { process: _none, ...config } = CONFIG;
  return ContainerHost.create({
    order: {
      id: 'c',
      config: { ...config, root: { path: 'rootfs' } },
      bundle: dir,
      stateDir: dir,
      terminal: false,
      strict: false,
      settings: {},
      preserved: [],
      hookStates: { creating: ['', ''], created: ['', ''] },
    },
    stdioKind: 'inherit',
    stdio: new SharedStdio({ ...sourceOf(''), readNow: () => undefined }, collector().sink, collector().sink),
    runtimeHooks: () => Promise.resolve(),
    warn: () => undefined,
  });
}

test(
  'a container keeps nothing of the commands that have asked it, and its end is the end of those that wait',
  { timeout: 20_000 },
  async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tsrun-unit-'));
    try {
      const host = await hostIn(dir);
      const ask = async (): Promise<void> => {
        const connection = await connectTo(dir, CONTROL_SOCKET);
        await connection.request('watchOom', null);
        await connection.request('processes', null);
        await connection.request('attach', { stdin: true });
        connection.close();
        await connection.closed;
      };
      for (let count = 0; count < 30; count++) await ask(); // oxlint-disable-line no-await-in-loop
      for (let turns = 0; turns < 10; turns++) await turn(); // oxlint-disable-line no-await-in-loop
      expect(queryObjects(Connection, { format: 'count' })).toBeLessThan(10);

      const waiting = await connectTo(dir, CONTROL_SOCKET);
      await waiting.request('watchOom', null);
      host.container.dispose();
      await waiting.closed;
      await host.exited;
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
);
