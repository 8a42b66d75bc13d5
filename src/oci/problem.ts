/** One thing that is wrong, or only strange, in a config. */
export interface Problem {
  /** JSON pointer into config.json (or process.json, resources); '' for the whole file. */
  readonly pointer: string;
  /** One line without the pointer; `problemText` puts the two together. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** Where the specification says so, as `file.md#section`. */
  readonly section?: string;
  /** A property that the specification does not know: shown under --debug, an error under --strict. */
  readonly kind?: 'unknown-property';
}

/** `/process/args: expected an array of strings, got a string` */
export function problemText(problem: Problem): string {
  return problem.pointer === '' ? problem.message : `${problem.pointer}: ${problem.message}`;
}

/** Names and values in a text come from the config: a hostile one must not fill the terminal, nor talk to it. */
export function tidy(problem: Problem): Problem {
  return { ...problem, pointer: printable(problem.pointer), message: printable(problem.message) };
}

const LONGEST = 1200;

function printable(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST - 100)} ... ${text.slice(-80)}` : text;
  return cut.replaceAll(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** What validation of one file found. The value is there where there are no errors. */
export interface Checked<T> {
  readonly value?: T;
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}
