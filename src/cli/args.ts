import { TsrunError } from '../core/errors.ts';

/** An option, declared in commander's syntax: `-b, --bundle <dir>`, `--no-pivot`. */
export interface OptionSpec {
  readonly flags: string;
  readonly description: string;
  /** May be given more than once: the value is a list. */
  readonly repeat?: true;
  readonly initial?: string;
}

/** By camel-cased long name: the text, a list of texts, or a boolean for an option without a value. `--no-x` sets `x` to false. */
export type OptionValues = Record<string, string | boolean | readonly string[] | undefined>;

export interface ParsedArguments {
  readonly values: OptionValues;
  readonly positional: readonly string[];
}

interface Shape {
  readonly spec: OptionSpec;
  readonly long: string;
  readonly short: string | undefined;
  readonly takesValue: boolean;
  readonly key: string;
}

/**
 * Reads a command line as Go's flag packages do, which is how engines write it: `-name`, `--name`, `-n`; `=v` or the
 * next argument for a value, whatever that begins with; `--flag=true|false`; `-abc` for flags; `--` ends the options.
 * commander takes less of this and costs 1.7 ms at start, so it only prints the help (help.ts).
 * `greedy`: the first positional argument ends the options (exec, ps, and before the command). USAGE on anything else.
 */
export function parseArguments(tokens: readonly string[], specs: readonly OptionSpec[], greedy: boolean): ParsedArguments {
  const shapes = specs.map(shapeOf);
  const values: OptionValues = {};
  for (const { key, spec, long } of shapes) values[key] = spec.initial ?? (long.startsWith('--no-') ? true : undefined);
  const positional: string[] = [];
  const rest = [...tokens];
  for (let token = rest.shift(); token !== undefined; token = rest.shift()) {
    if (token === '--') {
      positional.push(...rest);
      break;
    }
    if (!token.startsWith('-') || token === '-') {
      positional.push(token);
      if (!greedy) continue;
      positional.push(...rest);
      break;
    }
    const equals = token.indexOf('=');
    const name = equals < 0 ? token : token.slice(0, equals);
    const value = equals < 0 ? undefined : token.slice(equals + 1);
    const shape = findShape(name, shapes);
    if (shape !== undefined) setOption(shape, value, rest, values);
    else for (const each of expandBundle(token, shapes)) setOption(each, undefined, rest, values);
  }
  return { values, positional };
}

export function shapeOf(spec: OptionSpec): Shape {
  const long = /--[a-z0-9-]+/.exec(spec.flags)?.[0] ?? '';
  const short = /^-[a-z](?=,)/.exec(spec.flags)?.[0];
  const name = long.replace(/^--(no-)?/, '');
  return {
    spec,
    long,
    short,
    takesValue: spec.flags.includes('<'),
    key: name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
  };
}

/** One or two dashes before a long name. */
function findShape(name: string, shapes: readonly Shape[]): Shape | undefined {
  const long = name.startsWith('--') ? name : `-${name}`;
  return shapes.find((shape) => shape.short === name || shape.long === long);
}

/** `-td` is `-t -d`; only the last may take a value. */
function expandBundle(token: string, shapes: readonly Shape[]): readonly Shape[] {
  const letters = token.startsWith('--') ? [] : Array.from(token.slice(1));
  const found = letters.map((letter) => shapes.find(({ short }) => short === `-${letter}`));
  const all = found.filter((shape) => shape !== undefined);
  if (all.length === 0 || all.length < found.length || all.slice(0, -1).some(({ takesValue }) => takesValue)) {
    throw new TsrunError('USAGE', `flag provided but not defined: ${token.split('=')[0]}`);
  }
  return all;
}

function setOption({ spec, long, takesValue, key }: Shape, given: string | undefined, rest: string[], values: OptionValues): void {
  if (!takesValue) {
    const on = given === undefined || parseBoolean(long, given);
    values[key] = long.startsWith('--no-') ? !on : on;
    return;
  }
  const value = given ?? rest.shift();
  if (value === undefined) throw new TsrunError('USAGE', `flag needs an argument: ${long}`);
  const before = values[key];
  values[key] = spec.repeat ? [...(Array.isArray(before) ? before : []), value] : value;
}

/** As Go's strconv.ParseBool. */
export function parseBoolean(flag: string, text: string): boolean {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false;
  throw new TsrunError('USAGE', `invalid boolean value ${JSON.stringify(text)} for ${flag}`);
}
