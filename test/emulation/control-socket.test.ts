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

/** Asks one after the other on one connection: what each is answered. */
async function ask(box: Box, bundle: Bundle, ...requests: readonly (readonly [request: string, params: unknown])[]): Promise<Answer[]> {
  const socket = await dial(box, bundle);
  const answers: Answer[] = [];
  let bytes = Buffer.alloc(0);
  socket.on('data', (more) => {
    bytes = Buffer.concat([bytes, more]);
    for (let length = 4; bytes.length >= 4 && bytes.length >= (length = 4 + bytes.readUInt32LE(0)); bytes = bytes.subarray(length)) {
      if (bytes[4] !== 0) continue;
      const message = JSON.parse(bytes.subarray(5, length).toString()) as Answer & { id?: number };
      if (message.id !== undefined) answers[message.id] = message;
    }
  });
  for (const [id, [request, params]] of requests.entries()) {
    socket.write(json({ request, id, params }));
    await poll(`an answer to ${request} ${JSON.stringify(params)}`, () => answers[id] !== undefined); // oxlint-disable-line no-await-in-loop
  }
  socket.destroy();
  return answers;
}

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

async function healthy(box: Box, bundle: Bundle): Promise<void> {
  expect((await box.state(bundle.id)).status).toBe('running');
  expect(await box.exec(bundle.id, 'echo alive')).toMatchObject({ code: 0, stdout: 'alive\n' });
}

const descriptors = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;
const resident = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

const REQUESTS = ['start', 'exec', 'execSignal', 'attach', 'signal', 'update', 'stats', 'processes', 'watchOom', 'create', 'commit'];
const NO_REQUESTS = ['toString', 'constructor', '__proto__', 'hasOwnProperty', '', 'x'];
const EVENTS = [
  'hooks',
  'hooksDone',
  'warning',
  'exit',
  'oom',
  'eof',
  'broken',
  'outputClosed',
  'inputClosed',
  'inputOver',
  'dropped',
  'resize',
  'toString',
  '__proto__',
];
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, -1, 1e99, 65, 'KILL', [], {}, { signal: 'x' }, { signal: 1.5 }),
);
const message = fc.oneof(
  fc.record({ request: fc.constantFrom(...REQUESTS, ...NO_REQUESTS), id: anything, params: anything }),
  fc.record({
    request: fc.constant('exec'),
    id: fc.nat(),
    params: fc.record({
      process: fc.record({ args: anything, cwd: anything, env: anything, user: anything }),
      terminal: anything,
      preserved: anything,
    }),
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

  test('what is no signal, no process, no size and no resources is refused as such, and changes nothing', async ({ box }) => {
    const bundle = await box.started('while :; do sleep 1; done');
    const pid = await box.pid(bundle.id);
    const process = { args: ['true'], cwd: '/', user: { uid: 0, gid: 0 } };
    const noSignals = [65, 1000, 2 ** 31, 1e99, -1, 1.5, '9', 'KILL', null, [9], { signal: 9 }, true];
    const noProcesses = [
      null,
      5,
      {},
      { ...process, args: [] },
      { ...process, args: [1] },
      { ...process, args: 'true' },
      { ...process, cwd: 'relative' },
      { ...process, env: [null] },
      { ...process, env: { A: 'b' } },
      { ...process, user: { uid: -1, gid: 'x' } },
      { ...process, rlimits: [{ type: 'RLIMIT_NOFILE', soft: 'many', hard: {} }] },
      { ...process, capabilities: { bounding: 7 } },
      { ...process, oomScoreAdj: 1e99 },
    ];
    const file = { fd: 3, kind: 'file', readable: true, writable: true };
    const noDescriptors = [
      undefined,
      {},
      [7],
      [{ ...file, fd: 2 }],
      [file, file],
      [{ ...file, kind: 'toString' }],
      [{ ...file, readable: false, writable: false }],
      [{ ...file, readable: 1 }],
      Array.from({ length: 254 }, (_, index) => ({ ...file, fd: 3 + index })),
    ];
    const answers = await ask(
      box,
      bundle,
      ...noSignals.flatMap((signal) => [
        ['signal', { signal, all: false }] as const,
        ['signal', { signal, all: true }] as const,
        ['execSignal', { signal }] as const,
      ]),
      ['signal', null],
      ['signal', { signal: 0, all: 'yes' }],
      ...noProcesses.map((one) => ['exec', { process: one, standIn: false, preserved: [] }] as const),
      ['exec', null],
      ['exec', { process }],
      ...[null, {}, { columns: 1e9, rows: 1 }, { columns: 80, rows: -1 }, { columns: '80', rows: 1.5 }].map(
        (terminal) => ['exec', { process, terminal, standIn: false, preserved: [] }] as const,
      ),
      ...noDescriptors.map((preserved) => ['exec', { process, standIn: false, preserved }] as const),
      ['attach', null],
      ['attach', { stdin: 1 }],
      ['attach', { stdin: false, size: { columns: 'x', rows: 2 } }],
      ...[null, 7, { memory: 7 }, { memory: { limit: 'much' } }, { pids: { limit: 1.5 } }, { cpu: { quota: [] } }].map(
        (resources) => ['update', resources] as const,
      ),
    );
    expect(answers.map(({ error }) => error?.code)).toEqual(answers.map(() => expect.stringMatching(/^(USAGE|CONFIG_INVALID)$/)));
    expect(await box.pid(bundle.id)).toBe(pid);
    await healthy(box, bundle);
    // Of those that there are, 0 and real-time ones are as good as any.
    const good = await ask(box, bundle, ['signal', { signal: 0, all: false }], ['signal', { signal: 64, all: false }]);
    expect(good).toEqual([
      { id: 0, result: null },
      { id: 1, result: null },
    ]);
  });

  test('events with a size or an error that there is not end the connection, not the container', async ({ box }) => {
    const bundle = await box.started('while :; do sleep 1; done');
    const exec = (terminal?: unknown): Buffer =>
      json({
        request: 'exec',
        id: 1,
        params: { process: { args: ['cat'], cwd: '/', user: { uid: 0, gid: 0 } }, terminal, standIn: true, preserved: [] },
      });
    const events: readonly (readonly [terminal: unknown, event: string, data: unknown])[] = [
      [{ columns: 80, rows: 24 }, 'resize', null],
      [{ columns: 80, rows: 24 }, 'resize', { columns: 'wide', rows: 2 ** 70 }],
      [undefined, 'broken', { descriptor: 1, why: 'toString' }],
      [undefined, 'broken', { descriptor: 1, why: 7 }],
      [undefined, 'broken', { descriptor: {}, why: 'EPIPE' }],
    ];
    for (const [terminal, event, data] of events) {
      const socket = await dial(box, bundle); // oxlint-disable-line no-await-in-loop
      const closed = new Promise((resolve) => socket.once('close', resolve));
      // At once: also what comes before the process is there.
      socket.write(Buffer.concat([exec(terminal), json({ event, data })]));
      await closed; // oxlint-disable-line no-await-in-loop
    }
    await healthy(box, bundle);
    await poll('no process left', async () => !(await box.ok(['ps', bundle.id])).stdout.includes('cat'));
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
