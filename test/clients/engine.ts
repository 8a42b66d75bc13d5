/** An engine with docker's command line (docker, podman), running in a sandbox, with one image: `busy`. */
import { poll, type Result } from '../helpers/process.ts';
import type { Sandbox, SandboxRun } from './sandbox/sandbox.ts';

export interface EngineOptions {
  readonly name: string;
  readonly sandbox: Sandbox;
  /** The client and its global options. */
  readonly command: readonly string[];
  readonly run?: SandboxRun;
  /** How a container is removed by force, without a grace period. */
  readonly remove: readonly string[];
  /** The arguments of an image build, up to its flags. */
  readonly build: readonly string[];
  /** Directories in the sandbox where the runtime keeps state; empty ones and absent ones are clean. */
  readonly stateRoots: readonly string[];
}

let count = 0;

export class Engine {
  readonly name: string;
  readonly sandbox: Sandbox;
  readonly stateRoots: readonly string[];
  readonly command: readonly string[];
  readonly build: readonly string[];
  readonly remove: readonly string[];
  readonly #run: SandboxRun;

  constructor(options: EngineOptions) {
    this.name = options.name;
    this.sandbox = options.sandbox;
    this.stateRoots = options.stateRoots;
    this.command = options.command;
    this.build = options.build;
    this.remove = options.remove;
    this.#run = options.run ?? {};
  }

  /** One call of the client, any exit code. */
  async cli(args: readonly string[], run: SandboxRun = {}): Promise<Result> {
    return await this.host([...this.command, ...args], run);
  }

  /** A program of the host, as the engine's user and in its environment. */
  async host(argv: readonly string[], run: SandboxRun = {}): Promise<Result> {
    return await this.sandbox.run(argv, { timeout: 20_000, ...this.#run, ...run });
  }

  /** A call that must succeed: its stdout without the last newline. */
  async ok(args: readonly string[], run: SandboxRun = {}): Promise<string> {
    const result = await this.cli(args, run);
    if (result.code !== 0) throw new Error(`${this.name} ${args.join(' ')}\nexit ${result.code}: ${result.stdout}${result.stderr}`);
    return result.stdout.trimEnd();
  }

  /** Foreground `run --rm` of a script in a fresh container without a network. */
  async script(script: string, flags: readonly string[] = [], run: SandboxRun = {}): Promise<Result> {
    return await this.cli(['run', '--rm', '--network', 'none', ...flags, 'busy', 'sh', '-c', script], run);
  }

  /** The output of a script that must succeed. */
  async output(script: string, flags: readonly string[] = []): Promise<string> {
    const result = await this.script(script, flags);
    if (result.code !== 0) throw new Error(`${script} in ${flags.join(' ')}\nexit ${result.code}: ${result.stdout}${result.stderr}`);
    return result.stdout.trimEnd();
  }

  newName(): string {
    count += 1;
    return `c${count}`;
  }

  /** A detached container that is removed after `use`, however that ends. */
  async detached<T>(script: string, flags: readonly string[], use: (name: string) => Promise<T>): Promise<T> {
    const name = this.newName();
    try {
      await this.ok(['run', '-d', '--network', 'none', '--name', name, ...flags, 'busy', 'sh', '-c', script]);
      return await use(name);
    } finally {
      await this.cli([...this.remove, name]);
    }
  }

  async inspect(name: string, format: string): Promise<string> {
    return await this.ok(['inspect', '-f', `{{${format}}}`, name]);
  }

  async untilLogs(name: string, part: string): Promise<string> {
    return await poll(`${part} in the logs of ${name}`, async () => {
      const { stdout, stderr } = await this.cli(['logs', name]);
      return (stdout + stderr).includes(part) ? stdout + stderr : undefined;
    });
  }

  async untilStatus(name: string, status: string): Promise<void> {
    await poll(`${name} to be ${status}`, async () => (await this.inspect(name, '.State.Status')) === status);
  }

  /** What a cgroup file of the container's first process says, read outside of it. */
  async cgroupFile(name: string, controller: string, file: string): Promise<string> {
    const pid = await this.inspect(name, '.State.Pid');
    return await this.sandbox.sh(`
      if [ -e /sys/fs/cgroup/cgroup.controllers ]; then dir=/sys/fs/cgroup$(sed -n 's/^0:://p' /proc/${pid}/cgroup)
      else dir=/sys/fs/cgroup/${controller}$(sed -n 's/^[0-9]*:${controller}://p' /proc/${pid}/cgroup); fi
      cat "$dir/${file}"`);
  }
}

/** What an ended engine left in its sandbox, one line each. `expected` are mount points and cgroups that the engine itself keeps. */
export async function leftBehind(engine: Engine, mountsBefore: readonly string[], expected: RegExp): Promise<readonly string[]> {
  const { sandbox } = engine;
  const states = engine.stateRoots.map((root) => `find ${root} -mindepth 1 -maxdepth 1 2>/dev/null || true`).join('\n');
  return [
    ...sandbox.processes().map((line) => `process ${line}`),
    ...sandbox
      .mounts()
      .filter((line) => !mountsBefore.includes(line) && !expected.test(line.split(' ')[1] ?? ''))
      .map((line) => `mount ${line}`),
    ...sandbox.jail
      .nested()
      .filter((path) => !expected.test(path.slice(path.indexOf(':') + 1)))
      .map((path) => `cgroup ${path}`),
    ...(await sandbox.sh(states))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `state ${line}`),
  ];
}
