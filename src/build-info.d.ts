/** Put in by scripts/build.ts. */
declare const TSRUN_VERSION: string;
declare const TSRUN_COMMIT: string;
/** This is the Bun-compiled executable, not the bundle for Node. */
declare const TSRUN_STANDALONE: boolean;
