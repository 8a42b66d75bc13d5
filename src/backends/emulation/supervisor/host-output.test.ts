import { spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readlinkSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hostOutput } from './host-output.ts';

const dir = mkdtempSync(join(tmpdir(), 'tsrun-unit-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('what is written to a file is there when flush says so', async () => {
  const fd = openSync(join(dir, 'file'), 'w');
  const sink = hostOutput(fd);
  for (let i = 0; i < 100; i++) sink.write(Buffer.from(`${i}\n`));
  await sink.flush();
  closeSync(fd);
  expect(readFileSync(join(dir, 'file'), 'utf8').split('\n')).toHaveLength(101);
});

test('its end closes the descriptor once all is out, and only where it is asked to', async () => {
  for (const ends of [true, false]) {
    const fd = openSync(join(dir, `ends ${ends}`), 'w');
    const sink = hostOutput(fd, { ends });
    sink.write(Buffer.from('text'));
    sink.end?.();
    await sink.flush(); // oxlint-disable-line no-await-in-loop
    expect([readlinkSync(`/proc/self/fd/${fd}`) === '/dev/null', readFileSync(join(dir, `ends ${ends}`), 'utf8')]).toEqual([ends, 'text']);
    closeSync(fd);
  }
});

test('a pipe that nobody reads fills up without blocking, and drains when it is read', async () => {
  spawnSync('mkfifo', [join(dir, 'fifo')]);
  const reading = openSync(join(dir, 'fifo'), constants.O_RDWR | constants.O_NONBLOCK); // both ends: neither open waits
  const sink = hostOutput(openSync(join(dir, 'fifo'), 'w'));
  let drained = 0;
  sink.onDrain = () => drained++;
  const chunk = new Uint8Array(60_000).fill(97);
  let written = 0;
  for (;;) {
    written += chunk.length;
    if (!sink.write(chunk)) break;
    if (written > 1e7) expect.fail('it was never full');
  }
  const buffer = Buffer.alloc(65_536);
  let read = 0;
  while (read < written) {
    read += available(reading, buffer);
    await new Promise((resolve) => setImmediate(resolve)); // oxlint-disable-line no-await-in-loop
  }
  await sink.flush();
  expect([read, drained]).toEqual([written, 1]);
  closeSync(reading);
});

test('what cannot be written is told, once, and later bytes are dropped', async () => {
  const fd = openSync('/dev/full', 'w');
  const sink = hostOutput(fd);
  let broken = 0;
  sink.onBroken = () => broken++;
  expect(sink.write(Buffer.from('x'))).toBe(true);
  expect(sink.write(Buffer.from('y'))).toBe(true);
  await sink.flush();
  expect(broken).toBe(1);
  closeSync(fd);
});

function available(fd: number, buffer: Buffer): number {
  try {
    return readSync(fd, buffer, 0, buffer.length, null);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    return 0;
  }
}
