/** The `test` of all whole-program tests: gives each test its box. */
import { inject, test as base, type TestAPI } from 'vitest';
import { Box } from './box.ts';
import { isRoot, which } from './host.ts';
import { knownDifference } from '../oci/known-differences.ts';
import { subject } from './subject.ts';

export interface Fixtures {
  box: Box;
}

function boxed(needsRoot: boolean): TestAPI<Fixtures> {
  return base.extend<Fixtures & { known: void }>({
    // A known difference turns the test round: it has to fail, so that a stale entry is noticed.
    known: [
      // oxlint-disable-next-line no-empty-pattern -- vitest reads the parameter list
      async ({ task }, use) => {
        if (knownDifference(subject.name, task.name) !== undefined) Object.assign(task, { fails: true });
        await use();
      },
      { auto: true },
    ],
    box: async ({ skip }, use) => {
      if (needsRoot && !isRoot) skip('needs root');
      const box = new Box({ template: inject('template') });
      try {
        await use(box);
      } finally {
        await box.close();
      }
    },
  });
}

/** A test that makes containers: skipped, with the reason, when not root (which the emulation backend need not be). */
export const test: TestAPI<Fixtures> = boxed(subject.name !== 'emulation');
/** A test that needs root for what it does itself (mounts, owners, other users), whatever the program needs. */
export const rootTest: TestAPI<Fixtures> = boxed(true);
/** A test that needs no privileges at all. */
export const anyUserTest: TestAPI<Fixtures> = boxed(false);

/** For test.skipIf: names the program that is missing. */
export const lacks = (program: string): boolean => which(program) === undefined;
