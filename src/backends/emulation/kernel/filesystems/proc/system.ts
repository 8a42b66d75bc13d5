import { MACHINE_MEMORY } from '../../../vfs/container-memory.ts';
import { memoryOf } from '../../memory.ts';
import type { KernelState } from '../../state.ts';
import { MACHINE, OS_RELEASE, OS_TYPE, OS_VERSION, TICKS_PER_SECOND } from '../../uname.ts';

/** Files of /proc about the whole container. */
export const SYSTEM_FILES: Readonly<Record<string, (kernel: KernelState) => string>> = {
  cmdline: () => 'BOOT_IMAGE=tsrun\n',
  cpuinfo,
  filesystems: () => ['proc', 'sysfs', 'tmpfs', 'devpts', 'cgroup2', 'mqueue', 'overlay'].map((type) => `nodev\t${type}\n`).join(''),
  loadavg,
  meminfo,
  stat,
  swaps: () => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n',
  uptime,
  version: () => `${OS_TYPE} version ${OS_RELEASE} (tsrun) ${OS_VERSION}\n`,
};

function upSeconds({ startedAt, options }: KernelState): number {
  return (performance.now() - startedAt) / 1000 + Number(options.clockOffsets?.boottime ?? 0n) / 1e9;
}

export function cpuSeconds(kernel: KernelState): number {
  let ms = kernel.goneCpuMs;
  for (const process of kernel.processes.values()) ms += kernel.scheduler.cpuOf(process);
  return ms / 1000;
}

function uptime(kernel: KernelState): string {
  const up = upSeconds(kernel);
  return `${up.toFixed(2)} ${Math.max(0, up - cpuSeconds(kernel)).toFixed(2)}\n`;
}

/**
 * Load is the share of time in which something ran, averaged over 1, 5 and 15 minutes from one look to the next: Linux
 * samples every five seconds, and this kernel has no timer of its own.
 */
function loadavg(kernel: KernelState): string {
  const now = performance.now();
  const cpu = cpuSeconds(kernel);
  const before = kernel.load ?? { at: kernel.startedAt, cpu: 0, averages: [0, 0, 0] as const };
  const seconds = Math.max(0.001, (now - before.at) / 1000);
  const busy = (cpu - before.cpu) / seconds;
  const averages = [60, 300, 900].map((window, index) => {
    const weight = Math.exp(-seconds / window);
    return (before.averages[index] ?? 0) * weight + busy * (1 - weight);
  });
  kernel.load = { at: now, cpu, averages };
  const { runnable } = kernel.scheduler;
  return `${averages.map((load) => load.toFixed(2)).join(' ')} ${runnable}/${kernel.processes.size} ${kernel.lastPid}\n`;
}

function meminfo(kernel: KernelState): string {
  const total = kernel.limits.memory ?? MACHINE_MEMORY;
  const { programs, files, used } = memoryOf(kernel);
  const free = Math.max(0, total - used);
  const rows: readonly (readonly [string, number])[] = [
    ['MemTotal', total],
    ['MemFree', free],
    ['MemAvailable', free],
    ['Buffers', 0],
    ['Cached', files],
    ['SwapCached', 0],
    ['Active', programs],
    ['Inactive', files],
    ['Active(anon)', programs],
    ['Inactive(anon)', files],
    ['Active(file)', 0],
    ['Inactive(file)', 0],
    ['SwapTotal', 0],
    ['SwapFree', 0],
    ['Dirty', 0],
    ['Writeback', 0],
    ['AnonPages', programs],
    ['Mapped', 0],
    ['Shmem', files],
    ['SReclaimable', 0],
    ['Slab', 0],
  ];
  return rows.map(([name, bytes]) => `${`${name}:`.padEnd(16)}${String(Math.floor(bytes / 1024)).padStart(8)} kB\n`).join('');
}

function cpuinfo(): string {
  const rows = [
    ['processor', '0'],
    ['vendor_id', 'tsrun'],
    ['model name', `WebAssembly (${MACHINE})`],
    ['physical id', '0'],
    ['siblings', '1'],
    ['core id', '0'],
    ['cpu cores', '1'],
  ];
  return `${rows.map(([name = '', value = '']) => `${name}${name.length < 8 ? '\t\t' : '\t'}: ${value}\n`).join('')}\n`;
}

function stat(kernel: KernelState): string {
  const user = Math.round(cpuSeconds(kernel) * TICKS_PER_SECOND);
  const idle = Math.max(0, Math.round(upSeconds(kernel) * TICKS_PER_SECOND) - user);
  const times = `${user} 0 0 ${idle} 0 0 0 0 0 0`;
  let running = kernel.scheduler.runnable;
  for (const { elsewhere } of kernel.processes.values()) if (elsewhere) running++;
  const boot = Math.floor((performance.timeOrigin + kernel.startedAt) / 1000);
  return [
    `cpu  ${times}`,
    `cpu0 ${times}`,
    'intr 0',
    `ctxt ${kernel.scheduler.switches}`,
    `btime ${boot}`,
    `processes ${kernel.forks}`,
    `procs_running ${running}`,
    'procs_blocked 0',
    'softirq 0 0 0 0 0 0 0 0 0 0 0\n',
  ].join('\n');
}
