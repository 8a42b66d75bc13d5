import type { Spec } from '../spec.ts';
import type { Report } from './rule.ts';

/** semver.org, without build metadata rules that matter to nobody here. */
const SEMVER = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;
const NEWEST_MINOR = 3;

/** ociVersion MUST be SemVer; versions are compatible within their major one (config.md#specification-version). */
export function ociVersion(spec: Spec, report: Report): void {
  const section = 'config.md#specification-version';
  const match = SEMVER.exec(spec.ociVersion);
  if (!match) {
    report.error('/ociVersion', `${JSON.stringify(spec.ociVersion)} is not a version (SemVer 2.0.0), such as "1.2.0"`, { section });
  } else if (match[1] !== '1') {
    report.error('/ociVersion', `unknown version ${JSON.stringify(spec.ociVersion)}: 1.0 to 1.${NEWEST_MINOR} are supported`, { section });
  } else if (Number(match[2]) > NEWEST_MINOR) {
    report.warn('/ociVersion', `${spec.ociVersion} is newer than 1.${NEWEST_MINOR}: what it added is not known here`, { section });
  }
}
