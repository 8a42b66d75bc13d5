/** One directory in every cgroup hierarchy, for everything a test starts: what is left in it is left over. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cgroupMounts } from '../../helpers/host.ts';
import { poll } from '../../helpers/process.ts';

export class CgroupJail {
  /** Host directories, one a hierarchy. */
  readonly dirs: readonly string[];

  constructor(name: string) {
    this.dirs = [...new Set(cgroupMounts.values())].map((mount) => join(mount, name));
    for (const dir of this.dirs) make(dir);
  }

  /** Shell text that moves the shell itself into the jail. */
  enter(): string {
    return this.dirs.map((dir) => `echo 0 > ${dir}/cgroup.procs`).join(' && ');
  }

  /** cgroups made below the jail, deepest first, as `HIERARCHY:/path within the jail`. */
  nested(): readonly string[] {
    return this.dirs.flatMap((dir) => below(dir).map((path) => `${basename(dirname(dir))}:${path.slice(dir.length)}`));
  }

  /** Rejects when processes stay in it for 5 s. */
  async remove(): Promise<void> {
    await poll(`cgroups ${this.dirs.join(' ')} to be removable`, () => {
      for (const dir of this.dirs) {
        if (existsSync(dir)) [...below(dir), dir].forEach(tryRemove);
      }
      return this.dirs.every((dir) => !existsSync(dir));
    });
  }
}

function make(dir: string): void {
  mkdirSync(dir, { recursive: true });
  // A new v1 cpuset has no cpus and takes no process until it gets some.
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    if (existsSync(join(dir, 'cgroup.clone_children')) && existsSync(join(dir, file)))
      writeFileSync(join(dir, file), readFileSync(join(dir, '..', file)));
  }
}

function below(dir: string): readonly string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => [...below(join(dir, entry.name)), join(dir, entry.name)]);
}

function tryRemove(dir: string): void {
  try {
    rmdirSync(dir);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'EBUSY' && code !== 'ENOENT') throw error;
  }
}
