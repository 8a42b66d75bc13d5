/** The cases of fixtures/box: NAME.sh holds shell scripts, NAME.out what GNU's tools print for them and exit with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../helpers/host.ts';

export interface BoxCase {
  readonly name: string;
  readonly script: string;
  /** Standard output as Latin-1, then the exit status in brackets. */
  readonly expected: string;
}

export const CASE_FILES = ['text', 'files', 'search', 'system', 'awk', 'compress', 'editing'] as const;

/** Sections of a file by their `## ` headings. */
function sections(path: string): Map<string, string> {
  const parts = readFileSync(path, 'latin1').split(/^## (.*)\n/m);
  return new Map(Array.from({ length: (parts.length - 1) / 2 }, (_, i) => [parts[2 * i + 1] ?? '', parts[2 * i + 2] ?? ''] as const));
}

export function boxCases(file: (typeof CASE_FILES)[number]): BoxCase[] {
  const folder = join(repository, 'fixtures/box');
  const expected = sections(join(folder, `${file}.out`));
  return [...sections(join(folder, `${file}.sh`))].map(([name, script]) => ({
    name,
    script,
    expected: expected.get(name) ?? 'not recorded',
  }));
}

/** As the .out files have it: a backslash marks an output that does not end with a newline. */
export function transcript(stdout: string, status: number): string {
  return `${stdout}${stdout === '' || stdout.endsWith('\n') ? '' : '\\\n'}[${status}]\n`;
}
