import { namespaceOf } from '../namespaces.ts';
import { jsonPointer } from '../pointer.ts';
import type { NamespaceType, Spec } from '../spec.ts';
import { parseSysctlName } from '../sysctl.ts';
import type { Report } from './rule.ts';

const IPC: ReadonlySet<string> = new Set(
  ['msgmax', 'msgmnb', 'msgmni', 'sem', 'shmall', 'shmmax', 'shmmni', 'shm_rmid_forced'].map((name) => `kernel/${name}`),
);

/**
 * Only kernel parameters that belong to a namespace of the container may be set; all others are the host's
 * (config-linux.md#sysctl, runc's list). The name is taken apart first, so that no spelling gets around the list.
 */
export function sysctls(spec: Spec, report: Report): void {
  const section = 'config-linux.md#sysctl';
  for (const [name, value] of Object.entries(spec.linux?.sysctl ?? {})) {
    const pointer = jsonPointer(['linux', 'sysctl', name]);
    const parsed = parseSysctlName(name);
    // oxlint-disable-next-line no-control-regex -- a line break would be a second write
    if (/[\u0000-\u0008\u000a-\u001f]/.test(value)) report.error(pointer, 'the value has a control character', { section });
    if ('error' in parsed) {
      report.error(pointer, parsed.error, { section });
    } else if (parsed.value === 'kernel/hostname') {
      report.error(pointer, `sysctl "${name}" conflicts with hostname`, { section, hint: 'use "hostname"' });
    } else {
      const type = owner(parsed.value);
      if (type === undefined) report.error(pointer, `sysctl "${name}" is not in a separate kernel namespace`, { section });
      else if (!namespaceOf(spec, type))
        report.error(pointer, `sysctl "${name}" is not allowed: it needs a "${type}" namespace`, { section });
    }
  }
}

/** The namespace type that a path below /proc/sys belongs to. */
function owner(path: string): NamespaceType | undefined {
  if (IPC.has(path) || path.startsWith('fs/mqueue/')) return 'ipc';
  if (path.startsWith('net/')) return 'network';
  if (path === 'kernel/domainname') return 'uts';
  return path.startsWith('user/') ? 'user' : undefined;
}
