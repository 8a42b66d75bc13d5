import { parseCpuList } from '../cpu-list.ts';
import type { Spec } from '../spec.ts';
import type { Report } from './rule.ts';

/** No flag is defined yet, so that none can be applied (config-linux.md#personality). */
export function personality(spec: Spec, report: Report): void {
  const flags = spec.linux?.personality?.flags ?? [];
  if (flags.length > 0) report.error('/linux/personality/flags', 'no flags are supported', { section: 'config-linux.md#personality' });
}

/** A path of an existing place must not be left by `..` (config-linux.md#cgroups-path). */
export function cgroupsPath(spec: Spec, report: Report): void {
  const path = spec.linux?.cgroupsPath ?? '';
  if (path.split('/').includes('..'))
    report.error('/linux/cgroupsPath', 'must not have ".." in it', { section: 'config-linux.md#cgroups-path' });
}

/** The closID is a directory name, a schema is one line (config-linux.md#intelrdt). */
export function intelRdt(spec: Spec, report: Report): void {
  const rdt = spec.linux?.intelRdt;
  if (!rdt) return;
  const section = 'config-linux.md#intelrdt';
  const { closID } = rdt;
  if (closID !== undefined && (closID === '' || closID === '.' || closID === '..' || /[/\n]/.test(closID))) {
    report.error('/linux/intelRdt/closID', `${JSON.stringify(closID)} is not a directory name`, { section });
  }
  if (rdt.l3CacheSchema?.includes('\n')) report.error('/linux/intelRdt/l3CacheSchema', 'must be one line', { section });
  for (const [index, line] of (rdt.schemata ?? []).entries()) {
    if (line.includes('\n')) report.error(`/linux/intelRdt/schemata/${index}`, 'must be one line', { section });
  }
  for (const name of ['enableCMT', 'enableMBM'] as const) {
    if (rdt[name] !== undefined)
      report.warn(`/linux/intelRdt/${name}`, 'is deprecated and without effect', { section, hint: 'use enableMonitoring' });
  }
}

/** What set_mempolicy(2) takes with each mode (config-linux.md#memory-policy). */
export function memoryPolicy(spec: Spec, report: Report): void {
  const policy = spec.linux?.memoryPolicy;
  if (!policy) return;
  const section = 'config-linux.md#memory-policy';
  const at = '/linux/memoryPolicy';
  const { mode, nodes = '', flags = [] } = policy;
  const parsed = parseCpuList(nodes);
  if ('error' in parsed) report.error(`${at}/nodes`, parsed.error, { section });
  else if (parsed.value.length > 0 && (mode === 'MPOL_DEFAULT' || mode === 'MPOL_LOCAL')) {
    report.error(`${at}/nodes`, `must be empty with ${mode}`, { section });
  } else if (parsed.value.length === 0 && !['MPOL_DEFAULT', 'MPOL_LOCAL', 'MPOL_PREFERRED'].includes(mode)) {
    report.error(`${at}/nodes`, `must not be empty with ${mode}`, { section });
  }
  if (flags.includes('MPOL_F_STATIC_NODES') && flags.includes('MPOL_F_RELATIVE_NODES')) {
    report.error(`${at}/flags`, 'MPOL_F_STATIC_NODES and MPOL_F_RELATIVE_NODES exclude each other', { section });
  }
  if (flags.includes('MPOL_F_NUMA_BALANCING') && mode !== 'MPOL_BIND' && mode !== 'MPOL_PREFERRED_MANY') {
    report.error(`${at}/flags`, `MPOL_F_NUMA_BALANCING is not for ${mode}`, { section });
  }
}
