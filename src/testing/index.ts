/**
 * For tests of programs that use containers: bundles in a temporary directory, gone afterwards. Works without root, in
 * any test runner.
 */
export { type TemporaryBundle, temporaryBundle, type TemporaryBundleOptions } from './temporary-bundle.ts';
export { guestTools } from '../library/guest-tools.ts';
export type { FileEntry, Files } from '../library/files.ts';
