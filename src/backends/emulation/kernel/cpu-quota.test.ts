import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CpuQuota } from './cpu-quota.ts';
import { Timers } from './timers.ts';

describe('cpu.max', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('a period\u2019s quota that is used up throttles until the next period', () => {
    let woken = 0;
    const quota = new CpuQuota({ quotaMs: 10, periodMs: 100 }, new Timers(), () => woken++);
    quota.charge(9);
    expect(quota.throttled()).toBe(false);
    expect(quota.exhaustedBy(1)).toBe(true);
    quota.charge(1);
    expect(quota.throttled()).toBe(true);
    vi.advanceTimersByTime(99);
    expect([quota.throttled(), woken]).toEqual([true, 0]);
    vi.advanceTimersByTime(1);
    expect([quota.throttled(), woken, quota.periods, quota.ms]).toEqual([false, 1, 1, 100]);
  });

  it('a slice that overran is paid back in the periods after it', () => {
    let woken = 0;
    const quota = new CpuQuota({ quotaMs: 10, periodMs: 100 }, new Timers(), () => woken++);
    quota.charge(35);
    expect(quota.throttled()).toBe(true);
    vi.advanceTimersByTime(299);
    expect(woken).toBe(0);
    vi.advanceTimersByTime(1);
    expect(woken).toBe(1);
    expect(quota.throttled()).toBe(false);
    expect(quota.exhaustedBy(5)).toBe(true);
  });

  it('unused quota is not saved up', () => {
    const quota = new CpuQuota({ quotaMs: 10, periodMs: 100 }, new Timers(), () => undefined);
    vi.advanceTimersByTime(1000);
    quota.charge(10);
    expect(quota.throttled()).toBe(true);
    quota.stop();
  });
});
