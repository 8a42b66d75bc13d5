import { jsonPointer } from '../pointer.ts';
import { namespaceOf } from '../namespaces.ts';
import type { Spec } from '../spec.ts';
import type { Report } from './rule.ts';

/** major and minor are REQUIRED unless the type is p (config-linux.md#devices). */
export function devices(spec: Spec, report: Report): void {
  const section = 'config-linux.md#devices';
  for (const [index, device] of (spec.linux?.devices ?? []).entries()) {
    const pointer = `/linux/devices/${index}`;
    if (!device.path.startsWith('/'))
      report.error(`${pointer}/path`, `must be an absolute path, got ${JSON.stringify(device.path)}`, { section });
    if (device.type === 'p') continue;
    for (const name of ['major', 'minor'] as const) {
      if (device[name] === undefined) report.error(`${pointer}/${name}`, `is required for type "${device.type}"`, { section });
    }
  }
}

/** IFNAMSIZ with its NUL. */
const NAME_MAX = 15;

/** Names MUST be valid Linux interface names, in a network namespace that is not the host's (config-linux.md#network-devices). */
export function netDevices(spec: Spec, report: Report): void {
  const section = 'config-linux.md#network-devices';
  const entries = Object.entries(spec.linux?.netDevices ?? {});
  if (entries.length > 0 && !namespaceOf(spec, 'network')) report.error('/linux/netDevices', 'needs a "network" namespace', { section });
  const names = new Map<string, string>();
  for (const [host, { name = host }] of entries) {
    const pointer = jsonPointer(['linux', 'netDevices', host]);
    if (!isInterfaceName(host)) report.error(pointer, `${JSON.stringify(host)} is not an interface name`, { section });
    const template = name.split('%d').length === 2 ? name.replace('%d', '0') : name;
    if (name !== host && !isInterfaceName(template))
      report.error(`${pointer}/name`, `${JSON.stringify(name)} is not an interface name`, { section });
    const other = names.get(name);
    if (other !== undefined && template === name)
      report.error(`${pointer}/name`, `${JSON.stringify(name)} is also the name of ${JSON.stringify(other)}`, { section });
    names.set(name, host);
  }
}

/** dev_valid_name() of the kernel; `%` is for templates. */
function isInterfaceName(name: string): boolean {
  const length = new TextEncoder().encode(name).length;
  return length > 0 && length <= NAME_MAX && name !== '.' && name !== '..' && !/[/:\s%]/.test(name);
}
