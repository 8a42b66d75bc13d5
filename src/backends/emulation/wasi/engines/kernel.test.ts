/** The engines under the real kernel. */
import { describe, expect, it } from 'vitest';
import { TestContainer } from '../testing/container.ts';

const SIGKILL = 9;
const SIGSTOP = 19;
const SIGCONT = 18;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function output(program: string, what: string): Promise<string> {
  const container = new TestContainer();
  const running = container.start(container.install(program), { args: [what], env: ['NAME=value'] });
  expect(await running.status).toBe(0);
  return running.stdout();
}

describe('our own calls in the real kernel', () => {
  it.each([
    ['pipe', 'read 200001 bytes, 0 wrong, child status 3\n'],
    ['deep', 'deep: 117\n'],
    ['vfork', 'child: NAME=executed\nshared 2, child status 5\n'],
    ['vfork-blocks', 'child status 42\n'],
    ['setjmp', 'value 3 after 4 times\n'],
  ])('%s', async (what, expected) => {
    expect(await output('processes', what)).toBe(expected);
  });

  it('reads what the host pushes and sees the end of it', async () => {
    const container = new TestContainer();
    const running = container.start(container.install('hello'));
    running.input.push(new TextEncoder().encode('from outside\n'));
    running.input.end();
    expect(await running.status).toBe(0);
    expect(running.stdout()).toContain('stdin: from outside\n');
  });
});

describe('a computing program with the loop counter', () => {
  it.each(['loop', 'recursion'])('is killed in an endless %s within a second, and others run meanwhile', async (what) => {
    const container = new TestContainer();
    const path = container.install('spin');
    const endless = container.start(path, { args: [what] });
    const counting = container.start(path, { init: false });
    expect(await counting.status).toBe(0);
    expect(counting.stdout()).toMatch(/^pid \d+: 1283106752\n$/);
    const before = performance.now();
    container.kernel.signal(endless.process, SIGKILL);
    expect(await endless.status).toBe(SIGKILL);
    expect(performance.now() - before).toBeLessThan(1000);
  });

  it('stops and continues', async () => {
    const container = new TestContainer();
    const endless = container.start(container.install('spin'), { args: ['loop'] });
    await sleep(20);
    container.kernel.signal(endless.process, SIGSTOP);
    await sleep(20);
    const stopped = endless.process.cpuMs;
    await sleep(30);
    expect(endless.process.cpuMs).toBe(stopped);
    container.kernel.signal(endless.process, SIGCONT);
    await sleep(30);
    expect(endless.process.cpuMs).toBeGreaterThan(stopped);
    container.kernel.shutdown();
  });
});

describe('a program that asks for preopened directories', () => {
  it('finds the root of the container, and absolute links work', async () => {
    const container = new TestContainer();
    container.write('/input.txt', 'in the root');
    const running = container.start(container.install('files'));
    expect(await running.status).toBe(0);
    expect(running.stdout()).toBe('in the root\nwritten: 7\nabsolute: yes\n');
    expect(container.read('/dir/moved')).toBe('written');
  });
});
