/**
 * A box is one test's own corner of the machine: a temporary directory with state root, bundles and logs, container ids
 * nobody else has, and a clean-up that fails the test when anything of it is left on the host.
 */
import { spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { change, defaultConfig, type Changes } from './config.ts';
import { leftovers, sweep } from './leftovers.ts';
import { cleanEnv, poll, run, start, type Result, type RunOptions } from './process.ts';
import { makeRootfs } from './rootfs.ts';
import { subject, type Subject } from './subject.ts';

export interface Bundle {
  readonly path: string;
  readonly rootfs: string;
  readonly id: string;
  /** Where linux.cgroupsPath points, unless the test changed it. */
  readonly cgroupsPath: string;
}

/** The last error of the JSON log. `pointer` and `code` are tsrun's own gain; other runtimes have `msg` alone. */
export interface Failure extends Result {
  readonly msg: string;
  readonly errorCode: string | undefined;
  readonly pointer: string | undefined;
  readonly hint: string | undefined;
  /** Messages of the warnings that came before. */
  readonly warnings: readonly string[];
}

export interface Outcome extends Result {
  readonly id: string;
  readonly warnings: readonly string[];
}

/** What `state` prints: the required properties of runtime.md#state and those that engines read. */
export interface StateDocument {
  readonly ociVersion: string;
  readonly id: string;
  readonly pid?: number;
  readonly status: string;
  readonly bundle: string;
  readonly rootfs?: string;
  readonly created?: string;
  readonly owner?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface As {
  readonly uid: number;
  readonly gid: number;
}

export interface BoxOptions {
  /** Run the program as this user (tests that are root themselves). */
  readonly as?: As;
  readonly template: string;
  readonly subject?: Subject;
  /** Arguments between the program and the global flags of each call. */
  readonly globals?: readonly string[];
}

type LogLine = { level?: string; msg?: string; code?: string; pointer?: string; hint?: string };

export class Box {
  readonly dir: string;
  readonly token: string;
  readonly root: string;
  readonly subject: Subject;
  readonly #options: BoxOptions;
  readonly #children: ChildProcess[] = [];
  readonly #undo: (() => void | Promise<void>)[] = [];
  #count = 0;

  constructor(options: BoxOptions) {
    this.#options = options;
    this.subject = options.subject ?? subject;
    this.token = `tst${randomBytes(5).toString('hex')}`;
    this.dir = mkdtempSync(join(tmpdir(), `${this.token}-`));
    this.root = join(this.dir, 'state');
    chmodSync(this.dir, 0o755);
    this.own(this.dir);
  }

  /** Give a path to the user the program runs as. */
  own(path: string): void {
    if (this.#options.as !== undefined) chownSync(path, this.#options.as.uid, this.#options.as.gid);
  }

  newId(): string {
    this.#count += 1;
    return `${this.token}-${this.#count}`;
  }

  path(...parts: string[]): string {
    return join(this.dir, ...parts);
  }

  /** A bundle that runs `script` in sh, its config changed at the given JSON pointers. */
  bundle(script: string, changes: Changes = {}): Bundle {
    const id = this.newId();
    const path = join(this.dir, `bundle-${this.#count}`);
    const rootfs = join(path, 'rootfs');
    makeRootfs(rootfs, this.#options.template);
    const cgroupsPath = `/${id}`;
    writeFileSync(join(path, 'config.json'), JSON.stringify(change(defaultConfig(script, cgroupsPath), changes), null, 2));
    return { path, rootfs, id, cgroupsPath };
  }

  /** Write a file (with parents) and return its path; `mode` makes it executable. */
  file(name: string, text: string, mode = 0o644): string {
    const path = join(this.dir, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    chmodSync(path, mode);
    this.own(path);
    return path;
  }

  /** The full argv of one call: program, our global flags, then `args`. */
  argv(args: readonly string[], log?: string): readonly string[] {
    const as = this.#options.as;
    const drop = as === undefined ? [] : ['setpriv', '--reuid', `${as.uid}`, '--regid', `${as.gid}`, '--clear-groups'];
    const logging = log === undefined ? [] : ['--log', log, '--log-format', 'json'];
    return [...drop, ...this.subject.command, '--root', this.root, ...logging, ...(this.#options.globals ?? []), ...args];
  }

  /** Run one command as it is. */
  async tsrun(args: readonly string[], options: RunOptions = {}): Promise<Result> {
    return await run(this.argv(args), { until: 'exit', env: cleanEnv, ...options });
  }

  /** Start one command and go on; it is ended with the box. */
  background(args: readonly string[], options: RunOptions = {}): ChildProcess {
    return this.adopt(start(this.argv(args), options));
  }

  adopt(child: ChildProcess): ChildProcess {
    this.#children.push(child);
    return child;
  }

  /** Undo something at the end of the test, last first. */
  defer(undo: () => void | Promise<void>): void {
    this.#undo.push(undo);
  }

  /** A command that must succeed; its warnings come from the JSON log. */
  async ok(args: readonly string[], options: RunOptions = {}): Promise<Result & { readonly warnings: readonly string[] }> {
    const { result, lines } = await this.#logged(args, options);
    if (result.code !== 0)
      throw new Error(`${args.join(' ')} failed with ${result.code}\n${describeLog(lines)}\n${result.stdout}${result.stderr}`);
    return { ...result, warnings: warningsOf(lines) };
  }

  /** A command that must fail (any code but 0): what it said. */
  async fails(args: readonly string[], options: RunOptions = {}): Promise<Failure> {
    const { result, lines } = await this.#logged(args, options);
    if (result.code === 0) throw new Error(`${args.join(' ')} should have failed\n${result.stdout}${result.stderr}`);
    const error = lines.findLast((line) => line.level === 'error');
    return {
      ...result,
      msg: error?.msg ?? '',
      errorCode: error?.code,
      pointer: error?.pointer,
      hint: error?.hint,
      warnings: warningsOf(lines),
    };
  }

  async #logged(args: readonly string[], options: RunOptions): Promise<{ result: Result; lines: readonly LogLine[] }> {
    this.#count += 1;
    const log = join(this.dir, `log-${this.#count}.json`);
    const result = await run(this.argv(args, log), { until: 'exit', env: cleanEnv, ...options });
    return { result, lines: readLog(log) };
  }

  /** Foreground `run` of a script to its end, whatever its exit code; errors of the runtime reject. */
  async run(script: string, changes: Changes = {}, options: RunOptions & { readonly flags?: readonly string[] } = {}): Promise<Outcome> {
    const bundle = this.bundle(script, changes);
    return await this.runBundle(bundle, options);
  }

  async runBundle(bundle: Bundle, options: RunOptions & { readonly flags?: readonly string[] } = {}): Promise<Outcome> {
    const args = ['run', '--bundle', bundle.path, ...(options.flags ?? []), bundle.id];
    const { result, lines } = await this.#logged(args, options);
    const error = lines.findLast((line) => line.level === 'error');
    if (error !== undefined) throw new Error(`run failed with ${result.code}: ${error.msg ?? ''} ${error.pointer ?? ''}\n${result.stderr}`);
    return { ...result, id: bundle.id, warnings: warningsOf(lines) };
  }

  /** `run` that must fail before the program runs. */
  async runFails(script: string, changes: Changes, options: RunOptions = {}): Promise<Failure & { readonly bundle: Bundle }> {
    const bundle = this.bundle(script, changes);
    const failure = await this.fails(['run', '--bundle', bundle.path, bundle.id], options);
    return { ...failure, bundle };
  }

  /** create, and leave it in `created`. */
  async create(script: string, changes: Changes = {}, flags: readonly string[] = []): Promise<Bundle> {
    const bundle = this.bundle(script, changes);
    await this.ok(['create', '--bundle', bundle.path, ...flags, bundle.id]);
    return bundle;
  }

  /** create and start. */
  async started(script = 'sleep 100', changes: Changes = {}): Promise<Bundle> {
    const bundle = await this.create(script, changes);
    await this.ok(['start', bundle.id]);
    return bundle;
  }

  async state(id: string): Promise<StateDocument> {
    return JSON.parse((await this.ok(['state', id])).stdout) as StateDocument;
  }

  async until(id: string, status: string): Promise<void> {
    await poll(`${id} to be ${status}`, async () => (await this.state(id))['status'] === status);
  }

  async pid(id: string): Promise<number> {
    return Number((await this.state(id))['pid']);
  }

  /** exec of a script in a running container; any exit code. */
  async exec(id: string, script: string, flags: readonly string[] = [], options: RunOptions = {}): Promise<Result> {
    return await this.tsrun(['exec', ...flags, id, '/bin/sh', '-c', script], { ...options, until: 'close' });
  }

  /** Ids the state root knows. */
  ids(): readonly string[] {
    return existsSync(this.root) ? readdirSync(this.root).filter((name) => name.startsWith(this.token)) : [];
  }

  /** Force-delete all containers; throws when something is still on the host afterwards. */
  async close(): Promise<void> {
    const problems: string[] = [];
    for (const child of this.#children) child.kill('SIGKILL');
    // oxlint-disable no-await-in-loop -- clean-up goes one by one
    for (const id of this.ids()) {
      const gone = await this.tsrun(['delete', '--force', id]);
      if (gone.code !== 0) problems.push(`delete --force ${id}: ${gone.stderr}`);
    }
    for (const undo of this.#undo.toReversed()) await undo();
    // oxlint-enable no-await-in-loop
    problems.push(...this.ids().map((id) => `state ${id}`));
    let left: readonly string[] = [];
    await poll('a clean host', () => (left = leftovers(this.token)).length === 0, 3000).catch(() => undefined);
    if (left.length > 0) {
      problems.push(...left);
      sweep(this.token);
      left = leftovers(this.token);
    }
    if (left.some((line) => line.startsWith('mount'))) {
      problems.push(`${this.dir} is left in place: something is mounted below it`);
    } else rmSync(this.dir, { recursive: true, force: true });
    if (problems.length > 0) throw new Error(`left on the host after delete --force:\n${problems.join('\n')}`);
  }
}

function readLog(path: string): readonly LogLine[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LogLine);
}

const warningsOf = (lines: readonly LogLine[]): readonly string[] =>
  lines.filter((line) => line.level === 'warning' || line.level === 'warn').map((line) => line.msg ?? '');
const describeLog = (lines: readonly LogLine[]): string =>
  lines.map((line) => `${line.level}: ${line.msg} ${line.pointer ?? ''}`).join('\n');

/** The text a command of the host prints. */
export function host(command: string, ...args: string[]): string {
  const result = spawnSync(command, args, { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${result.stderr}`);
  return result.stdout;
}
