/** Files in memory: what a container can write is bounded, charged to its memory and shown to whoever asks. */
import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { poll } from '../helpers/process.ts';
import { test } from '../helpers/test.ts';

const MIB = 2 ** 20;
const WAIT = 'while :; do sleep 0.05; done';
const SCRATCH = { '/mounts/-': { destination: '/scratch', type: 'tmpfs', source: 'tmpfs' } };

/** Most memory that a process of the host has had. */
function peakOf(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

interface Stats {
  readonly data: { readonly memory: { readonly cache: number; readonly usage: { limit: number; usage: number; failcnt: number } } };
}

describe('a program that writes for ever', () => {
  test('ends with ENOSPC at half of the memory limit, again and again, and the host’s memory stays bounded', async ({ box }) => {
    const bundle = await box.started(WAIT, { ...SCRATCH, '/linux/resources/memory': { limit: 256 * MIB } });
    const { pid } = await box.state(bundle.id);
    const before = peakOf(pid ?? 0);
    for (const file of ['/big', '/scratch/big']) {
      const fill = `dd if=/dev/zero of=${file} bs=65536`;
      const size = `$(stat -c %s ${file})`;
      // Twice with all room again: removed, and truncated; then while a removed file is still open.
      const script = `
        ${fill} 2>/err; grep -c 'No space left' /err; first=${size}; rm ${file}
        ${fill} 2>/err; [ ${size} -ge $((first - 65536)) ] && echo again; : > ${file}
        ${fill} 2>/err; [ ${size} -ge $((first - 65536)) ] && echo again
        exec 3< ${file}; rm ${file}; dd if=/dev/zero of=${file} bs=65536 count=2 2>/dev/null || echo still open
        exec 3<&-; ${fill} 2>/err; [ ${size} -ge $((first - 65536)) ] && echo again; rm ${file}; echo $first`;
      const lines = (await box.exec(bundle.id, script)).stdout.split('\n'); // oxlint-disable-line no-await-in-loop -- in turn
      expect(lines.slice(0, 5)).toEqual(['1', 'again', 'again', 'still open', 'again']);
      expect(Number(lines[5])).toBeGreaterThan(120 * MIB);
      expect(Number(lines[5])).toBeLessThanOrEqual(128 * MIB);
    }
    // A gigabyte was written. What was freed goes back to the machine when garbage is collected.
    expect(peakOf(pid ?? 0) - before).toBeLessThan(448 * MIB);
    expect((await box.state(bundle.id)).status).toBe('running');
  });

  test('also with names, links and symbolic links instead of bytes, and the container lives on', async ({ box }) => {
    const bundle = await box.started(WAIT, { '/linux/resources/memory': { limit: 16 * MIB } });
    const script = `
      cd /tmp; { n=0; while [ 1 ] > $n; do n=$((n+1)); done; } 2>&1 | grep -o 'No space left'; rm ?
      ln -s target link && echo room; mkdir -p 1/2/3/4/5/6/7/8/9/10/11 2>&1 | grep -o 'No space left'`;
    expect((await box.exec(bundle.id, script)).stdout).toBe('No space left\nroom\nNo space left\n');
  });
});

describe('the memory of a container', () => {
  test('has its files: df, memory.current and events --stats say so, and `update --memory` gives them room', async ({ box }) => {
    const cgroup = { '/mounts/-': { destination: '/cg', type: 'cgroup2', source: 'cgroup' } };
    const bundle = await box.started(WAIT, { ...cgroup, '/linux/resources/memory': { limit: 64 * MIB } });
    const inside = async (script: string): Promise<string> => (await box.exec(bundle.id, script)).stdout;
    const stats = async (): Promise<Stats['data']['memory']> =>
      (JSON.parse((await box.ok(['events', '--stats', bundle.id])).stdout) as Stats).data.memory;
    const total = async (): Promise<number> => Number((await inside('df -k /')).split('\n')[1]?.split(/\s+/)[1]);
    expect(await total()).toBe(32 * 1024);
    const before = await stats();
    await inside(`dd if=/dev/zero of=/f bs=${MIB} count=20 2>/dev/null`);
    const after = await stats();
    expect(after.cache - before.cache).toBeGreaterThanOrEqual(20 * MIB);
    expect(after.usage.usage).toBeGreaterThanOrEqual(20 * MIB);
    expect(after.usage.failcnt).toBe(0);
    expect(Number(await inside('cat /cg/memory.current'))).toBeGreaterThan(20 * MIB);
    expect(Number(await inside('sed -n "s/^shmem //p" /cg/memory.stat'))).toBeGreaterThan(20 * MIB);
    expect(await inside(`dd if=/dev/zero of=/g bs=${MIB} count=20 2>/dev/null || echo full`)).toBe('full\n');
    expect((await stats()).usage.failcnt).toBe(1);
    await box.ok(['update', '--memory', '256M', bundle.id]);
    expect(await total()).toBe(128 * 1024);
    expect(await inside(`rm /g; dd if=/dev/zero of=/g bs=${MIB} count=20 2>/dev/null || echo full`)).toBe('');
  });

  test('a limit below what its files have kills its programs, as Linux does', async ({ box }) => {
    const bundle = await box.started(WAIT, { '/linux/resources/memory': { limit: 256 * MIB } });
    await box.exec(bundle.id, `dd if=/dev/zero of=/f bs=${MIB} count=100 2>/dev/null`);
    await box.ok(['update', '--memory', '64M', bundle.id]);
    await box.until(bundle.id, 'stopped');
    await poll('its end', async () => (await box.state(bundle.id)).status === 'stopped');
    expect(await box.state(bundle.id)).toMatchObject({ exitCode: 137 });
  });
});
