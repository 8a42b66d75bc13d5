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
