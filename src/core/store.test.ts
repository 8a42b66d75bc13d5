import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownProcessId } from './process-id.ts';
import { writePidFile } from './pid-file.ts';
import type { ContainerRecord } from './record.ts';
import { listIds, readRecord, removeDirectory, salvageRecords, type Store, sweep, takeId, writeIntent } from './store.ts';

let store: Store;
beforeEach(() => {
  store = { root: mkdtempSync(join(tmpdir(), 'tsrun-store-')) };
});
afterEach(() => rmSync(store.root, { recursive: true, force: true }));

function record(id: string): ContainerRecord {
  return {
    tsrun: 1,
    id,
    backend: 'test',
    phase: 'creating',
    creator: ownProcessId(),
    bundle: '/b',
    rootfs: '/b/r',
    ociVersion: '1.0.2',
    created: '2026-01-01T00:00:00Z',
    owner: 0,
    startable: true,
    handle: null,
  };
}

describe('takeId', () => {
  it('makes the root with its parents, and says so where nothing can be made', () => {
    takeId({ root: join(store.root, 'x/y') }, record('a'));
    expect(existsSync(join(store.root, 'x/y/a/state.json'))).toBe(true);
    writeFileSync(join(store.root, 'file'), '');
    expect(() => takeId({ root: join(store.root, 'file/y') }, record('a'))).toThrow('not a directory');
    if (existsSync('/proc/self')) expect(() => takeId({ root: '/proc/none/y' }, record('a'))).toThrow('no such file or directory');
  });

  it('gives the id to one of two, and the other changes nothing', () => {
    takeId(store, record('a'));
    const before = readFileSync(join(store.root, 'a', 'state.json'), 'utf8');
    expect(() => takeId(store, { ...record('a'), bundle: '/other' })).toThrow('container with given ID already exists');
    expect(readFileSync(join(store.root, 'a', 'state.json'), 'utf8')).toBe(before);
  });

  it('makes the root sticky, and every directory private', () => {
    const deep = { root: join(store.root, 'x', 'y') };
    takeId(deep, record('a'));
    const modes = ['..', '', 'a'].map((path) => lstatSync(join(deep.root, path)).mode & 0o1777);
    expect(modes).toEqual([0o700, 0o1700, 0o700]);
  });

  it('takes no id under which somebody else has something', () => {
    writeFileSync(join(store.root, 'a'), 'mine');
    expect(() => takeId(store, record('a'))).toThrow('already exists');
    expect(readFileSync(join(store.root, 'a'), 'utf8')).toBe('mine');
  });

  it('names a root that cannot be made', () => {
    writeFileSync(join(store.root, 'file'), '');
    expect(() => takeId({ root: join(store.root, 'file') }, record('a'))).toThrow(
      /^making a state directory in .*: (not a directory|file exists)$/,
    );
  });
});

describe('readRecord', () => {
  const damages: readonly (readonly [string, (dir: string) => void])[] = [
    ['empty', (dir) => writeFileSync(join(dir, 'state.json'), '')],
    ['truncated', (dir) => writeFileSync(join(dir, 'state.json'), readFileSync(join(dir, 'state.json'), 'utf8').slice(0, 60))],
    ['of wrong types', (dir) => writeFileSync(join(dir, 'state.json'), JSON.stringify({ ...record('a'), bundle: 7 }))],
    ['missing', (dir) => rmSync(join(dir, 'state.json'))],
    ['foreign', (dir) => writeFileSync(join(dir, 'state.json'), '{"id":"a","init_process_pid":1}')],
    ['a directory', (dir) => (rmSync(join(dir, 'state.json')), mkdirSync(join(dir, 'state.json')))],
    ['of another container', (dir) => writeFileSync(join(dir, 'state.json'), JSON.stringify(record('b')))],
    ['null', (dir) => writeFileSync(join(dir, 'state.json'), 'null')],
  ];
  it.each(damages)('calls a state.json that is %s STATE_CORRUPT', (_name, damage) => {
    const dir = takeId(store, record('a'));
    damage(dir);
    expect(() => readRecord(store, 'a')).toThrow(expect.objectContaining({ code: 'STATE_CORRUPT' }) as Error);
  });

  it.each(damages)('leaves the intent to work from where state.json is %s', (_name, damage) => {
    const dir = takeId(store, record('a'));
    writeIntent(dir, { ...record('a'), handle: { pid: 1 } });
    damage(dir);
    expect(salvageRecords(store, 'a')).toMatchObject([{ id: 'a', handle: { pid: 1 } }]);
  });

  it('says NOT_FOUND where there is nothing', () => {
    expect(() => readRecord(store, 'a')).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND', message: 'container does not exist' }) as Error,
    );
  });
});

describe('the directory', () => {
  it('is gone at once, and what a killed removal left is swept', () => {
    takeId(store, record('a'));
    removeDirectory(store, 'a');
    expect(readdirSync(store.root)).toEqual([]);
    mkdirSync(join(store.root, '~deleted-1-1-a'));
    expect(listIds(store)).toEqual([]);
    mkdirSync(join(store.root, '~new-999999999.1.0'));
    const { pid, startTime } = ownProcessId();
    mkdirSync(join(store.root, `~new-${pid}.${startTime}.7`)); // of a living create
    sweep(store);
    rmSync(join(store.root, `~new-${pid}.${startTime}.7`), { recursive: true });
    expect(readdirSync(store.root)).toEqual([]);
  });

  it('is not listed if it cannot be a container, and an absent root is told apart from an empty one', () => {
    takeId(store, record('b'));
    takeId(store, record('a'));
    mkdirSync(join(store.root, 'not an id'));
    writeFileSync(join(store.root, 'file'), '');
    expect(listIds(store)).toEqual(['a', 'b']);
    expect(listIds({ root: join(store.root, 'none') })).toBeUndefined();
  });
});

describe('writePidFile', () => {
  it('writes the pid without a newline, 0644', () => {
    writePidFile(join(store.root, 'pid'), 42);
    expect(readFileSync(join(store.root, 'pid'), 'utf8')).toBe('42');
    expect(readdirSync(store.root)).toEqual(['pid']);
  });

  it('replaces a symlink instead of following it', () => {
    symlinkSync(join(store.root, 'victim'), join(store.root, 'pid'));
    writePidFile(join(store.root, 'pid'), 42);
    expect(existsSync(join(store.root, 'victim'))).toBe(false);
    expect(lstatSync(join(store.root, 'pid')).isFile()).toBe(true);
  });
});
