import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { JsonError, parseJson, type JsonDocument } from './json.ts';
import { tidy, type Checked, type Problem } from './problem.ts';
import type { LinuxResources, Process, Spec } from './spec.ts';
import { validateConfig, validateProcess, validateResources } from './validate.ts';

/** Larger than any real config by far; it bounds the memory that a hostile bundle can take. */
const MAX_SIZE = 16 * 1024 * 1024;

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
  return load(readRegularFile(path, 'JSON specification file config.json not found'), validateConfig);
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

type Read = { readonly bytes: Uint8Array } | { readonly error: string };

function load<T>(read: Read, validate: (value: unknown) => Checked<T>): Loaded<T> {
  if ('error' in read) return { bytes: new Uint8Array(), errors: [{ pointer: '', message: read.error }], warnings: [] };
  return { bytes: read.bytes, ...check(read.bytes, validate) };
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

/** O_NONBLOCK: opening a fifo must not wait for a writer. */
function readRegularFile(path: string, missing: string): Read {
  return readOpened(path, constants.O_NONBLOCK, missing, (fd, stat) => {
    if (!stat.isFile()) return { error: `${path} is not a regular file` };
    return stat.size > MAX_SIZE ? tooLarge(path) : { bytes: readAll(fd, stat.size) };
  });
}

/** What somebody names on the command line may be waited for. */
function readFileOrPipe(path: string): Read {
  return readOpened(path, 0, `${path}: no such file or directory`, (fd, stat) => {
    if (!stat.isFile() && !stat.isFIFO()) return { error: `${path} is neither a regular file nor a pipe` };
    const bytes = readToEnd(fd);
    return bytes.length > MAX_SIZE ? tooLarge(path) : { bytes };
  });
}

function readOpened(path: string, flags: number, missing: string, read: (fd: number, stat: Stats) => Read): Read {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | flags);
  } catch (error) {
    const code = errnoOf(error);
    return { error: code === 'ENOENT' ? missing : `open ${path}: ${code}` };
  }
  try {
    return read(fd, fstatSync(fd));
  } catch (error) {
    return { error: `read ${path}: ${errnoOf(error)}` };
  } finally {
    closeSync(fd);
  }
}

const tooLarge = (path: string): Read => ({ error: `${path} is larger than ${MAX_SIZE} bytes` });

/** Until the end, or one byte more than MAX_SIZE. */
function readToEnd(fd: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let total = 0; total <= MAX_SIZE;) {
    const part = new Uint8Array(Math.min(65_536, MAX_SIZE + 1 - total));
    const count = readSync(fd, part);
    if (count === 0) break;
    parts.push(part.subarray(0, count));
    total += count;
  }
  return Buffer.concat(parts);
}

/** The size at fstat is the most that is read: a file that grows meanwhile is cut, and fails as JSON. */
function readAll(fd: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  while (at < size) {
    const count = readSync(fd, bytes, at, size - at, at);
    if (count === 0) break;
    at += count;
  }
  return bytes.subarray(0, at);
}

function errnoOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}
