/**
 * Which backend suits a bundle on this host: emulation for a WASI program, and wherever the linux backend cannot work. Looks
 * at a few bytes only; a bundle with faults gets the backend that the host suggests, whose messages then name them.
 */
import { closeSync, lstatSync, openSync, readlinkSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { readRegularFile } from '../../oci/read-file.ts';
import { linuxCanWork } from './linux-can-work.ts';

export const BACKEND_ANNOTATION = 'org.tsrun.backend';

export async function suitableBackend(place: { readonly bundle: string; readonly configFile?: string } | undefined): Promise<string> {
  const config = place && readConfig(place.configFile ?? resolve(place.bundle, 'config.json'));
  const annotated = config?.annotations?.[BACKEND_ANNOTATION];
  if (typeof annotated === 'string') return annotated;
  if (process.platform !== 'linux') return 'emulation';
  if (place !== undefined && config !== undefined && seemsWasi(config, place.bundle)) return 'emulation';
  return (await linuxCanWork()) ? 'linux' : 'emulation';
}

/** As far as looked at; nothing of it is validated yet. */
interface Config {
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly root?: { readonly path?: unknown };
  readonly process?: { readonly args?: readonly unknown[]; readonly env?: unknown; readonly cwd?: unknown };
}

function readConfig(file: string): Config | undefined {
  const read = readRegularFile(file);
  if ('error' in read) return undefined;
  try {
    const value = JSON.parse(new TextDecoder().decode(read.bytes)) as unknown;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined; // whoever loads it next says why
  }
}

/** A path that leads through a file, is too long or has a NUL is for create to complain about. */
function seemsWasi(config: Config, bundle: string): boolean {
  try {
    return startsWasi(config, bundle);
  } catch {
    return false;
  }
}

function startsWasi({ root, process: config }: Config, bundle: string): boolean {
  if (typeof root?.path !== 'string') return false;
  const rootfs = resolve(bundle, root.path);
  // Only the emulation takes an archive.
  if (statSync(rootfs, { throwIfNoEntry: false })?.isFile()) return true;
  const program = config?.args?.[0];
  if (typeof program !== 'string') return false;
  const cwd = typeof config?.cwd === 'string' ? config.cwd : '/';
  const env: unknown = config?.env;
  const entries: readonly unknown[] = Array.isArray(env) ? env : []; // nothing is validated yet
  const path = entries.findLast((entry): entry is string => typeof entry === 'string' && entry.startsWith('PATH='))?.slice(5) ?? '';
  const dirs = path.split(':').filter((dir) => dir.startsWith('/'));
  const candidates = program.includes('/') ? [resolve(cwd, program)] : dirs.map((dir) => resolve(dir, program));
  for (const candidate of candidates) {
    const file = inRoot(rootfs, candidate);
    if (file !== undefined) return isWasi(rootfs, file, 0);
  }
  return false;
}

const HEAD = 256;
/** As Linux: interpreters of interpreters. */
const INTERPRETERS = 4;

function isWasi(rootfs: string, file: string, depth: number): boolean {
  const head = readHead(file);
  if (head.startsWith('\0asm')) return true;
  const interpreter = /^#![ \t]*(\/[^ \t\n]*)/.exec(head)?.[1];
  if (interpreter === undefined || depth >= INTERPRETERS) return false;
  const next = inRoot(rootfs, interpreter);
  return next !== undefined && isWasi(rootfs, next, depth + 1);
}

function readHead(file: string): string {
  let fd: number | undefined;
  try {
    fd = openSync(file, 'r');
    const buffer = Buffer.alloc(HEAD);
    return buffer.toString('latin1', 0, readSync(fd, buffer, 0, HEAD, 0));
  } catch {
    return ''; // not ours to read
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

const LINKS = 40;

/** Host path of the regular file that container path `path` leads to, links followed within the root; undefined: none. */
function inRoot(rootfs: string, path: string): string | undefined {
  const todo = path.split('/').toReversed();
  const done: string[] = [];
  for (let links = 0; todo.length > 0;) {
    const part = todo.pop();
    if (part === undefined || part === '' || part === '.') continue;
    if (part === '..') {
      done.pop();
      continue;
    }
    const here = `${rootfs}/${[...done, part].join('/')}`;
    const stat = lstatSync(here, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    if (!stat.isSymbolicLink()) {
      if (todo.every((rest) => rest === '' || rest === '.')) return stat.isFile() ? here : undefined;
      done.push(part);
      continue;
    }
    if (++links > LINKS) return undefined;
    const target = readlinkSync(here);
    if (target.startsWith('/')) done.length = 0;
    todo.push(...target.split('/').toReversed());
  }
  return undefined;
}
