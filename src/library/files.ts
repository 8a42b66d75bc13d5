/** A tree of files as a plain object, for bundles that need no directory prepared by hand. */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { TsrunError } from '../core/errors.ts';

/** One entry. Text and bytes become a file of mode 0644 (0755 where it begins with `#!` or is WebAssembly). */
export type FileEntry =
  | string
  | Uint8Array
  | { readonly content: string | Uint8Array; readonly mode?: number }
  | { readonly symlink: string }
  | { readonly directory: true; readonly mode?: number };

/** Absolute container paths → what is there. Parents are made. */
export type Files = Readonly<Record<string, FileEntry>>;

/** An entry in one form. `mode`: permission bits. */
export type PlainFile =
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly mode: number }
  | { readonly kind: 'symlink'; readonly target: string }
  | { readonly kind: 'directory'; readonly mode: number };

export function plainFile(entry: FileEntry): PlainFile {
  if (typeof entry === 'string' || entry instanceof Uint8Array) return file(entry);
  if (typeof entry !== 'object' || entry === null)
    throw new TsrunError('USAGE', `a file is text, bytes or an object of them, not ${String(entry)}`);
  if ('symlink' in entry) return { kind: 'symlink', target: entry.symlink };
  if ('directory' in entry) return { kind: 'directory', mode: entry.mode ?? 0o755 };
  return file(entry.content, entry.mode);
}

function file(content: string | Uint8Array, mode?: number): PlainFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { kind: 'file', bytes, mode: mode ?? (isProgram(bytes) ? 0o755 : 0o644) };
}

function isProgram(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  return (a === 0x23 && b === 0x21) || (a === 0 && b === 0x61 && c === 0x73 && d === 0x6d);
}

/** Paths in an order in which parents come first. USAGE for a path that is not absolute and normal. */
export function orderedPaths(files: Files): string[] {
  const paths = Object.keys(files);
  const odd = paths.find((path) => !path.startsWith('/') || path !== normalize(path) || path === '/');
  if (odd !== undefined) throw new TsrunError('USAGE', `${JSON.stringify(odd)} is not an absolute path in normal form`);
  return paths.toSorted();
}

/** Write the tree below a host directory, which is made. */
export function writeFiles(directory: string, files: Files): void {
  for (const path of orderedPaths(files)) {
    const to = join(directory, path);
    const entry = plainFile(files[path] as FileEntry);
    mkdirSync(entry.kind === 'directory' ? to : dirname(to), { recursive: true });
    if (entry.kind === 'symlink') symlinkSync(entry.target, to);
    else {
      if (entry.kind === 'file') writeFileSync(to, entry.bytes);
      chmodSync(to, entry.mode); // in the umask's stead
    }
  }
}
