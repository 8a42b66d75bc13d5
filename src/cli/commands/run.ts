import { run } from '../../core/runtime.ts';
import { type BundleFlags, bundleOptions, BUNDLE_OPTIONS } from '../bundle-options.ts';
import type { CliCommand } from '../command.ts';

interface RunFlags extends BundleFlags {
  readonly detach?: boolean;
  readonly keep?: boolean;
  readonly subreaper: boolean;
}

export const command: CliCommand<RunFlags> = {
  usage: '<container-id>',
  arguments: { min: 1, max: 1 },
  errorPrefix: 'tsrun run failed: ',
  options: [
    ...BUNDLE_OPTIONS,
    { flags: '-d, --detach', description: 'leave the container running and return' },
    { flags: '--keep', description: 'do not delete the container when it has ended' },
    { flags: '--no-subreaper', description: 'do not adopt orphans of the container' },
  ],
  run: ([id = ''], flags, { context }) =>
    run(context, { ...bundleOptions(id, flags), detach: flags.detach ?? false, keep: flags.keep ?? false, subreaper: flags.subreaper }),
};
