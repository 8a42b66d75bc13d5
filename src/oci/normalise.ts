import { DEFAULT_NAMESPACES } from './namespaces.ts';
import { isObject } from './pointer.ts';
import type { Problem } from './problem.ts';

/** A value before its schema was checked, and what was said about its old forms. */
export interface Normalised {
  readonly value: unknown;
  readonly warnings: readonly Problem[];
}

/**
 * Bring old and short forms of config.json into today's, before the schema sees them; each change is a warning.
 * What does not look as expected is left for the schema to refuse. The input is not changed.
 */
export function normaliseConfig(value: unknown): Normalised {
  if (!isObject(value)) return { value, warnings: [] };
  const warnings: Problem[] = [];
  const config: Record<string, unknown> = { ...value };
  if (config['process'] !== undefined) config['process'] = normaliseCapabilities(config['process'], '/process', warnings);
  if (config['mounts'] !== undefined) config['mounts'] = normaliseMounts(config['mounts'], warnings);
  if (config['linux'] !== undefined) config['linux'] = normaliseLinux(config['linux']);
  // Without `linux` a windows bundle is not ours to run; a rule says so.
  if (config['linux'] === undefined && config['windows'] === undefined) {
    config['linux'] = { namespaces: DEFAULT_NAMESPACES.map((type) => ({ type })) };
    warnings.push({
      pointer: '/linux',
      message: `there is no "linux" section: the namespaces of \`tsrun spec\` are used (${DEFAULT_NAMESPACES.join(', ')})`,
      hint: 'write linux.namespaces',
    });
  }
  return { value: config, warnings };
}

/** The same for what `exec --process` reads. */
export function normaliseProcess(value: unknown): Normalised {
  const warnings: Problem[] = [];
  return { value: normaliseCapabilities(value, '', warnings), warnings };
}

/**
 * Spellings of engines that say the same with other bits; nothing is lost, so that there is no warning (podman 4
 * --privileged would give a hundred).
 */
function normaliseLinux(linux: unknown): unknown {
  if (!isObject(linux)) return linux;
  const { namespaces, devices, resources } = linux;
  return {
    ...linux,
    ...(Array.isArray(namespaces) ? { namespaces: namespaces.map(withoutEmptyPath) } : {}),
    ...(Array.isArray(devices) ? { devices: devices.map(permissionsOnly) } : {}),
    ...(resources === undefined ? {} : { resources: normaliseResources(resources) }),
  };
}

/** Go's zero value of `path` is "make a new one". */
function withoutEmptyPath(namespace: unknown): unknown {
  if (!isObject(namespace) || namespace['path'] !== '') return namespace;
  const { path: _, ...rest } = namespace;
  return rest;
}

const S_IFMT = 0o170000;
const S_IF: Readonly<Record<string, number>> = { c: 0o20000, u: 0o20000, b: 0o60000, p: 0o10000 };

/** podman 4 writes st_mode into `fileMode`: the file type, which must then be the one of `type`, and the permissions. */
function permissionsOnly(device: unknown): unknown {
  if (!isObject(device)) return device;
  const { type, fileMode } = device;
  if (typeof fileMode !== 'number' || typeof type !== 'string' || fileMode < 0 || fileMode > 0xffff) return device;
  const same = (fileMode & S_IFMT) === (Object.hasOwn(S_IF, type) ? S_IF[type] : undefined);
  return same ? { ...device, fileMode: fileMode & ~S_IFMT } : device;
}

/** docker's "not set" for swappiness is -1 in an unsigned field; runc, too, leaves it alone then. */
export function normaliseResources(resources: unknown): unknown {
  if (!isObject(resources) || !isObject(resources['memory']) || resources['memory']['swappiness'] !== 2 ** 64) return resources;
  const { swappiness: _, ...memory } = resources['memory'];
  return { ...resources, memory };
}

/** Before 1.0 capabilities was one list, for what are now three of the five sets. */
function normaliseCapabilities(process: unknown, pointer: string, warnings: Problem[]): unknown {
  if (!isObject(process) || !Array.isArray(process['capabilities'])) return process;
  const names: unknown[] = process['capabilities'];
  if (!names.every((name) => typeof name === 'string')) return process;
  warnings.push({
    pointer: `${pointer}/capabilities`,
    message: 'a list is the form before runtime-spec 1.0: it is taken as the bounding, effective and permitted set',
    hint: 'write {"bounding": [...], "effective": [...], "permitted": [...]}',
    section: 'config.md#linux-process',
  });
  return { ...process, capabilities: { bounding: names, effective: names, permitted: names } };
}

/** To the specification only the options make a bind mount, to crun and many authors the type does. */
function normaliseMounts(mounts: unknown, warnings: Problem[]): unknown {
  if (!Array.isArray(mounts)) return mounts;
  return mounts.map((mount: unknown, index) => {
    if (!isObject(mount) || mount['type'] !== 'bind') return mount;
    const options: unknown = mount['options'] ?? [];
    if (!Array.isArray(options) || options.includes('bind') || options.includes('rbind') || options.includes('remount')) return mount;
    warnings.push({
      pointer: `/mounts/${index}/options`,
      message: 'type is "bind" but the options have neither bind nor rbind: "bind" is added',
      section: 'config.md#mounts',
    });
    return { ...mount, options: ['bind', ...options] };
  });
}
