import { namespaceOf } from '../namespaces.ts';
import type { IDMapping, Spec } from '../spec.ts';
import type { Report } from './rule.ts';

/** Ids are 32 bits; the kernel takes at most 340 lines (user_namespaces(7)). */
const ID_END = 2 ** 32;
const MAX_LINES = 340;

/** Duplicates MUST be an error, paths MUST be absolute (config-linux.md#namespaces). */
export function namespaces(spec: Spec, report: Report): void {
  const section = 'config-linux.md#namespaces';
  const seen = new Map<string, number>();
  for (const [index, { type, path }] of (spec.linux?.namespaces ?? []).entries()) {
    const first = seen.get(type);
    if (first !== undefined) {
      report.error(`/linux/namespaces/${index}`, `duplicate namespace "${type}", already in /linux/namespaces/${first}`, { section });
    } else seen.set(type, index);
    if (path && !path.startsWith('/')) {
      report.error(`/linux/namespaces/${index}/path`, `must be an absolute path, got ${JSON.stringify(path)}`, { section });
    }
  }
}

/** Id maps and the user namespace need each other (config-linux.md#user-namespace-mappings). */
export function userMappings(spec: Spec, report: Report): void {
  const section = 'config-linux.md#user-namespace-mappings';
  const user = namespaceOf(spec, 'user');
  for (const kind of ['uidMappings', 'gidMappings'] as const) {
    const mappings = spec.linux?.[kind] ?? [];
    const pointer = `/linux/${kind}`;
    if (mappings.length > 0) checkMappings(mappings, pointer, report);
    if (mappings.length > 0 && !user) report.error(pointer, 'needs a "user" namespace', { section });
    else if (mappings.length > 0 && user?.path)
      report.warn(pointer, 'the joined user namespace has its own mappings; ignored', { section });
    else if (mappings.length === 0 && user && !user.path)
      report.error(pointer, 'a new "user" namespace needs at least one mapping', { section });
  }
}

/** What the kernel asks of one map: no empty, no overflowing, no overlapping ranges. Also for mounts. */
export function checkMappings(mappings: readonly IDMapping[], pointer: string, report: Report): void {
  const section = 'config-linux.md#user-namespace-mappings';
  if (mappings.length > MAX_LINES) {
    report.error(pointer, `has ${mappings.length} mappings, the kernel takes ${MAX_LINES}`, { section });
    return;
  }
  for (const [index, { containerID, hostID, size }] of mappings.entries()) {
    const at = `${pointer}/${index}`;
    if (size === 0) report.error(`${at}/size`, 'must be greater than zero', { section });
    if (containerID + size > ID_END || hostID + size > ID_END) report.error(at, 'goes past the last id (2^32-1)', { section });
    for (const side of ['containerID', 'hostID'] as const) {
      const start = side === 'hostID' ? hostID : containerID;
      const other = mappings.slice(0, index).findIndex((earlier) => start < earlier[side] + earlier.size && earlier[side] < start + size);
      if (other >= 0) report.error(`${at}/${side}`, `overlaps ${pointer}/${other}`, { section });
    }
  }
}
