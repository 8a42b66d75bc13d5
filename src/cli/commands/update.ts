import { readFileSync } from 'node:fs';
import { reasonOf } from '../../core/atomic-file.ts';
import { acceptChecked } from '../../core/checked.ts';
import type { RuntimeContext } from '../../core/context.ts';
import { TsrunError } from '../../core/errors.ts';
import { absolute } from '../../core/root-dir.ts';
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
  options: [
    {
      flags: '-r, --resources <file>',
      description: 'linux.resources of the specification as JSON, - for stdin; other options are ignored, zeros leave alone',
    },
    ...RESOURCE_OPTIONS,
  ],
  async run([id = ''], flags, { context }) {
    await update(
      context,
      id,
      flags.resources === undefined ? resourcesFromFlags(flags) : withoutZeros(await readResources(flags.resources, context)),
    );
  },
};

async function readResources(file: string, context: RuntimeContext): Promise<LinuxResources> {
  let text: Uint8Array;
  try {
    text = readFileSync(file === '-' ? 0 : absolute(file, '--resources'));
  } catch (error) {
    throw new TsrunError('USAGE', `open ${file}: ${reasonOf(error)}`, { cause: error });
  }
  const { parseResources } = await import('../../oci/load.ts');
  const { devices, ...resources } = acceptChecked(parseResources(text), context);
  if (devices?.length) context.log.warn('device rules cannot be updated: left as they are', '/devices');
  return resources;
}
