import { readFileSync } from 'node:fs';
import { reasonOf } from '../../core/atomic-file.ts';
import { TsrunError } from '../../core/errors.ts';
import { update } from '../../core/runtime.ts';
import type { LinuxResources } from '../../oci/spec.ts';
import type { CliCommand } from '../command.ts';
import { RESOURCE_OPTIONS, type ResourceFlags, resourcesFromFlags, withoutZeros } from '../resources.ts';

interface UpdateFlags extends ResourceFlags {
  /** A file, or `-` for stdin. */
  readonly resources?: string;
}

export const command: CliCommand<UpdateFlags> = {
  usage: '<container-id>',
  arguments: { min: 1, max: 1 },
  define(parser) {
    parser.option('-r, --resources <file>', 'linux.resources of the specification as JSON, - for stdin; other options are ignored, zeros leave alone');
    for (const [flags, description] of RESOURCE_OPTIONS) parser.option(flags, description);
  },
  async run([id = ''], flags, { context }) {
    await update(context, id, flags.resources === undefined ? resourcesFromFlags(flags) : withoutZeros(readResources(flags.resources)));
  },
};

function readResources(file: string): LinuxResources {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new TsrunError('USAGE', `open ${file}: ${reasonOf(error)}`, { cause: error });
  }
  try {
    return JSON.parse(text) as LinuxResources;
  } catch (error) {
    throw new TsrunError('CONFIG_INVALID', `resources: ${(error as Error).message}`, { cause: error });
  }
}
