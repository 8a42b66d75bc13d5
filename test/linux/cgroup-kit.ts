/** Cgroups and processes to make claims about, and their removal. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as cgroup from '../../src/backends/linux/cgroup/cgroup.ts';
import { cgroupsBelow } from '../../src/backends/linux/cgroup/processes.ts';
import { findPlace } from '../../src/backends/linux/cgroup/place.ts';
import { gatherHostFacts } from '../../src/backends/linux/host.ts';
import { TsrunError } from '../../src/core/errors.ts';
import type { LinuxResources, Spec } from '../../src/oci/spec.ts';
import type { CgroupRecord, HostFacts } from '../../src/plan/facts.ts';

export const MIB = 2 ** 20;
export const facts: HostFacts = gatherHostFacts();
export const v2: boolean = facts.cgroup.mode === 'v2';
const top = `/tsrun-test-${process.pid}`;
export const made: CgroupRecord[] = [];
const children: ChildProcess[] = [];

export interface Claim {
  readonly name: string;
  /** Absent: on every kind of host. */
  readonly on?: 'v1' | 'v2';
  /** May give the reason for which this host cannot show it. */
  readonly run: () => void | string | undefined | Promise<string | undefined | void>;
}

export function spec(name: string, linux: Spec['linux'] = {}): Spec {
  return { ociVersion: '1.0.0', linux: { ...linux, cgroupsPath: `${top}/${name}` } };
}

export function resolve(config: Spec): CgroupRecord {
  return cgroup.resolveCgroup(config, 'id', facts, { cgroupManager: 'cgroupfs', rootless: 'auto' });
}

/** Where a container without cgroupsPath goes, on a host whose hierarchies begin at the claims' own cgroup. */
export function makeDefault(id: string): CgroupRecord {
  const below = <T extends { readonly mountpoint: string }>(tree: T): T => {
    mkdirSync(tree.mountpoint + top, { recursive: true });
    return { ...tree, mountpoint: tree.mountpoint + top };
  };
  const { v1, v2: unified, mode } = facts.cgroup;
  const host = { ...facts, cgroup: { mode, v1: v1.map(below), ...(unified && { v2: below(unified) }) } };
  const config: Spec = { ociVersion: '1.0.0' };
  const record = cgroup.resolveCgroup(config, id, host, { cgroupManager: 'cgroupfs', rootless: false });
  made.push(record);
  cgroup.createCgroup(record, config, host);
  return record;
}

export function make(name: string, linux: Spec['linux'] = {}): CgroupRecord {
  const config = spec(name, linux);
  const record = resolve(config);
  made.push(record);
  cgroup.createCgroup(record, config, facts);
  return record;
}

export function limited(name: string, resources: LinuxResources): CgroupRecord {
  const record = make(name);
  cgroup.applyResources(record, resources, { first: true });
  return record;
}

/** A process in every hierarchy of the cgroup. */
export async function enter(record: CgroupRecord, script = 'exec sleep 1000', below = ''): Promise<number> {
  const child = spawn('/bin/sh', ['-c', `read go; echo in; ${script}`], { stdio: ['pipe', 'pipe', 'ignore'] });
  children.push(child);
  const pid = child.pid ?? assert.fail('no process');
  for (const dir of Object.values(record.dirs)) writeFileSync(`${dir}${below}/cgroup.procs`, String(pid));
  const entered = once(child.stdout, 'data');
  child.stdin.end('go\n');
  await entered;
  return pid;
}

export async function until(what: () => boolean): Promise<void> {
  for (const end = Date.now() + 5000; !what(); await sleep(5)) if (Date.now() > end) assert.fail(`never: ${String(what)}`);
}

export function content(record: CgroupRecord, controller: string, v1File: string, v2File: string): string {
  const place = findPlace(record, controller) ?? assert.fail(`no ${controller} controller`);
  return readFileSync(`${place.dir}/${place.version === 1 ? v1File : v2File}`, 'utf8').trim();
}

export function failure(act: () => void): TsrunError {
  try {
    act();
  } catch (error) {
    if (error instanceof TsrunError) return error;
    throw error;
  }
  return assert.fail('should have failed');
}

/** Undoes all claims: to be called once at the end, whatever failed. */
export async function cleanUp(): Promise<void> {
  for (const child of children) child.kill('SIGKILL');
  for (const record of made.toReversed()) {
    await cgroup.killCgroup(record, 9);
    await cgroup.removeCgroup({ ...record, existing: [] });
  }
  const dirs = made.flatMap(({ dirs: each }) => Object.values(each)).map((dir) => dir.slice(0, dir.indexOf(top) + top.length));
  for (const dir of new Set(dirs)) for (const each of [...cgroupsBelow(dir).toReversed(), dir]) if (existsSync(each)) rmdirSync(each);
}
