/** Where crash tests take place: a sandbox, a bundle, a state root, and the runtime's command line for them. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { change, defaultConfig, type Changes } from '../helpers/config.ts';
import type { Result } from '../helpers/process.ts';
import { makeRootfs, makeTemplate } from '../helpers/rootfs.ts';
import { subject } from '../helpers/subject.ts';
import { Sandbox, type SandboxRun } from '../clients/sandbox/sandbox.ts';
import { difference, snapshot, type Scope } from './snapshot.ts';

export class Ground {
  readonly sandbox: Sandbox;
  /** State root, in the sandbox. */
  readonly root: string;
  readonly bundles: string;
  readonly scope: Scope;

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
    this.root = `${sandbox.dir}/state`;
    this.bundles = `${sandbox.dir}/bundles`;
    this.scope = { root: sandbox.outside(''), trees: [this.root, this.bundles, '/run', '/dev/shm'], except: [] };
  }

  static async make(name: string): Promise<Ground> {
    const ground = new Ground(await Sandbox.start(name));
    const outside = ground.sandbox.outside(ground.sandbox.dir);
    mkdirSync(`${outside}/state`);
    mkdirSync(`${outside}/bundles`);
    makeTemplate(`${outside}/template`);
    makeRootfs(`${outside}/rootfs`, `${outside}/template`);
    return ground;
  }

  /** A bundle whose container runs `script`, with cgroups in several hierarchies. Mount points that create would make are there. */
  bundle(name: string, script: string, changes: Changes = {}): string {
    const path = `${this.bundles}/${name}`;
    const outside = this.sandbox.outside(path);
    cpSync(this.sandbox.outside(`${this.sandbox.dir}/rootfs`), `${outside}/rootfs`, { recursive: true, verbatimSymlinks: true });
    const limits: Changes = { '/linux/resources/pids': { limit: 100 }, '/linux/resources/memory': { limit: 256 * 1024 * 1024 } };
    const config = change(defaultConfig(script, `/crash/${name}`), { ...limits, '/linux/namespaces/-': { type: 'cgroup' }, ...changes });
    writeFileSync(`${outside}/config.json`, JSON.stringify(config));
    return path;
  }

  argv(args: readonly string[]): readonly string[] {
    return [...subject.command, '--root', this.root, ...args];
  }

  /** One call of the runtime. Containers may keep the pipes open: it counts when the runtime itself has ended. */
  async tsrun(args: readonly string[], options: SandboxRun = {}): Promise<Result> {
    return await this.sandbox.run(this.argv(args), { until: 'exit', ...options });
  }

  snapshot(): readonly string[] {
    return snapshot(this.scope);
  }

  changes(before: readonly string[]): readonly string[] {
    return difference(before, this.snapshot());
  }
}
