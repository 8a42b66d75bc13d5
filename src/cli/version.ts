import { OCI_VERSION } from '../oci/defaults.ts';

/** Put in by the build (scripts/build.ts); absent when the sources are run as they are. */
declare const TSRUN_VERSION: string | undefined;
declare const TSRUN_COMMIT: string | undefined;

export const VERSION: string = typeof TSRUN_VERSION === 'string' ? TSRUN_VERSION : '0.1.0';

/** dockerd takes what follows the last `version` of a line, and the line that begins `commit:`. */
export function versionText(): string {
  const commit = typeof TSRUN_COMMIT === 'string' ? TSRUN_COMMIT : 'unknown';
  return `tsrun version ${VERSION}\ncommit: ${commit}\nspec: ${OCI_VERSION}\n`;
}
