/** What of an option the normalising step has to know. */
export interface OptionShape {
  /** With dashes: `--bundle`. */
  readonly long: string | undefined;
  /** With its dash: `-b`. */
  readonly short: string | undefined;
  readonly takesValue: boolean;
}

export interface Normalised {
  /** `--name` and `--name=value` only, then the positional arguments. */
  readonly options: readonly string[];
  readonly positional: readonly string[];
}

/**
 * Turns a command line as Go's flag packages take it into the form commander takes: `-name`, `-name=v`, `-n=v`,
 * `--name v` where v begins with a dash, `--flag=true|false`, `-abc` for flags. Unknown options stay, commander
 * reports them. `greedy`: the first positional argument ends the options (exec, ps, the command itself).
 */
export function normalise(tokens: readonly string[], shapes: readonly OptionShape[], greedy: boolean): Normalised {
  const options: string[] = [];
  const positional: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as string;
    if (token === '--') {
      positional.push(...tokens.slice(at + 1));
      break;
    }
    if (!token.startsWith('-') || token === '-') {
      positional.push(token);
      if (greedy) {
        positional.push(...tokens.slice(at + 1));
        break;
      }
      continue;
    }
    const equals = token.indexOf('=');
    const name = equals < 0 ? token : token.slice(0, equals);
    const value = equals < 0 ? undefined : token.slice(equals + 1);
    const shape = find(name, shapes);
    if (shape === undefined) {
      const bundle = value === undefined ? expandBundle(token, shapes) : undefined;
      if (bundle === undefined) options.push(token);
      else at = pushBundle(bundle, tokens, at, options);
      continue;
    }
    const long = shape.long ?? shape.short ?? name;
    if (shape.takesValue) {
      if (value !== undefined) options.push(`${long}=${value}`);
      else if (at + 1 < tokens.length) options.push(`${long}=${tokens[++at]}`);
      else options.push(long); // commander says what is missing
    } else if (value === undefined || TRUE.has(value)) options.push(long);
    else if (!FALSE.has(value)) options.push(token); // commander refuses it
  }
  return { options, positional };
}

/** As Go's strconv.ParseBool. */
const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const FALSE: ReadonlySet<string> = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/** One or two dashes before a long name. */
function find(name: string, shapes: readonly OptionShape[]): OptionShape | undefined {
  const long = name.startsWith('--') ? name : `-${name}`;
  return shapes.find((shape) => shape.short === name || shape.long === long);
}

/** `-td` as `-t -d`; undefined unless every letter is an option and only the last takes a value. */
function expandBundle(token: string, shapes: readonly OptionShape[]): OptionShape[] | undefined {
  if (token.startsWith('--')) return undefined;
  const found: OptionShape[] = [];
  for (const letter of token.slice(1)) {
    const shape = shapes.find(({ short }) => short === `-${letter}`);
    if (shape === undefined || found.at(-1)?.takesValue) return undefined;
    found.push(shape);
  }
  return found;
}

/** The index of the last token used. */
function pushBundle(bundle: readonly OptionShape[], tokens: readonly string[], at: number, options: string[]): number {
  for (const shape of bundle) {
    const long = shape.long ?? shape.short ?? '';
    if (shape.takesValue && at + 1 < tokens.length) options.push(`${long}=${tokens[++at]}`);
    else options.push(long);
  }
  return at;
}
