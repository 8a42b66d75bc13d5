/** What can be chosen for one container, beside its config: by flag, else by annotation (for engines), else by environment. */
import { TsrunError } from '../../core/errors.ts';
import type { BackendSettings, CreateRequest } from '../backend.ts';
import type { EmulationHandle } from './handle.ts';

export const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  rootfsWrites: ['discard', 'through'],
  wasiEngine: ['tsrun', 'wasmer'],
};

/** `rootfsWrites`: the flag --rootfs-writes, the annotation org.tsrun.rootfs-writes, the variable TSRUN_ROOTFS_WRITES. */
export function settingsOf({ settings, config }: Pick<CreateRequest<EmulationHandle>, 'settings' | 'config'>): BackendSettings {
  const chosen: Record<string, string> = {};
  for (const [name, values] of Object.entries(SETTINGS)) {
    const words = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const annotation = `org.tsrun.${words}`;
    const variable = `TSRUN_${words.replaceAll('-', '_').toUpperCase()}`;
    const annotated = config.annotations?.[annotation];
    const value = settings[name] ?? annotated ?? (process.env[variable] || undefined);
    if (value === undefined) continue;
    if (!values.includes(value)) {
      const where = annotated === value ? { pointer: `/annotations/${annotation}` } : {};
      throw new TsrunError('USAGE', `invalid value ${JSON.stringify(value)} for ${annotated === value ? annotation : variable}`, {
        ...where,
        hint: `one of: ${values.join(', ')}`,
      });
    }
    chosen[name] = value;
  }
  return chosen;
}
