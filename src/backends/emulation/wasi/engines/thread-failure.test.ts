import { Worker } from 'node:worker_threads';
import { describe, expect, it, vi } from 'vitest';
import { TestContainer } from '../testing/container.ts';
import { hasJspi } from './jspi.ts';

vi.mock('node:worker_threads', { spy: true });
const ABORTED = 6 | 0x80;

describe.skipIf(hasJspi())('a program whose thread is not to be had ends by SIGABRT and says why', () => {
  const start = async (): Promise<{ status: number; stderr: string }> => {
    const container = new TestContainer({ loader: { foreign: 'thread' } });
    const running = container.start(container.install('hello'));
    return { status: await running.status, stderr: running.stderr() };
  };

  it('when there are too many', async () => {
    vi.mocked(Worker).mockImplementationOnce(function () {
      throw new Error('EAGAIN');
    });
    expect(await start()).toEqual({ status: ABORTED, stderr: 'tsrun: /hello: its thread: EAGAIN\n' });
  });

  it.each([
    ['throw new Error("broken")', 'broken'],
    ['process.exit(3)', 'the thread ended with 3'],
  ])('when it fails: %s', async (code, message) => {
    vi.mocked(Worker).mockImplementationOnce(function () {
      return new Worker(code, { eval: true });
    });
    expect(await start()).toEqual({ status: ABORTED, stderr: `tsrun: /hello: its thread: ${message}\n` });
  });
});
