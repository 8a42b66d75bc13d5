/** What of a box is still on the host: processes, mounts, cgroups. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { cgroupMounts } from './host.ts';

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process ended meanwhile, or is not ours to look at
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** Processes in a cgroup named after the box, in a mount namespace with its rootfs, or with its path in their arguments. */
export function processesOf(token: string): readonly number[] {
  const ours = link('/proc/self/ns/mnt');
  const seen = new Map<string, boolean>();
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      if (/^State:\s+[ZX]/m.test(read(`/proc/${pid}/status`))) return false; // pid 1 of this host may reap late
      if (read(`/proc/${pid}/cmdline`).includes(token) || read(`/proc/${pid}/cgroup`).includes(token)) return true;
      const namespace = link(`/proc/${pid}/ns/mnt`);
      if (namespace === ours || namespace === '') return false;
      if (!seen.has(namespace)) seen.set(namespace, read(`/proc/${pid}/mountinfo`).includes(token));
      return seen.get(namespace) === true;
    })
    .map(Number);
}

export function mountsOf(token: string): readonly string[] {
  return read('/proc/self/mountinfo')
    .split('\n')
    .filter((line) => line.includes(token));
}

/** cgroup directories, in any hierarchy, whose path has the token in it (deepest first). */
export function cgroupsOf(token: string): readonly string[] {
  return [...new Set(cgroupMounts.values())].flatMap((mount) => walk(mount, 0, false));
  function walk(dir: string, depth: number, inside: boolean): string[] {
    if (depth > (inside ? 8 : 2)) return [];
    let names: string[];
    try {
      names = readdirSync(dir, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name);
    } catch {
      return [];
    }
    return names.flatMap((name) => {
      const here = inside || name.includes(token);
      const below = walk(join(dir, name), depth + 1, here);
      return here ? [...below, join(dir, name)] : below;
    });
  }
}

/** One line for each thing still there; empty when the box is clean. */
export function leftovers(token: string): readonly string[] {
  return [
    ...processesOf(token).map((pid) => `process ${pid}: ${read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').slice(0, 200)}`),
    ...mountsOf(token).map((line) => `mount ${line}`),
    ...cgroupsOf(token).map((dir) => `cgroup ${dir}`),
  ];
}

/** Remove what a failed test left, so that it does not disturb the next. */
export function sweep(token: string): void {
  for (const line of mountsOf(token).toReversed()) spawnSync('umount', ['-l', line.split(' ')[4] ?? '']);
  for (const pid of processesOf(token)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH' && (error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    }
  }
  for (const dir of cgroupsOf(token)) {
    try {
      if (existsSync(dir)) rmdirSync(dir);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error;
    }
  }
}
