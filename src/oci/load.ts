import { JsonError, parseJson, type JsonDocument } from './json.ts';
import { tidy, type Checked, type Problem } from './problem.ts';
import { readFileOrPipe, readRegularFile, type ReadFile } from './read-file.ts';
import type { LinuxResources, Process, Spec } from './spec.ts';
import { validateConfig, validateProcess, validateResources } from './validate.ts';

/** A file that was read and checked. */
export interface Loaded<T> extends Checked<T> {
  /** The bytes that were checked: what goes into the state directory is this, not a second read. */
  readonly bytes: Uint8Array;
}

/**
 * Read and check config.json at `path`. Never throws for what the user can put right: that is in `errors`.
 * A missing file gives runc's text `JSON specification file config.json not found`.
 */
export function loadConfig(path: string): Loaded<Spec> {
  const read = readRegularFile(path);
  if ('error' in read && read.absent) {
    const hint = `there is no ${path}: \`tsrun spec\` writes one, --bundle names another directory`;
    return failed({ message: 'JSON specification file config.json not found', hint });
  }
  return load(read, validateConfig);
}

/** Read and check the file of `exec --process`, which may be a pipe: `-p <(jq …)`. */
export function loadProcess(path: string): Loaded<Process> {
  return load(readFileOrPipe(path), validateProcess);
}

/** Check the text of `update --resources` (the caller reads it: it may be standard input). */
export function parseResources(text: Uint8Array | string): Checked<LinuxResources> {
  return check(text, validateResources);
}

/** Check the bytes of a config.json that was read before (the copy in the state directory). */
export function parseConfig(text: Uint8Array | string): Checked<Spec> {
  return check(text, validateConfig);
}

function load<T>(read: ReadFile, validate: (value: unknown) => Checked<T>): Loaded<T> {
  if ('error' in read) return failed({ message: read.error });
  return { bytes: read.bytes, ...check(read.bytes, validate) };
}

function failed<T>(problem: Omit<Problem, 'pointer'>): Loaded<T> {
  return { bytes: new Uint8Array(), errors: [{ pointer: '', ...problem }], warnings: [] };
}

function check<T>(text: Uint8Array | string, validate: (value: unknown) => Checked<T>): Checked<T> {
  let document: JsonDocument;
  try {
    document = parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { errors: [tidy({ pointer: error.pointer, message: error.placedMessage })], warnings: [] };
  }
  const { value, errors, warnings } = validate(document.value);
  const rounded = roundedProblems(document.rounded);
  const all = [...errors, ...rounded.errors];
  return {
    ...(value !== undefined && all.length === 0 ? { value } : {}),
    errors: all,
    warnings: [...warnings, ...rounded.warnings],
  };
}

/** 2^64-1 and 2^63-1 come back exactly (int64.ts). Elsewhere one unit in 2^53 matters to seccomp only. */
function roundedProblems(rounded: JsonDocument['rounded']): { errors: Problem[]; warnings: Problem[] } {
  const errors: Problem[] = [];
  const warnings: Problem[] = [];
  for (const { pointer, text } of rounded) {
    const inSeccomp = pointer.startsWith('/linux/seccomp/');
    if (text === '18446744073709551615' || (text === '9223372036854775807' && !inSeccomp)) continue;
    if (inSeccomp) errors.push({ pointer, message: `${text} cannot be held exactly (more than 53 significant bits)` });
    else warnings.push({ pointer, message: `${text} is rounded to ${BigInt(Number(text))}` });
  }
  return { errors, warnings };
}
