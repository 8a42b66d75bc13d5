/** The import module `tsrun` (wasm-guest/libc/include/tsrun/syscalls.h). */
import type { ImportTable } from '../imports.ts';
import * as descriptors from './descriptors.ts';
import * as identity from './identity.ts';
import * as paths from './paths.ts';
import * as processes from './processes.ts';
import * as signals from './signals.ts';
import * as stack from './stack.ts';

export const tsrun: ImportTable = { ...processes, ...identity, ...signals, ...descriptors, ...paths, ...stack };
