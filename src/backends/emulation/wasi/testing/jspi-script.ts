/** Run by engines/jspi.test.ts under an engine with JSPI: prints what happened as JSON. */
import { performance } from 'node:perf_hooks';
import { hasJspi } from '../engines/jspi.ts';
import { TestContainer } from './container.ts';

const SIGKILL = 9;

/** A plain program waits for its input while another computes. */
async function waits(): Promise<unknown> {
  const container = new TestContainer();
  const waiting = container.start(container.install('hello'), { env: ['NAME=x'] });
  const other = container.start(container.install('files'), { init: false });
  const otherStatus = await other.status;
  waiting.input.push(new TextEncoder().encode('late\n'));
  waiting.input.end();
  return { status: await waiting.status, late: waiting.stdout().includes('stdin: late\n'), otherStatus };
}

/** An endless loop in a module that has no counter of its own. */
async function killed(): Promise<unknown> {
  const container = new TestContainer();
  const path = container.install('plain-spin');
  const [endless, second] = [container.start(path), container.start(path, { init: false })];
  const turns = (): boolean => endless.process.cpuMs > 0 && second.process.cpuMs > 0;
  for (let tries = 0; tries < 100 && !turns(); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
  const before = performance.now();
  container.kernel.signal(second.process, SIGKILL);
  container.kernel.signal(endless.process, SIGKILL);
  const statuses = [await endless.status, await second.status];
  return { turns: turns(), statuses, fast: performance.now() - before < 1000, abilities: endless.process.program?.abilities };
}

/** Killed while it waits: its stack is let go. */
async function killedWaiting(): Promise<unknown> {
  const container = new TestContainer();
  const waiting = container.start(container.install('hello'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  container.kernel.signal(waiting.process, SIGKILL);
  return waiting.status;
}

console.log(JSON.stringify({ jspi: hasJspi(), waits: await waits(), killed: await killed(), killedWaiting: await killedWaiting() }));
