/** Whatever comes over a container's control socket, its process goes on, and keeps nothing of it. */
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { Box, Bundle } from '../helpers/box.ts';
import { isRoot } from '../helpers/host.ts';
import { poll, run, sleep } from '../helpers/process.ts';
import { test } from '../helpers/test.ts';

const stateOf = (box: Box, { id }: Bundle): string => join(box.root, id);

async function dial(box: Box, bundle: Bundle): Promise<Socket> {
  // The path may be longer than an address: by a descriptor, as tsrun itself.
  const directory = stateOf(box, bundle);
  const short = box.path('s');
  if (lstatSync(short, { throwIfNoEntry: false }) === undefined) symlinkSync(directory, short);
  const socket = connect(join(short, 'control.sock'));
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => undefined);
  socket.resume();
  return socket;
}

function frame(kind: number, payload: Uint8Array | string): Buffer {
  const body = Buffer.from(payload as string);
  const head = Buffer.alloc(5);
  head.writeUInt32LE(body.length + 1);
  head[4] = kind;
  return Buffer.concat([head, body]);
}

const json = (value: unknown): Buffer => frame(0, JSON.stringify(value) ?? 'null');

/** Sends pieces on a connection of their own, waits a moment for the last, and hangs up. */
async function send(box: Box, bundle: Bundle, ...pieces: readonly Uint8Array[]): Promise<void> {
  const socket = await dial(box, bundle);
  for (const piece of pieces) if (!socket.destroyed) socket.write(piece);
  await sleep(10);
  socket.destroy();
}

async function healthy(box: Box, bundle: Bundle): Promise<void> {
  expect((await box.state(bundle.id)).status).toBe('running');
  expect(await box.exec(bundle.id, 'echo alive')).toMatchObject({ code: 0, stdout: 'alive\n' });
}

const descriptors = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;
const resident = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

const REQUESTS = ['start', 'exec', 'execSignal', 'attach', 'signal', 'update', 'stats', 'processes', 'watchOom', 'create', 'commit'];
const NO_REQUESTS = ['toString', 'constructor', '__proto__', 'hasOwnProperty', '', 'x'];
const EVENTS = ['hooks', 'hooksDone', 'warning', 'exit', 'oom', 'eof', 'broken', 'inputOver', 'dropped', 'resize', 'toString', '__proto__'];
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, -1, 1e99, 65, 'KILL', [], {}, { signal: 'x' }, { signal: 1.5 }),
);
const message = fc.oneof(
  fc.record({ request: fc.constantFrom(...REQUESTS, ...NO_REQUESTS), id: anything, params: anything }),
  fc.record({
    request: fc.constant('exec'),
    id: fc.nat(),
    params: fc.record({ process: fc.record({ args: anything, cwd: anything, env: anything, user: anything }), terminal: anything }),
  }),
  fc.record({ request: fc.constantFrom('signal', 'execSignal'), id: fc.nat(), params: fc.record({ signal: anything, all: anything }) }),
  fc.record({ request: fc.constant('attach'), id: fc.nat(), params: fc.record({ stdin: anything, size: anything }) }),
  fc.record({ event: fc.constantFrom(...EVENTS), data: anything }),
  fc.record({ id: anything, result: anything }),
  fc.record({ id: anything, error: anything }),
  anything,
);
/** Signals that may end the container are not for here. */
const harmless = (value: unknown): boolean => {
  const { request, params } = (value ?? {}) as { request?: unknown; params?: { signal?: unknown } };
  return request !== 'signal' || !Number.isInteger(params?.signal) || (params?.signal as number) < 0 || (params?.signal as number) > 64;
};
const piece = fc.oneof(
  { weight: 6, arbitrary: message.filter(harmless).map(json) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 2, arbitrary: fc.tuple(fc.nat(4), fc.uint8Array({ maxLength: 64 })).map(([kind, bytes]) => frame(kind, bytes)) },
);

describe.runIf(process.platform === 'linux')('the control socket', { timeout: 120_000 }, () => {
  test('takes any frames, of any types, whole and in pieces', async ({ box }) => {
    const bundle = await box.started('while :; do sleep 1; done');
    await send(box, bundle, json({ request: 'stats', id: 1, params: null }));
    const pid = await box.pid(bundle.id);
    const before = descriptors(pid);
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 12 }), async (pieces) => {
        await send(box, bundle, ...pieces);
      }),
      { numRuns: 300, seed: 20260911, endOnFailure: true },
    );
    expect(await box.pid(bundle.id)).toBe(pid);
    await healthy(box, bundle);
    await poll('no connection left', () => descriptors(pid) <= before);
    await poll(
      'no process left',
      async () => (JSON.parse((await box.ok(['ps', '-f', 'json', bundle.id])).stdout) as unknown[]).length <= 2,
    );
  });

  test('a frame that is too long, one that never ends, and a peer that says nothing cost nobody else anything', async ({ box }) => {
    const bundle = await box.started('sleep 100');
    const pid = await box.pid(bundle.id);
    const huge = await dial(box, bundle);
    huge.write(Buffer.from([0xff, 0xff, 0xff, 0x7f, 0]));
    await new Promise((resolve) => huge.once('close', resolve));
    const before = descriptors(pid);
    const memory = resident(pid);
    const open: Socket[] = [];
    for (let count = 0; count < 1000; count++) open.push(await dial(box, bundle)); // oxlint-disable-line no-await-in-loop
    for (const socket of open) socket.write(Buffer.from([0, 0, 128, 0, 0, 0x7b])); // the head of 8 MiB
    await healthy(box, bundle);
    expect(resident(pid) - memory).toBeLessThan(100 * 1024);
    for (const socket of open) socket.destroy();
    await poll('the connections to be gone', () => descriptors(pid) <= before);
    await healthy(box, bundle);
  });

  test.skipIf(!isRoot)('is for the owner alone, also below a root that everybody may use', async ({ box }) => {
    mkdirSync(box.root, { recursive: true });
    chmodSync(box.root, 0o777);
    const bundle = await box.started('sleep 100');
    expect(statSync(stateOf(box, bundle)).mode & 0o7777).toBe(0o700);
    const script = `require('net').connect(process.argv[1]).on('connect', () => console.log('connected')).on('error', (e) => console.log(e.code))`;
    const other = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
    const tried = await run([...other, process.execPath, '-e', script, join(stateOf(box, bundle), 'control.sock')]);
    expect(tried.stdout).toBe('EACCES\n');
    const read = await run([...other, 'cat', join(stateOf(box, bundle), 'status.json')]);
    expect(read.code).not.toBe(0);
    await healthy(box, bundle);
  });

  test('a link with a container’s name in the root is no container, and what it leads to stays', async ({ box }) => {
    const elsewhere = box.path('elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'state.json'), '{}');
    mkdirSync(box.root, { recursive: true });
    symlinkSync(elsewhere, join(box.root, 'planted'));
    const bundle = box.bundle('true');
    await box.fails(['create', '--bundle', bundle.path, 'planted']);
    await box.fails(['state', 'planted']);
    await box.tsrun(['delete', '--force', 'planted']);
    expect(readdirSync(elsewhere)).toEqual(['state.json']);
  });
});
