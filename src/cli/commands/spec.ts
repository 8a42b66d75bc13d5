import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TsrunError } from '../../core/errors.ts';
import { absolute } from '../../core/root-dir.ts';
import { systemError } from '../../core/atomic-file.ts';
import { defaultRootlessSpec, defaultSpec } from '../../oci/defaults.ts';
import type { CliCommand } from '../command.ts';

interface SpecFlags {
  readonly bundle?: string;
  readonly rootless?: boolean;
}

export const command: CliCommand<SpecFlags> = {
  usage: '',
  arguments: { min: 0, max: 0 },
  options: [
    { flags: '-b, --bundle <dir>', description: 'where to write config.json (default: the working directory)' },
    { flags: '--rootless', description: 'for a user without privileges' },
  ],
  async run(_args, { bundle, rootless }) {
    const file = join(absolute(bundle || '.', '--bundle'), 'config.json');
    const spec = rootless
      ? defaultRootlessSpec(process.geteuid?.() ?? 0, process.getegid?.() ?? 0, unifiedCgroup())
      : defaultSpec(unifiedCgroup());
    try {
      writeFileSync(file, `${JSON.stringify(spec, null, '\t')}\n`, { flag: 'wx', mode: 0o666 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST')
        throw new TsrunError('USAGE', 'File config.json exists. Remove it first', { cause: error });
      throw systemError(`open ${file}`, error);
    }
  },
};

/** The host has cgroup v2 and nothing else. */
function unifiedCgroup(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return / \/sys\/fs\/cgroup [^\n]* - cgroup2 /.test(readFileSync('/proc/self/mountinfo', 'utf8'));
  } catch {
    return false; // no /proc: no cgroups
  }
}
