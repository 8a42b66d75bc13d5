/**
 * Instrumented modules on disk: `$XDG_CACHE_HOME/tsrun/wasm`, else a directory of this user in the temporary directory. A file is its
 * content's SHA-256 and then the content; a damaged one is as none. Nobody else may be able to write there, neither to the directory
 * nor to the file that was opened, since what is read is executed (inside the emulation) and believed to be instrumented.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DIGEST = 32;
const MAX_BYTES = 512 << 20;

function directory(): string {
  const base = process.env['XDG_CACHE_HOME'];
  if (base !== undefined && base.startsWith('/')) return join(base, 'tsrun', 'wasm');
  return join(tmpdir(), `tsrun-cache-${process.getuid?.() ?? 'user'}`);
}

/** The directory, if it is ours alone. create: make it when it is not there. */
function usableDirectory(create: boolean): string | undefined {
  const path = directory();
  try {
    if (create) mkdirSync(path, { recursive: true, mode: 0o700 });
    const stat = lstatSync(path);
    return stat.isDirectory() && isOursAlone(stat) ? path : undefined;
  } catch {
    return undefined; // no cache: slower, not wrong
  }
}

function isOursAlone({ uid, mode }: Stats): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

const fileOf = (path: string, key: string): string => join(path, `${key}.wasm`);
const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

export function readCached(key: string): Uint8Array | undefined {
  const path = usableDirectory(false);
  if (path === undefined) return undefined;
  const file = fileOf(path, key);
  try {
    const bytes = readOurs(file);
    if (bytes === undefined) return undefined;
    const content = bytes.subarray(DIGEST);
    if (!digestOf(content).equals(bytes.subarray(0, DIGEST))) {
      rmSync(file, { force: true });
      return undefined;
    }
    const now = new Date();
    utimesSync(file, now, now); // the least recently used goes first
    return content;
  } catch {
    return undefined;
  }
}

/** What is opened is looked at, not what had the name before. */
function readOurs(file: string): Buffer | undefined {
  const fd = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(fd);
    return stat.isFile() && isOursAlone(stat) && stat.size <= MAX_BYTES ? readFileSync(fd) : undefined;
  } finally {
    closeSync(fd);
  }
}

/** Best effort: a full or read-only disk only means that the work is done again. */
export function writeCached(key: string, content: Uint8Array): void {
  const path = usableDirectory(true);
  if (path === undefined || content.length > MAX_BYTES / 2) return;
  const temporary = join(path, `${randomBytes(8).toString('hex')}.tmp`);
  try {
    writeFileSync(temporary, Buffer.concat([digestOf(content), content]), { mode: 0o600, flag: 'wx' });
    renameSync(temporary, fileOf(path, key));
    trim(path);
  } catch {
    rmSync(temporary, { force: true });
  }
}

function trim(path: string): void {
  const files = readdirSync(path).map((name) => {
    const file = join(path, name);
    const { size, mtimeMs } = statSync(file);
    return { file, size, mtimeMs };
  });
  let total = files.reduce((sum, { size }) => sum + size, 0);
  for (const { file, size } of files.toSorted((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (total <= MAX_BYTES) return;
    rmSync(file, { force: true });
    total -= size;
  }
}
