/**
 * A sandbox for one container engine and all its containers: namespaces of its own (mount, pid, network, ipc, uts, cgroup),
 * a tmpfs for its files and cgroups below one jail. Killing its PID 1 ends everything in it.
 */
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanEnv, poll, run, start, type Result, type RunOptions } from '../../helpers/process.ts';
import { CgroupJail } from './cgroup-jail.ts';

const init = new URL('init.sh', import.meta.url).pathname;

export interface SandboxRun extends RunOptions {
  /** Run as this user and group, without supplementary groups. */
  readonly uid?: number;
}

export class Sandbox {
  /** Absolute; the tmpfs inside, an empty directory outside. */
  readonly dir: string;
  readonly jail: CgroupJail;
  readonly #unshare: ChildProcess;
  #pid1 = 0;

  private constructor(name: string) {
    const token = `tsrun-${name}-${randomBytes(4).toString('hex')}`;
    this.dir = mkdtempSync(join(tmpdir(), `${token}-`));
    this.jail = new CgroupJail(token);
    const flags = '--mount --net --pid --ipc --uts --cgroup --fork --kill-child=KILL --mount-proc --propagation private';
    this.#unshare = start(['sh', '-c', `${this.jail.enter()} && exec setpriv --pdeathsig KILL unshare ${flags} sh ${init} "$0"`, this.dir]);
  }

  static async start(name: string): Promise<Sandbox> {
    const sandbox = new Sandbox(name);
    try {
      await sandbox.#ready();
    } catch (error) {
      await sandbox.stop();
      throw error;
    }
    return sandbox;
  }

  async #ready(): Promise<void> {
    const child = this.#unshare;
    let output = '';
    child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr?.on('data', (data: Buffer) => (output += data.toString()));
    await poll(`the sandbox to start`, () => {
      if (child.exitCode !== null) throw new Error(`unshare ended with ${child.exitCode}: ${output}`);
      return output.includes('ready\n');
    });
    this.#pid1 = Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8'));
  }

  /** How this process, outside, reaches a path inside. */
  outside(path: string): string {
    return `/proc/${this.#pid1}/root${path}`;
  }

  /** The argv that runs `argv` inside: with all namespaces, in the jail's cgroups, in an empty-handed environment. */
  argv(argv: readonly string[], uid?: number): readonly string[] {
    const enter = 'for d in /sys/fs/cgroup /sys/fs/cgroup/*; do [ ! -e $d/cgroup.procs ] || echo 0 > $d/cgroup.procs; done; exec "$@"';
    const drop = uid === undefined ? [] : ['setpriv', '--reuid', `${uid}`, '--regid', `${uid}`, '--clear-groups'];
    return ['nsenter', '-t', `${this.#pid1}`, '-m', '-n', '-p', '-i', '-u', '-C', '-r', '-w', 'sh', '-c', enter, 'sh', ...drop, ...argv];
  }

  async run(argv: readonly string[], options: SandboxRun = {}): Promise<Result> {
    return await run(this.argv(argv, options.uid), { env: cleanEnv, ...options });
  }

  /** A shell script that must succeed: its output without the last newline. */
  async sh(script: string, options: SandboxRun = {}): Promise<string> {
    const result = await this.run(['sh', '-ec', script], options);
    if (result.code !== 0) throw new Error(`in the sandbox: ${script}\nexit ${result.code}: ${result.stdout}${result.stderr}`);
    return result.stdout.trimEnd();
  }

  /** Start a daemon; it ends with the sandbox at the latest. */
  spawn(argv: readonly string[], options: SandboxRun = {}): ChildProcess {
    return start(this.argv(argv, options.uid), { env: cleanEnv, ...options });
  }

  /** Everything alive in the sandbox but its PID 1: `pid command line`, pids as the host sees them. */
  processes(): readonly string[] {
    const namespace = link(`/proc/${this.#pid1}/ns/pid`);
    return readdirSync('/proc')
      .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== this.#pid1 && link(`/proc/${pid}/ns/pid`) === namespace)
      .map((pid) => `${pid} ${text(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').slice(0, 200)}`);
  }

  /** Mount points inside, one line each, without the ids that change from mount to mount. */
  mounts(): readonly string[] {
    return text(`/proc/${this.#pid1}/mountinfo`)
      .split('\n')
      .map((line) => line.split(' ').slice(3, 5).join(' '))
      .filter((line) => line !== '');
  }

  /** Kill everything inside and remove the jail and the directory. */
  async stop(): Promise<void> {
    if (this.#unshare.exitCode === null && this.#unshare.signalCode === null) {
      const ended = new Promise((resolve) => this.#unshare.once('exit', resolve));
      if (this.#pid1 > 0) process.kill(this.#pid1, 'SIGKILL');
      this.#unshare.kill('SIGKILL');
      await ended;
    }
    await this.jail.remove();
    rmdirSync(this.dir);
  }
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // ended meanwhile
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // ended meanwhile
  }
}
