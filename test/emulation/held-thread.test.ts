/**
 * A module that computes without end and cannot be interrupted holds the one thread of its container's process: where Node has no JSPI, and
 * its permission model forbids threads.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import binaryen from 'binaryen';
import { describe, expect, inject } from 'vitest';
import { hasJspi } from '../../src/backends/emulation/wasi/engines/jspi.ts';
import { Box } from '../helpers/box.ts';
import { repository } from '../helpers/host.ts';
import { processesOf } from '../helpers/leftovers.ts';
import { sleep } from '../helpers/process.ts';
import { test as base } from '../helpers/test.ts';

const PERMISSIONS = ['--experimental-permission', '--allow-fs-read=*', '--allow-fs-write=*', '--allow-child-process', '--no-warnings'];

const test = base.extend<{ node: Box; spinning: string }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the parameter list
  node: async ({}, use) => {
    const command = [process.execPath, ...PERMISSIONS, join(repository, 'dist/cli.js'), '--backend', 'emulation'];
    const box = new Box({ template: inject('template'), subject: { name: 'emulation', ours: true, command } });
    try {
      await use(box);
    } finally {
      await box.close();
    }
  },
  /** The id of a running container of it. */
  spinning: async ({ node }, use) => {
    const bundle = node.bundle('', { '/process/args': ['/bin/spin'] });
    writeFileSync(join(bundle.rootfs, 'bin/spin'), spinningModule(), { mode: 0o755 });
    await node.ok(['run', '--detach', '--bundle', bundle.path, bundle.id]);
    await sleep(200); // it begins a moment after `run` has its answer
    await use(bundle.id);
  },
});

/** Too large to be instrumented at load (5 MB), and without an import that the engine could suspend it at. */
function spinningModule(): Uint8Array {
  const data = 'a'.repeat(5 << 20);
  const module = binaryen.parseText(
    `(module (memory (export "memory") 100) (data (i32.const 0) "${data}") (func (export "_start") (loop $again (br $again))))`,
  );
  try {
    return module.emitBinary();
  } finally {
    module.dispose();
  }
}

async function timed(work: Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work;
  return performance.now() - before;
}

describe.skipIf(hasJspi())('a program that holds the thread', () => {
  test('is ended by kill KILL, which does not wait for an answer', async ({ node, spinning }) => {
    expect(await timed(node.ok(['kill', spinning, 'KILL']))).toBeLessThan(4000); // half a second, and Node's start on a busy machine
    await node.until(spinning, 'stopped');
    await node.ok(['delete', spinning]);
    expect([node.ids(), processesOf(spinning)]).toEqual([[], []]);
  });

  test('is ended by kill --all KILL, and by delete --force', async ({ node, spinning }) => {
    await node.ok(['kill', '--all', spinning, 'KILL']);
    await node.until(spinning, 'stopped');
    await node.ok(['delete', '--force', spinning]);
    expect(processesOf(spinning)).toEqual([]);
  });

  test('is ended by stop once its time is over', async ({ node, spinning }) => {
    expect(await timed(node.ok(['stop', '--time', '1', spinning]))).toBeLessThan(6000);
    await node.until(spinning, 'stopped');
  });

  test('does not get TERM, and the error says so', { timeout: 40_000 }, async ({ node, spinning }) => {
    const failure = await node.fails(['kill', spinning, 'TERM'], { timeout: 30_000 });
    expect(failure).toMatchObject({
      errorCode: 'SYSTEM',
      msg: 'the process of the container does not answer (signal)',
      hint: 'a program may compute without end; kill KILL and delete --force end the container',
    });
    expect(await node.state(spinning)).toMatchObject({ status: 'running' });
  });
});
