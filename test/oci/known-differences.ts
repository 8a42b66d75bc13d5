import { emulation } from './known-differences-emulation.ts';
import { runc } from './known-differences-runc.ts';

/**
 * Tests of this suite that a program under test is known to fail. A listed test must fail: one that passes breaks the
 * build, so that the list stays true. `linux` and `emulation` are tsrun's backends; the other names are the runtimes that
 * the suite itself was tried on, and say where they leave the specification.
 */
export interface KnownDifference {
  /** `linux`, `emulation`, or the file name of another runtime. */
  readonly backend: string;
  /** The test's own name, without its describe blocks. */
  readonly test: string;
  readonly reason: string;
  /** Section of the specification, or where else the difference is explained. */
  readonly spec: string;
}

export const knownDifferences: readonly KnownDifference[] = Object.entries({ emulation, runc }).flatMap(([backend, groups]) =>
  groups.flatMap(({ tests, reason, spec }) => tests.map((test) => ({ backend, test, reason, spec }))),
);

export function knownDifference(backend: string, test: string): KnownDifference | undefined {
  return knownDifferences.find((entry) => entry.backend === backend && entry.test === test);
}
