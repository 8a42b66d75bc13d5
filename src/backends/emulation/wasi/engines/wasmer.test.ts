import { describe, expect, it } from 'vitest';
import { TestContainer } from '../testing/container.ts';
import { loadWasmer } from './wasmer.ts';

describe('the wasmer engine', () => {
  it('gives arguments, environment, streams and the status', async () => {
    const container = new TestContainer({ loader: { wasmer: await loadWasmer() } });
    const running = container.start(container.install('hello'), { args: ['fail'], env: ['NAME=x'] });
    running.input.push(new TextEncoder().encode('line\n'));
    running.input.end();
    expect(await running.status).toBe(7 << 8);
    expect(running.stdout()).toContain('arg 1: fail\nNAME=x\nstdin: line\n');
    expect(running.stderr()).toBe('to stderr\n');
  });

  it('runs over a copy of the container, whose changes are written back', async () => {
    const container = new TestContainer({ loader: { wasmer: await loadWasmer() } });
    container.write('/input.txt', 'from the container');
    const path = container.install('copy');
    const running = container.start(path);
    running.input.end();
    expect(await running.status).toBe(0);
    expect(container.read('/output.txt')).toBe('from the container');
    expect(() => container.read('/input.txt')).toThrow('ENOENT');
  });

  it('leaves programs with our own calls to our own engine', async () => {
    const container = new TestContainer({ loader: { wasmer: await loadWasmer() } });
    const running = container.start(container.install('processes'), { args: ['deep'] });
    expect(await running.status).toBe(0);
    expect(running.stdout()).toBe('deep: 117\n');
  });
});

it('a module that the library cannot link ends with a message and 126', async () => {
  const container = new TestContainer({ loader: { wasmer: await loadWasmer() } });
  // (module (import "env" "missing" (func)) (func (export "_start")))
  const text =
    '\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x0f\x01\x03env\x07missing\0\0\x03\x02\x01\0\x07\x0a\x01\x06_start\0\x01\x0a\x04\x01\x02\0\x0b';
  container.write('/odd', new Uint8Array(Buffer.from(text, 'latin1')));
  const running = container.start('/odd');
  running.input.end();
  expect(await running.status).toBe(126 << 8);
  expect(running.stderr()).toContain('@wasmer/wasi cannot run this module');
});

it('a file of terabytes is no program, and nothing of it is read', async () => {
  const container = new TestContainer({ loader: { wasmer: await loadWasmer() } });
  const path = container.install('hello');
  const { vfs } = container.kernel;
  vfs.setAttributes(container.context, vfs.resolve(container.context, path), { size: 2 ** 50 });
  expect(() => container.start(path)).toThrow(expect.objectContaining({ errno: 'ENOEXEC', description: 'is larger than 128 MiB' }));
});
