import { describe, expect, it } from 'vitest';
import type { KernelLimits } from '../../kernel/types.ts';
import { TestContainer, type Running } from '../testing/container.ts';
import { hasJspi } from './jspi.ts';
import { ThreadProgram } from './thread.ts';

const [SIGKILL, SIGTERM, SIGCONT, SIGSTOP, SIGXCPU] = [9, 15, 18, 19, 24];
const RLIMIT_CPU = 0;

const make = (limits: KernelLimits = {}): TestContainer => new TestContainer({ loader: { foreign: 'thread' }, limits });
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Until it computes. */
async function spinning(running: Running): Promise<void> {
  expect(running.process.program).toBeInstanceOf(ThreadProgram);
  while (running.process.cpuMs === 0) await sleep(5);
}

async function msUntilEnd(running: Running, signal: number, container: TestContainer): Promise<number> {
  const before = performance.now();
  container.kernel.signal(running.process, signal);
  expect(await running.status).toBe(signal);
  return performance.now() - before;
}

describe.skipIf(hasJspi())('a plain module in a thread', { timeout: 30_000 }, () => {
  it('gets arguments, environment and standard streams, and gives its status', async () => {
    const container = make();
    const running = container.start(container.install('hello'), { args: ['fail'], env: ['NAME=grüße'] });
    running.input.push(new TextEncoder().encode('line\n'));
    running.input.end();
    expect(await running.status).toBe(7 << 8);
    expect(running.stdout()).toBe('arg 0: /hello\narg 1: fail\nNAME=grüße\nstdin: line\n');
    expect(running.stderr()).toBe('to stderr\n');
  });

  it('copies files', async () => {
    const container = make();
    container.write('/input.txt', 'x'.repeat(300_000));
    expect(await container.start(container.install('copy')).status).toBe(0);
    expect(container.read('/output.txt')).toBe('x'.repeat(300_000));
  });

  it('waits for its input while others run, as a process that sleeps', async () => {
    const container = make();
    const waiting = container.start(container.install('hello'));
    const other = container.start(container.install('files'), { init: false });
    expect(await other.status).toBe(1 << 8);
    while (waiting.process.state !== 'sleeping') await sleep(5);
    waiting.input.push(new TextEncoder().encode('late\n'));
    waiting.input.end();
    expect(await waiting.status).toBe(0);
    expect(waiting.stdout()).toContain('stdin: late\n');
  });

  it('is killed while it waits, and before it has begun', async () => {
    const container = make();
    const path = container.install('hello');
    const [waiting, fresh] = [container.start(path), container.start(path, { init: false })];
    expect(await msUntilEnd(fresh, SIGKILL, container)).toBeLessThan(1000);
    await sleep(50);
    expect(await msUntilEnd(waiting, SIGKILL, container)).toBeLessThan(1000);
  });

  it('spins beside others, and is ended by TERM and KILL within a second', async () => {
    const container = make();
    const path = container.install('plain-spin');
    const [first, second] = [container.start(path), container.start(path, { init: false })];
    await Promise.all([spinning(first), spinning(second)]);
    expect(first.process.state).toBe('running');
    const counting = container.start(container.install('spin'), { init: false });
    expect(await counting.status).toBe(0);
    expect(await msUntilEnd(second, SIGTERM, container)).toBeLessThan(1000);
    expect(await msUntilEnd(first, SIGKILL, container)).toBeLessThan(1000);
  });

  it.each([
    ['SIGSTOP and SIGCONT', (container: TestContainer, { process }: Running) => container.kernel.signal(process, SIGSTOP), SIGCONT],
    ['pause and resume', (container: TestContainer) => container.kernel.freeze(), 0],
  ])('spinning, it comes to rest by %s', async (_name, stop, signal) => {
    const container = make();
    const running = container.start(container.install('plain-spin'));
    await spinning(running);
    stop(container, running);
    await sleep(100); // to the end of its slice
    const rested = running.process.cpuMs;
    const before = process.cpuUsage().user;
    await sleep(200);
    expect(running.process.cpuMs).toBe(rested);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(150);
    if (signal === 0) container.kernel.thaw();
    else container.kernel.signal(running.process, signal);
    while (running.process.cpuMs === rested) await sleep(5);
    expect(await msUntilEnd(running, SIGKILL, container)).toBeLessThan(1000);
  });

  it('spinning, it keeps to the container’s share of CPU time', async () => {
    const container = make({ cpu: { quotaMs: 10, periodMs: 100 } });
    const running = container.start(container.install('plain-spin'));
    await spinning(running);
    const [from, before] = [running.process.cpuMs, performance.now()];
    await sleep(1000);
    const share = (running.process.cpuMs - from) / (performance.now() - before);
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(0.3);
    await msUntilEnd(running, SIGKILL, container);
  });

  it('spinning, it is ended by its limit of CPU time', async () => {
    const container = make();
    container.start(container.install('hello'));
    const limited = container.start(container.install('plain-spin'), { init: false, rlimits: new Map([[RLIMIT_CPU, [1n, 5n]]]) });
    expect(await limited.status).toBe(SIGXCPU | 0x80);
    expect(limited.process.cpuMs).toBeGreaterThan(900);
    container.kernel.shutdown();
  });

  it('ends with its container', async () => {
    const container = make();
    const path = container.install('plain-spin');
    const all = [container.start(path), container.start(path, { init: false }), container.start(path, { init: false })];
    await spinning(all[0] as Running);
    container.kernel.shutdown();
    expect(await Promise.all(all.map(({ status }) => status))).toEqual([SIGKILL, SIGKILL, SIGKILL]);
    const before = process.cpuUsage().user;
    await sleep(200);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(150);
  });
});
