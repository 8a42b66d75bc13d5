/** Put in by scripts/build.ts. */
declare const TSRUN_VERSION: string;
declare const TSRUN_COMMIT: string;
