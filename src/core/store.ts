import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseContainerId } from '../oci/id.ts';
import type { Spec } from '../oci/spec.ts';
import { systemError, writeAtomic } from './atomic-file.ts';
import { TsrunError } from './errors.ts';
import { isAlive, ownProcessId, type ProcessId } from './process-id.ts';
import { type ContainerRecord, corrupt, parseRecord } from './record.ts';

/**
 * The state on disk: `<root>/<id>/` (0700) with
 *  - state.json   the record, replaced atomically
 *  - intent.json  the record as it was before the first side effect; `delete --force` works from it if state.json is damaged
 *  - config.json  the validated config as it was at create; later edits of the bundle have no effect
 *  - lock         see lock.ts
 * and what the backend puts beside them. Entries whose name cannot be an id are never containers.
 */
export interface Store {
  /** Absolute. */
  readonly root: string;
}

export function directoryOf(store: Store, id: string): string {
  return join(store.root, id);
}

/**
 * Takes the id: of any number of callers one succeeds, the others get ID_IN_USE. A complete directory is renamed into
 * place, so that no container is ever seen, or left by a crash, without its record.
 */
export function takeId(store: Store, record: ContainerRecord): string {
  const dir = directoryOf(store, record.id);
  const { pid, startTime } = ownProcessId();
  const prepared = join(store.root, `${PREPARED}${pid}.${startTime}.${serial++}`);
  try {
    makeDirectories(store.root, ROOT_MODE);
    mkdirSync(prepared, 0o700);
  } catch (error) {
    throw systemError(`making a state directory in ${store.root}`, error);
  }
  try {
    writeRecord(prepared, record);
    renameSync(prepared, dir); // over nothing, or an empty directory that nobody needs
  } catch (error) {
    rmSync(prepared, { recursive: true, force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') {
      throw new TsrunError('ID_IN_USE', 'container with given ID already exists', { cause: error });
    }
    throw systemError(`making the state directory ${dir}`, error);
  }
  return dir;
}

export function writeRecord(dir: string, record: ContainerRecord): void {
  writeAtomic(join(dir, 'state.json'), JSON.stringify(record), 0o600);
}

/** Sticky: below XDG_RUNTIME_DIR that keeps periodic clean-ups away (XDG base directory specification). */
const ROOT_MODE = 0o1700;

/** Not by mkdirSync's `recursive`, which never comes back from a place where nothing can be made, as below /proc (node 20.20.2). */
function makeDirectories(path: string, mode = 0o700): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeDirectories(parent);
  try {
    mkdirSync(path, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // somebody else was faster
  }
}

/** As writeRecord, and keeps a second copy that no later write touches. */
export function writeIntent(dir: string, record: ContainerRecord): void {
  writeRecord(dir, record);
  writeAtomic(join(dir, 'intent.json'), JSON.stringify(record), 0o600);
}

/** NOT_FOUND, or STATE_CORRUPT where there is a directory without a usable state.json. */
export function readRecord(store: Store, id: string): ContainerRecord {
  return readRecordFile(store, id, 'state.json');
}

/** Those of state.json and intent.json that can still be read, best one first, for `delete --force`. */
export function salvageRecords(store: Store, id: string): ContainerRecord[] {
  const records: ContainerRecord[] = [];
  for (const file of ['state.json', 'intent.json'] as const) {
    try {
      records.push(readRecordFile(store, id, file));
    } catch (error) {
      if (!(error instanceof TsrunError) || error.code !== 'STATE_CORRUPT') throw error;
    }
  }
  return records;
}

function readRecordFile(store: Store, id: string, file: 'state.json' | 'intent.json'): ContainerRecord {
  const dir = directoryOf(store, id);
  let text: string;
  try {
    text = readFileSync(join(dir, file), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !exists(dir)) {
      const hint = `there is no ${dir}; --root names another place`;
      throw new TsrunError('NOT_FOUND', 'container does not exist', { hint, cause: error });
    }
    if (code === 'ENOENT') throw corrupt(id, `${file} is missing`, error);
    if (code === 'ENOTDIR' || code === 'EISDIR') throw corrupt(id, `${file} is not a file in a directory`, error);
    throw systemError(`reading ${join(dir, file)}`, error);
  }
  return parseRecord(text, id);
}

export function writeConfig(dir: string, config: Spec): void {
  writeAtomic(join(dir, 'config.json'), JSON.stringify(config), 0o600);
}

export function readConfig(dir: string, id: string): Spec {
  try {
    return JSON.parse(readFileSync(join(dir, 'config.json'), 'utf8')) as Spec; // our own, validated at create
  } catch (error) {
    throw corrupt(id, 'its copy of config.json cannot be read', error);
  }
}

/** Names of all containers, sorted; undefined where the root itself is absent. */
export function listIds(store: Store): string[] | undefined {
  try {
    const entries = readdirSync(store.root, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && 'value' in parseContainerId(entry.name))
      .map((entry) => entry.name)
      .toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw systemError(`reading ${store.root}`, error);
  }
}

/** Names of directories that are none of a container: `~` is in no id. */
const PREPARED = '~new-';
const TRASH = '~deleted-';
let serial = 0;

/** Frees the id in one step, then removes the files. */
export function removeDirectory(store: Store, id: string): void {
  const trash = join(store.root, `${TRASH}${process.pid}-${Date.now()}-${id}`.slice(0, 255));
  try {
    renameSync(directoryOf(store, id), trash);
    rmSync(trash, { recursive: true, force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw systemError(`removing the state of ${id}`, error);
  }
}

/** What killed calls of takeId and removeDirectory left. */
export function sweep(store: Store): void {
  let names: string[];
  try {
    names = readdirSync(store.root);
  } catch {
    return; // no root: nothing to sweep
  }
  for (const name of names) {
    if (name.startsWith(TRASH) || (name.startsWith(PREPARED) && !isAlive(processIn(name)))) {
      rmSync(join(store.root, name), { recursive: true, force: true });
    }
  }
}

function processIn(name: string): ProcessId {
  const [pid, startTime] = name.slice(PREPARED.length).split('.');
  return { pid: Number(pid), startTime: startTime ?? '' };
}

function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false; // whatever the reason, there is nothing to find there
  }
}
