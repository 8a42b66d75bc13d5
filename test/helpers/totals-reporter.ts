/** Writes the totals of a vitest run, and why tests were skipped, to the file $TSRUN_TOTALS (read by scripts/test.mjs). */
import { writeFileSync } from 'node:fs';
import { knownDifferences } from '../oci/known-differences.ts';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Reason → number of tests. */
  readonly reasons: Readonly<Record<string, number>>;
}

export class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const count = { passed: 0, failed: unhandled.length, skipped: 0 };
    const reasons: Record<string, number> = {};
    for (const module of modules) {
      // A file that cannot be loaded has no tests to count: it is one failure.
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'pending') count.failed += 1; // never ran, nobody said why
        else count[result.state] += 1;
        if (result.state !== 'skipped') continue;
        const reason = result.note ?? /\(skipped: (.*)\)$/.exec(test.fullName)?.[1] ?? 'no reason given';
        reasons[reason] = (reasons[reason] ?? 0) + 1;
      }
    }
    const file = process.env['TSRUN_TOTALS'];
    for (const name of unknownNames(modules)) {
      console.error(`known-differences.ts lists a test that does not exist: ${name}`);
      count.failed += 1;
    }
    if (file !== undefined) writeFileSync(file, JSON.stringify({ ...count, reasons } satisfies Totals));
  }
}

/** Entries of known-differences.ts that name no test; asked only where the whole OCI suite was collected. */
function unknownNames(modules: readonly TestModule[]): readonly string[] {
  const suite = modules.filter((module) => module.project.name === 'oci');
  if (suite.length < 20) return [];
  const names = new Set(suite.flatMap((module) => [...module.children.allTests()].map((test) => test.name)));
  return knownDifferences.map((entry) => entry.test).filter((name) => !names.has(name));
}

// oxlint-disable-next-line import/no-default-export -- vitest loads reporters by their default export
export default TotalsReporter;
