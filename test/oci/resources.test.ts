/** pause, resume, update, ps, list and events: what engines do with a running container. */
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Bundle } from '../helpers/box.ts';
import { cgroupMounts } from '../helpers/host.ts';
import { poll, sleep } from '../helpers/process.ts';
import { anyUserTest, test } from '../helpers/test.ts';

const v1 = cgroupMounts.has('memory');
const file = (bundle: Bundle, controller: string, name: string): string =>
  readFileSync(join(cgroupMounts.get(controller) ?? '', bundle.cgroupsPath, name), 'utf8').trim();

describe('oci-checklist §2.2: pause and resume', () => {
  test('a paused container stands still and goes on after resume', async ({ box }) => {
    const bundle = await box.started('while :; do echo x >> /count; sleep 0.02; done');
    const size = (): number => readFileSync(join(bundle.rootfs, 'count'), 'utf8').length;
    await poll('the first count', () => {
      try {
        return size() > 0;
      } catch {
        return false;
      }
    });
    await box.ok(['pause', bundle.id]);
    const before = size();
    await sleep(150);
    expect(size()).toBe(before);
    await box.ok(['resume', bundle.id]);
    await poll('it to go on', () => size() > before);
  });

  test('a paused container can be killed with KILL', async ({ box }) => {
    const bundle = await box.started();
    await box.ok(['pause', bundle.id]);
    await box.ok(['kill', bundle.id, 'KILL']);
    await box.ok(['delete', '--force', bundle.id]);
  });

  test('resume of a container that is not paused is an error', async ({ box }) => {
    const bundle = await box.started();
    expect((await box.fails(['resume', bundle.id])).msg).toMatch(/container not paused/);
  });

  test('pause of a stopped container is an error', async ({ box }) => {
    const bundle = await box.started('true');
    await box.until(bundle.id, 'stopped');
    expect((await box.fails(['pause', bundle.id])).msg).toMatch(/container not running/);
  });

  for (const verb of ['pause', 'resume', 'ps', 'update', 'events']) {
    anyUserTest(`${verb} of an unknown id is an error`, async ({ box }) => {
      const args = verb === 'update' ? ['--pids-limit', '5'] : verb === 'events' ? ['--stats'] : [];
      expect((await box.fails([verb, ...args, 'nobody'])).msg).toMatch(/container does not exist/);
    });
  }
});

describe.skipIf(!v1)('oci-checklist §2.2: update', () => {
  test('every flag with an effect on this host', async ({ box }) => {
    const bundle = await box.started();
    await box.ok([
      'update',
      '--memory',
      '64M',
      '--memory-reservation',
      '32M',
      '--memory-swap',
      '128M',
      '--cpu-share',
      '300',
      '--cpu-quota',
      '20000',
      '--cpu-period',
      '90000',
      '--cpuset-cpus',
      '0',
      '--cpuset-mems',
      '0',
      '--pids-limit',
      '99',
      bundle.id,
    ]);
    expect(file(bundle, 'memory', 'memory.limit_in_bytes')).toBe(String(64 << 20));
    expect(file(bundle, 'memory', 'memory.soft_limit_in_bytes')).toBe(String(32 << 20));
    expect(file(bundle, 'cpu', 'cpu.shares')).toBe('300');
    expect(file(bundle, 'cpu', 'cpu.cfs_quota_us')).toBe('20000');
    expect(file(bundle, 'cpu', 'cpu.cfs_period_us')).toBe('90000');
    expect(file(bundle, 'cpuset', 'cpuset.cpus')).toBe('0');
    expect(file(bundle, 'pids', 'pids.max')).toBe('99');
  });

  test('quota alone keeps the period, and the other way round', async ({ box }) => {
    const bundle = await box.started('sleep 100', { '/linux/resources/cpu': { quota: 10_000, period: 50_000 } });
    await box.ok(['update', '--cpu-quota', '20000', bundle.id]);
    expect([file(bundle, 'cpu', 'cpu.cfs_quota_us'), file(bundle, 'cpu', 'cpu.cfs_period_us')]).toEqual(['20000', '50000']);
    await box.ok(['update', '--cpu-period', '60000', bundle.id]);
    expect([file(bundle, 'cpu', 'cpu.cfs_quota_us'), file(bundle, 'cpu', 'cpu.cfs_period_us')]).toEqual(['20000', '60000']);
  });

  for (const form of [['--resources', '-'], ['--resources=-'], ['-r', '-']]) {
    test(`${form.join(' ')} reads JSON from stdin, where zeros mean leave alone`, async ({ box }) => {
      const bundle = await box.started('sleep 100', { '/linux/resources/cpu': { shares: 333 } });
      const stdin =
        '{"memory":{"limit":67108864,"reservation":0,"swap":67108864,"kernel":0},"cpu":{"shares":0,"quota":50000,"period":100000},"pids":{"limit":77},"blockIO":{"weight":0}}';
      await box.ok(['update', ...form, bundle.id], { stdin });
      expect(file(bundle, 'memory', 'memory.limit_in_bytes')).toBe('67108864');
      expect([file(bundle, 'cpu', 'cpu.shares'), file(bundle, 'cpu', 'cpu.cfs_quota_us')]).toEqual(['333', '50000']);
      expect(file(bundle, 'pids', 'pids.max')).toBe('77');
    });
  }

  test('-r FILE, and a broken one changes nothing', async ({ box }) => {
    const bundle = await box.started();
    await box.ok(['update', '--resources', box.file('r.json', '{"pids":{"limit":55}}'), bundle.id]);
    expect(file(bundle, 'pids', 'pids.max')).toBe('55');
    await box.fails(['update', '--resources', box.file('bad.json', '{"pids":{"limit":"x"}}'), bundle.id]);
    expect(file(bundle, 'pids', 'pids.max')).toBe('55');
  });

  test('a bad value is an error that names the flag or value', async ({ box }) => {
    const bundle = await box.started();
    expect((await box.tsrun(['update', '--memory', '12Q', bundle.id])).code).toBe(1);
    expect((await box.tsrun(['update', '--pids-limit', 'many', bundle.id])).code).toBe(1);
  });
});

describe('oci-checklist §2.3: ps', () => {
  test('json is an array of host pids', async ({ box }) => {
    const bundle = await box.started('sleep 101 & exec sleep 102');
    const pid = await box.pid(bundle.id);
    const pids = JSON.parse((await box.ok(['ps', '--format', 'json', bundle.id])).stdout) as number[];
    expect(pids).toContain(pid);
    await poll(
      'two processes',
      async () => (JSON.parse((await box.ok(['ps', '--format', 'json', bundle.id])).stdout) as number[]).length === 2,
    );
    expect(JSON.parse((await box.ok(['ps', '-f', 'json', bundle.id])).stdout)).toHaveLength(2);
  });

  test('the table is that of ps, filtered', async ({ box }) => {
    const bundle = await box.started('exec sleep 103');
    const pid = await box.pid(bundle.id);
    const table = (await box.ok(['ps', bundle.id])).stdout.trim().split('\n');
    expect(table[0]).toMatch(/PID/);
    expect(table).toHaveLength(2);
    expect(table[1]).toContain(String(pid));
    expect((await box.ok(['ps', bundle.id, '-o', 'pid,args'])).stdout).toMatch(new RegExp(`${pid} sleep 103`));
  });

  test('of a stopped container json is null', async ({ box }) => {
    const bundle = await box.started('true');
    await box.until(bundle.id, 'stopped');
    expect((await box.ok(['ps', '--format', 'json', bundle.id])).stdout.trim()).toBe('null');
  });
});

describe('oci-checklist §2.3: list', () => {
  test('json, table and quiet', async ({ box }) => {
    const first = await box.started();
    const second = await box.create('true');
    const json = JSON.parse((await box.ok(['list', '--format', 'json'])).stdout) as Record<string, unknown>[];
    const owner = callersName();
    expect(json.map((entry) => [entry['id'], entry['status'], entry['bundle'], entry['owner']])).toEqual([
      [first.id, 'running', first.path, owner],
      [second.id, 'created', second.path, owner],
    ]);
    const table = (await box.ok(['list'])).stdout.trim().split('\n');
    expect(table[0]?.trim().split(/\s+/)).toEqual(['ID', 'PID', 'STATUS', 'BUNDLE', 'CREATED', 'OWNER']);
    expect(table[1]?.split(/\s+/).slice(0, 4)).toEqual([first.id, String(await box.pid(first.id)), 'running', first.path]);
    expect((await box.ok(['list', '-q'])).stdout).toBe(`${first.id}\n${second.id}\n`);
    expect((await box.ok(['list', '--quiet'])).stdout).toBe(`${first.id}\n${second.id}\n`);
  });

  anyUserTest('json of nothing is null', async ({ box }) => {
    const { mkdirSync } = await import('node:fs');
    mkdirSync(box.root);
    expect((await box.ok(['list', '-f', 'json'])).stdout.trim()).toBe('null');
  });
});

describe.skipIf(!v1)('oci-checklist §2.3: events', () => {
  test('--stats prints one JSON line in the shape of runc', async ({ box }) => {
    const bundle = await box.started('exec sleep 100', {
      '/linux/resources/memory': { limit: 64 << 20 },
      '/linux/resources/pids': { limit: 44 },
    });
    const { stdout } = await box.ok(['events', '--stats', bundle.id]);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const event = JSON.parse(stdout) as Record<string, unknown>;
    expect(event).toMatchObject({
      type: 'stats',
      id: bundle.id,
      data: {
        cpu: { usage: {}, throttling: {} },
        memory: { usage: { limit: 64 << 20 }, raw: {} },
        pids: { current: 1, limit: 44 },
        blkio: {},
      },
    });
  });

  test('without --stats it goes on at the interval and tells of OOM', async ({ box }) => {
    const bundle = await box.create('sleep 0.5; head -c 90m /dev/zero | tail -c 80m > /dev/null; sleep 100', {
      '/linux/resources/memory': { limit: 16 << 20, swap: 16 << 20 },
    });
    const child = box.background(['events', '--interval', '200ms', bundle.id]);
    let out = '';
    child.stdout?.on('data', (data: Buffer) => (out += data.toString()));
    await box.ok(['start', bundle.id]);
    await poll('two stats', () => (out.match(/"type":"stats"/g)?.length ?? 0) >= 2, 5000);
    await poll('an oom event', () => out.includes('"type":"oom"'), 8000);
    expect(out).toContain(`"id":"${bundle.id}"`);
  });
});

/** As `list` has it for a user without an entry in passwd. */
function callersName(): string {
  try {
    return userInfo().username;
  } catch {
    return `#${process.getuid?.()}`;
  }
}
