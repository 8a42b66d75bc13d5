import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './lock.ts';
import { ownProcessId } from './process-id.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tsrun-lock-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** What a process that was killed while it held the lock leaves. */
function deadLock(name: string): void {
  mkdirSync(join(dir, 'lock'));
  writeFileSync(join(dir, 'lock', name), '');
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('withLock', () => {
  it('lets one in at a time, the next when that one is done, and leaves nothing', async () => {
    const order: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      order.push(`${name} in`);
      await sleep(20);
      order.push(`${name} out`);
    };
    await Promise.all([withLock(dir, work('a')), withLock(dir, work('b'))]);
    expect([order[1], order[3]]).toEqual([order[0]?.replace('in', 'out'), order[2]?.replace('in', 'out')]);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('gives what the work gives, and is released when it fails', async () => {
    expect(await withLock(dir, async () => 7)).toBe(7);
    await expect(withLock(dir, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('takes the lock of a process that is dead', async () => {
    deadLock('999999999.1.0');
    await withLock(dir, async () => expect(readdirSync(join(dir, 'lock'))).toHaveLength(1), 200);
  });

  it('takes the lock of a process whose pid another one has now', async () => {
    deadLock(`${ownProcessId().pid}.1.0`);
    await withLock(dir, async () => expect(readdirSync(join(dir, 'lock'))[0]).toContain(ownProcessId().startTime), 200);
  });

  it('gives up after its patience with a living owner, and leaves the lock alone', async () => {
    await withLock(dir, async () => {
      await expect(withLock(dir, () => sleep(0), 20)).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
      expect(readdirSync(dir)).toEqual(['lock']);
    });
  });

  it('lets exactly one of many thieves at a time have a dead lock', async () => {
    deadLock('999999999.1.0');
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await sleep(1);
      inside--;
    };
    await Promise.all(Array.from({ length: 20 }, () => withLock(dir, work)));
    expect(most).toBe(1);
    expect(existsSync(join(dir, 'lock'))).toBe(false);
  });

  it('says NOT_FOUND where the container is gone', async () => {
    await expect(withLock(join(dir, 'gone'), () => sleep(0))).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'container does not exist',
    });
  });

  it('releases without complaint after the container was deleted', async () => {
    await withLock(dir, async () => rmSync(dir, { recursive: true }));
  });
});
