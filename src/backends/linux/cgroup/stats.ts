/**
 * `events --stats`: the data object in runc's shape (types/events.go), whose encoder leaves out most zeros; so do we.
 * Nanoseconds and bytes. Numbers above 2^53 are rounded, but stay within the 64 bits that Go clients decode into.
 */
import { existsSync, readdirSync } from 'node:fs';
import type { CgroupRecord } from '../../../plan/facts.ts';
import type { Json, Stats } from '../../backend.ts';
import { pageSizeName } from './convert.ts';
import { readCgroupFile } from './files.ts';
import { findPlace } from './place.ts';
import { blkioStats } from './stats-io.ts';
import { memoryStats } from './stats-memory.ts';
import { cpuList, flatKeyed, number, pressure, sparse } from './stats-parse.ts';

/** clock_t of the kernel's interfaces (USER_HZ), the same on every architecture that Node runs on. */
const NS_PER_TICK = 10_000_000;

/** Controllers that the container lacks give zeros, as in runc. */
export function cgroupStats(record: CgroupRecord): Stats {
  return {
    cpu: cpuStats(record),
    cpuset: cpusetStats(record),
    memory: memoryStats(record),
    pids: pidsStats(record),
    blkio: blkioStats(record),
    hugetlb: hugetlbStats(record),
    intel_rdt: {},
    network_interfaces: null,
  };
}

function cpuStats(record: CgroupRecord): Json {
  const place = findPlace(record, 'cpu');
  const unified = record.mode === 'v2' ? record.dirs[''] : undefined;
  // cpu.stat of v2 is there without the controller, too; then it has only the usage.
  const stat = flatKeyed(readCgroupFile(place?.dir ?? unified ?? '', 'cpu.stat'));
  const throttledNs = stat['throttled_time'] ?? (stat['throttled_usec'] ?? 0) * 1000;
  const throttling = sparse({ periods: stat['nr_periods'], throttledPeriods: stat['nr_throttled'], throttledTime: throttledNs });
  if (unified === undefined) return { usage: usageV1(findPlace(record, 'cpuacct')?.dir), throttling };
  const usage = { ...sparse({ total: micros(stat['usage_usec']) }), kernel: micros(stat['system_usec']), user: micros(stat['user_usec']) };
  return { usage, throttling, ...pressure(unified, 'cpu') };
}

function micros(value: number | undefined): number {
  return (value ?? 0) * 1000;
}

function usageV1(dir: string | undefined): Json {
  if (dir === undefined) return { kernel: 0, user: 0 };
  const all = (readCgroupFile(dir, 'cpuacct.usage_all') ?? '').split('\n').slice(1);
  const columns = all.map((line) => line.split(' ').map(Number));
  const stat = flatKeyed(readCgroupFile(dir, 'cpuacct.stat'));
  return {
    ...sparse({ total: number(readCgroupFile(dir, 'cpuacct.usage')) }),
    percpu: (readCgroupFile(dir, 'cpuacct.usage_percpu') ?? '').trim().split(' ').map(Number),
    ...(columns.length > 0 && { percpu_kernel: columns.map((row) => row[2] ?? 0), percpu_user: columns.map((row) => row[1] ?? 0) }),
    kernel: (stat['system'] ?? 0) * NS_PER_TICK,
    user: (stat['user'] ?? 0) * NS_PER_TICK,
  };
}

/** Name in runc's JSON → the v1 file; v2 has none of them. */
const CPUSET_FLAGS = [
  'cpu_exclusive',
  'mem_hardwall',
  'mem_exclusive',
  'memory_migrate',
  'memory_spread_page',
  'memory_spread_slab',
  'memory_pressure',
  'sched_load_balance',
  'sched_relax_domain_level',
] as const;

function cpusetStats(record: CgroupRecord): Json {
  const place = findPlace(record, 'cpuset');
  const read = (file: string): string | undefined => (place === undefined ? undefined : readCgroupFile(place.dir, `cpuset.${file}`));
  const suffix = place?.version === 2 ? '.effective' : '';
  const cpus = cpuList(read(`cpus${suffix}`));
  const mems = cpuList(read(`mems${suffix}`));
  const flags = Object.fromEntries(CPUSET_FLAGS.map((name) => [name, number(read(name))]));
  const { cpu_exclusive, ...others } = flags;
  return { ...(cpus.length > 0 && { cpus }), cpu_exclusive: cpu_exclusive ?? 0, ...(mems.length > 0 && { mems }), ...others };
}

function pidsStats(record: CgroupRecord): Json {
  const dir = findPlace(record, 'pids')?.dir;
  if (dir === undefined) return {};
  // 0 is "no limit" here.
  return sparse({
    current: number(readCgroupFile(dir, 'pids.current')),
    limit: number(readCgroupFile(dir, 'pids.max')?.replace('max', '0')),
  });
}

function hugetlbStats(record: CgroupRecord): Json {
  const place = findPlace(record, 'hugetlb');
  if (place === undefined) return {};
  const { dir, version } = place;
  const found: { [size: string]: Json } = {};
  for (const size of hugePageSizes(readdirOrEmpty('/sys/kernel/mm/hugepages'))) {
    // Reservations where the kernel counts them, as the limits are set.
    const prefix =
      readCgroupFile(dir, `hugetlb.${size}.rsvd.${version === 1 ? 'usage_in_bytes' : 'current'}`) === undefined ? size : `${size}.rsvd`;
    const read = (name: string): string | undefined => readCgroupFile(dir, `hugetlb.${prefix}.${name}`);
    found[size] =
      version === 1
        ? {
            ...sparse({ usage: number(read('usage_in_bytes')), max: number(read('max_usage_in_bytes')) }),
            failcnt: number(read('failcnt')),
          }
        : { ...sparse({ usage: number(read('current')) }), failcnt: flatKeyed(readCgroupFile(dir, `hugetlb.${size}.events`))['max'] ?? 0 };
  }
  return found;
}

/** hugepages-2048kB → 2MB */
function hugePageSizes(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const kib = /^hugepages-(\d+)kB$/.exec(name)?.[1];
    return kib === undefined ? [] : [pageSizeName(Number(kib) * 1024)];
  });
}

function readdirOrEmpty(dir: string): readonly string[] {
  return existsSync(dir) ? readdirSync(dir) : [];
}
