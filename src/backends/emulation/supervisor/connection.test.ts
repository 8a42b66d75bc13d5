import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { TsrunError } from '../../../core/errors.ts';
import type { Connection } from './connection.ts';
import { connectTo, listen, type Listener } from './sockets.ts';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const each of undo.splice(0).toReversed()) each();
});

async function pair(
  dir = mkdtempSync(join(tmpdir(), 'tsrun-unit-')),
): Promise<{ client: Connection; server: Connection; listener: Listener; dir: string }> {
  undo.push(() => rmSync(dir, { recursive: true, force: true }));
  let accepted: (connection: Connection) => void = () => undefined;
  const server = new Promise<Connection>((resolve) => {
    accepted = resolve;
  });
  const listener = await listen(dir, 's.sock', (connection) => accepted(connection));
  undo.push(() => listener.close());
  const client = await connectTo(dir, 's.sock');
  return { client, server: await server, listener, dir };
}

test('an error crosses with all that it says', async () => {
  const { client, server } = await pair();
  server.handlers.start = () =>
    Promise.reject(
      new TsrunError('STEP_FAILED', 'words', { pointer: '/mounts/1', hint: 'do', step: { op: 'mount', index: 4, errno: 'EPERM' } }),
    );
  const error = await client.request('start', null).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(TsrunError);
  expect(error).toMatchObject({
    code: 'STEP_FAILED',
    message: 'words',
    pointer: '/mounts/1',
    hint: 'do',
    step: { op: 'mount', index: 4, errno: 'EPERM' },
  });
});

test('a request that nobody takes is refused, and the connection goes on', async () => {
  const { client, server } = await pair();
  await expect(client.request('pause', null)).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
  server.handlers.pause = () => Promise.resolve(null);
  await expect(client.request('pause', null)).resolves.toBeNull();
});

test('who goes away leaves no request waiting', async () => {
  const { client, server } = await pair();
  server.handlers.start = () => new Promise(() => undefined);
  const waiting = client.request('start', null);
  server.close();
  await expect(waiting).rejects.toMatchObject({ code: 'STATE_CONFLICT', message: 'container not running' });
  await expect(client.request('start', null)).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
});

test('who closes answers first', async () => {
  const { client, server } = await pair();
  server.handlers.start = async () => {
    server.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    throw new TsrunError('HOOK_FAILED', 'said in time');
  };
  await expect(client.request('start', null)).rejects.toMatchObject({ code: 'HOOK_FAILED', message: 'said in time' });
  await client.closed;
});

test('bytes and events come in the order in which they were sent', async () => {
  const { client, server } = await pair();
  const seen: string[] = [];
  for (const descriptor of [1, 2]) client.channel(descriptor).data = (bytes) => seen.push(`${descriptor}:${Buffer.from(bytes).toString()}`);
  client.on.exit = (exit) => seen.push(JSON.stringify(exit));
  server.sendData(1, Buffer.from('one'));
  server.sendData(2, Buffer.from('two'));
  server.event('exit', { code: 3 });
  server.close();
  await client.closed;
  expect(seen).toEqual(['1:one', '2:two', '{"code":3}']);
});

test('a directory whose path is longer than a socket address works all the same', async () => {
  const dir = join(mkdtempSync(join(tmpdir(), 'tsrun-unit-')), 'x'.repeat(60), 'y'.repeat(60));
  const { mkdirSync } = await import('node:fs');
  mkdirSync(dir, { recursive: true });
  const { client, server } = await pair(dir);
  server.handlers.stats = () => Promise.resolve({ ok: true });
  await expect(client.request('stats', null)).resolves.toEqual({ ok: true });
});

test('where nobody listens the container is not running', async () => {
  const { listener, dir } = await pair();
  listener.close();
  await expect(connectTo(dir, 's.sock')).rejects.toMatchObject({ code: 'STATE_CONFLICT', message: 'container not running' });
  await expect(connectTo(join(dir, 'absent'), 's.sock')).rejects.toMatchObject({ message: 'container not running' });
});

test('names that every object has are no requests', async () => {
  const { client } = await pair();
  for (const name of ['toString', 'constructor', 'hasOwnProperty', '__proto__'])
    // oxlint-disable-next-line no-await-in-loop
    await expect(client.request(name as 'start', null)).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
});
