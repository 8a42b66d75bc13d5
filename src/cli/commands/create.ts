import { create } from '../../core/runtime.ts';
import { type BundleFlags, bundleOptions, BUNDLE_OPTIONS } from '../bundle-options.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand<BundleFlags> = {
  usage: '<container-id>',
  arguments: { min: 1, max: 1 },
  errorPrefix: 'tsrun create failed: ',
  options: BUNDLE_OPTIONS,
  run: ([id = ''], flags, { context }) => create(context, bundleOptions(id, flags)),
};
