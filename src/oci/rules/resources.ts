import { jsonPointer } from '../pointer.ts';
import type { LinuxResources } from '../spec.ts';
import type { Report } from './rule.ts';

/** -1 is "no limit"; nothing else below zero means anything. swap is memory and swap together (config-linux.md#memory). */
export function memory(resources: LinuxResources, report: Report, base: string): void {
  const section = 'config-linux.md#memory';
  const { memory: m } = resources;
  if (!m) return;
  for (const name of ['limit', 'reservation', 'swap', 'kernel', 'kernelTCP'] as const) {
    const value = m[name];
    if (value !== undefined && value < -1)
      report.error(`${base}/memory/${name}`, `expected bytes, or -1 for no limit, got ${value}`, { section });
  }
  const { limit = 0, swap = 0 } = m;
  if (limit > 0 && swap > 0 && swap < limit) {
    report.error(`${base}/memory/swap`, `is memory and swap together and cannot be below the limit (${swap} < ${limit})`, { section });
  }
  if (limit === -1 && swap > 0) report.error(`${base}/memory/swap`, 'cannot be limited where memory is not', { section });
  if ((m.swappiness ?? 0) > 100) report.error(`${base}/memory/swappiness`, `expected 0 to 100, got ${m.swappiness}`, { section });
}

/** Microseconds, as the kernel's bandwidth control takes them (config-linux.md#cpu). Zero: leave alone. */
export function cpu(resources: LinuxResources, report: Report, base: string): void {
  const section = 'config-linux.md#cpu';
  const { cpu: c } = resources;
  if (!c) return;
  const { quota = 0, burst = 0, period = 0, idle = 0 } = c;
  if (quota < -1 || (quota > 0 && quota < 1000))
    report.error(`${base}/cpu/quota`, `expected at least 1000 (µs), or -1 for no limit, got ${quota}`, { section });
  if (period !== 0 && (period < 1000 || period > 1_000_000))
    report.error(`${base}/cpu/period`, `expected 1000 to 1000000 (µs), got ${period}`, { section });
  if (burst > 0 && quota > 0 && burst > quota)
    report.error(`${base}/cpu/burst`, `cannot be above the quota (${burst} > ${quota})`, { section });
  if (idle !== 0 && idle !== 1) report.error(`${base}/cpu/idle`, `expected 0 or 1, got ${idle}`, { section });
}

/** -1 is "no limit" (config-linux.md#pids). */
export function pids(resources: LinuxResources, report: Report, base: string): void {
  const limit = resources.pids?.limit ?? 0;
  if (limit < -1)
    report.error(`${base}/pids/limit`, `expected a number of processes, or -1 for no limit, got ${limit}`, {
      section: 'config-linux.md#pids',
    });
}

/** Weights are 10 to 1000; 0 is unset (config-linux.md#block-io). */
export function blockIO(resources: LinuxResources, report: Report, base: string): void {
  const { blockIO: b } = resources;
  if (!b) return;
  const check = (value: number | undefined, pointer: string): void => {
    if (value && (value < 10 || value > 1000))
      report.error(pointer, `expected 10 to 1000, got ${value}`, { section: 'config-linux.md#block-io' });
  };
  check(b.weight, `${base}/blockIO/weight`);
  check(b.leafWeight, `${base}/blockIO/leafWeight`);
  for (const [index, device] of (b.weightDevice ?? []).entries()) {
    check(device.weight, `${base}/blockIO/weightDevice/${index}/weight`);
    check(device.leafWeight, `${base}/blockIO/weightDevice/${index}/leafWeight`);
    if (device.weight === undefined && device.leafWeight === undefined) {
      report.error(`${base}/blockIO/weightDevice/${index}`, 'weight or leafWeight is required', { section: 'config-linux.md#block-io' });
    }
  }
}

/** At least one of the two limits MUST be given (config-linux.md#rdma). */
export function rdma(resources: LinuxResources, report: Report, base: string): void {
  for (const [device, limit] of Object.entries(resources.rdma ?? {})) {
    if (limit.hcaHandles !== undefined || limit.hcaObjects !== undefined) continue;
    report.error(base + jsonPointer(['rdma', device]), 'hcaHandles or hcaObjects is required', { section: 'config-linux.md#rdma' });
  }
}

/** Keys are file names of the container's cgroup, nothing else (config-linux.md#unified). */
export function unified(resources: LinuxResources, report: Report, base: string): void {
  for (const key of Object.keys(resources.unified ?? {})) {
    if (/^[A-Za-z0-9_.-]+$/.test(key) && key.includes('.') && !key.startsWith('.')) continue;
    report.error(base + jsonPointer(['unified', key]), `${JSON.stringify(key)} is not a cgroup v2 file name such as "memory.max"`, {
      section: 'config-linux.md#unified',
    });
  }
}

/** One limit for a page size (config-linux.md#huge-page-limits). */
export function hugepages(resources: LinuxResources, report: Report, base: string): void {
  const seen = new Set<string>();
  for (const [index, { pageSize }] of (resources.hugepageLimits ?? []).entries()) {
    if (seen.has(pageSize)) {
      report.error(`${base}/hugepageLimits/${index}/pageSize`, `duplicate page size ${pageSize}`, {
        section: 'config-linux.md#huge-page-limits',
      });
    }
    seen.add(pageSize);
  }
}
