import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { asyncifyAtLoad, findInstrumenter, keyOf } from './asyncify-at-load.ts';
import { readCached, writeCached } from './disk-cache.ts';
import { hasJspi } from './engines/jspi.ts';
import { TestContainer } from './testing/container.ts';
import { programBytes } from './testing/run.ts';

let cache: string;
beforeAll(() => {
  cache = mkdtempSync(join(tmpdir(), 'tsrun-cache-test-'));
  vi.stubEnv('XDG_CACHE_HOME', cache);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true });
});
const directory = (): string => join(cache, 'tsrun', 'wasm');

describe('the cache on disk', () => {
  it('gives back what was written, and nothing when a byte of it has changed', () => {
    const content = new Uint8Array([1, 2, 3, 4]);
    expect(readCached('key')).toBeUndefined();
    writeCached('key', content);
    expect(readCached('key')).toEqual(Buffer.from(content));
    const file = join(directory(), 'key.wasm');
    const damaged = readFileSync(file);
    damaged[33] = 9;
    writeFileSync(file, damaged);
    expect(readCached('key')).toBeUndefined();
    expect(readdirSync(directory())).toEqual([]);
  });
});

describe.skipIf(hasJspi())('Asyncify at load', () => {
  it('is not offered for modules that are too large', () => {
    expect(findInstrumenter(10)).toBeDefined();
    expect(findInstrumenter(100 << 20)).toBeUndefined();
  });

  it('gives nothing for a module that the tool refuses', async () => {
    expect(await asyncifyAtLoad(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 99]), 'broken')).toBeUndefined();
  });

  it('lets a plain program wait for its input while others run, from the cache the second time', async () => {
    const bytes = programBytes('hello');
    for (const cached of [false, true]) {
      const container = new TestContainer({ loader: { foreign: 'best' } });
      // Another content each time would be another module; the memory cache of this process must not hide the disk's.
      const path = container.install('hello');
      const waiting = container.start(path);
      const other = container.start(container.install('spin'), { init: false });
      expect(await other.status).toBe(0);
      waiting.input.push(new TextEncoder().encode('late\n'));
      waiting.input.end();
      expect(await waiting.status).toBe(0);
      expect(waiting.stdout()).toContain('stdin: late\n');
      expect(readCached(keyOf(bytes, true))).toBeDefined();
      expect(cached || readdirSync(directory()).length === 1).toBe(true);
    }
  }, 60_000);
});
