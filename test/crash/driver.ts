/**
 * Runs inside the sandbox, bundled to plain JavaScript: kills the runtime or its helper at random moments, then
 * `delete --force` once, and compares what is there with what was there before. One JSON line a point on stdout.
 *
 * It waits in busy loops: a timer's millisecond is a tenth of a whole `create`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { generator } from './random.ts';
import { operations, type Operation, type Orders, type Point, type Target } from './orders.ts';
import { difference, snapshot, type Scope } from './snapshot.ts';

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const random = generator(orders.seed);
const scope: Scope = { root: '', trees: orders.trees, except: [process.pid] };

const call = (...args: string[]): { status: number | null; stderr: string } => {
  const [program = '', ...global] = orders.command;
  // Pipes would be held open by the container.
  const result = spawnSync(program, [...global, ...args], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', timeout: 15_000 });
  return { status: result.status, stderr: result.stderr };
};

const environment = (operation: Operation): NodeJS.ProcessEnv =>
  operation === 'notify' ? { ...process.env, NOTIFY_SOCKET: orders.notifySocket } : process.env;

function must(...args: string[]): void {
  mustIn(process.env, ...args);
}

function mustIn(env: NodeJS.ProcessEnv, ...args: string[]): void {
  const [program = '', ...global] = orders.command;
  const result = spawnSync(program, [...global, ...args], { stdio: 'ignore', timeout: 15_000, env });
  if (result.status !== 0) throw new Error(`${args.join(' ')} failed with ${result.status} before anything was killed`);
}

/** Bring `id` to where the operation can be called, and give the operation's arguments. */
function prepare(operation: Operation, id: string): readonly string[] {
  const create = ['create', '--bundle', orders.bundle, id] as const;
  if (operation === 'create') return create;
  if (operation === 'run') return ['run', '--bundle', orders.bundle, id];
  mustIn(environment(operation), ...create);
  if (operation === 'start' || operation === 'notify') return ['start', id];
  must('start', id);
  if (operation === 'exec') return ['exec', id, '/bin/sleep', '100'];
  return ['delete', '--force', id];
}

/** Milliseconds that the operation needs; for exec and run, until the program runs. */
function measure(operation: Operation): number {
  if (operation === 'notify') return 2 * measure('start'); // one helper more, and then it waits
  const times = [0, 1, 2].map((round) => {
    const id = `measure-${operation}-${round}`;
    let args = prepare(operation, id);
    if (operation === 'exec') args = ['exec', id, '/bin/true'];
    if (operation === 'run') args = ['run', '--detach', '--bundle', orders.bundle, id];
    const begin = performance.now();
    must(...args);
    const time = performance.now() - begin;
    must('delete', '--force', id);
    return time;
  });
  return times.toSorted((a, b) => a - b)[1] ?? 0;
}

/** Busy wait until `done` or `limit` ms are over. */
function spin(limit: number, done: () => boolean): boolean {
  const end = performance.now() + limit;
  while (performance.now() < end) if (done()) return true;
  return done();
}

const pause = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));

function children(pid: number): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
      .flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' '))
      .filter((word) => word.trim() !== '')
      .map(Number);
  } catch {
    return []; // ended
  }
}

function ended(pid: number): boolean {
  try {
    return /^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}

function kill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false; // ended before
  }
}

async function point(index: number, durations: ReadonlyMap<Operation, number>): Promise<Point> {
  const operation = operations[index % operations.length] ?? 'create';
  const target: Target = random() < 0.5 ? 'tsrun' : 'helper';
  const duration = durations.get(operation) ?? 0;
  const moment = random() * duration * 1.1;
  const id = `p${index}`;
  const before = snapshot(scope);
  const problems: string[] = [];

  const args = prepare(operation, id);
  const [program = '', ...global] = orders.command;
  const child = spawn(program, [...global, ...args], { stdio: 'ignore', env: environment(operation) });
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const pid = child.pid ?? 0;
  spin(moment, () => false);
  let hit = !ended(pid);
  if (target === 'tsrun') kill(pid);
  else {
    // The helper lives only for a part of the operation: the first moment at which there is one.
    let victims: readonly number[] = [];
    spin(duration * 1.5, () => (victims = children(pid)).length > 0 || ended(pid));
    hit = victims.map(kill).includes(true);
    // Without its helper the runtime must come to an end by itself. (An operation that was not hit may run on: exec, run.)
    const alone = await Promise.race([exit.then(() => true), pause(hit ? 10_000 : 0).then(() => false)]);
    if (hit && !alone) problems.push('tsrun did not end after the death of its helper');
    kill(pid);
  }
  await exit;

  const removal = call('delete', '--force', id);
  if (removal.status !== 0) problems.push(`delete --force: ${removal.status} ${removal.stderr.trim()}`);
  let left = difference(before, snapshot(scope));
  for (const end = Date.now() + 4000; left.length > 0 && Date.now() < end; left = difference(before, snapshot(scope))) {
    // oxlint-disable-next-line no-await-in-loop -- polling is sequential
    await pause(20);
  }
  problems.push(...left);
  return { index, operation, target, moment, duration, hit, problems };
}

/** It takes what comes and answers nothing: there will be nothing. */
async function serviceManager(): Promise<void> {
  const program = 'import socket,sys,time; s=socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(sys.argv[1]); time.sleep(1e6)';
  spawn('/usr/bin/python3', ['-c', program, orders.notifySocket], { stdio: 'ignore' }).unref();
  while (!existsSync(orders.notifySocket)) await pause(10); // oxlint-disable-line no-await-in-loop
}

async function main(): Promise<void> {
  await serviceManager();
  // The first container makes directories that stay (the parent cgroup /crash, the state root, mount points in the rootfs).
  mustIn(environment('notify'), 'create', '--bundle', orders.bundle, 'first');
  must('delete', '--force', 'first');
  const durations = new Map(operations.map((operation) => [operation, measure(operation)]));
  for (let index = 0; index < orders.points; index += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one at a time
    process.stdout.write(`${JSON.stringify(await point(index, durations))}\n`);
  }
}

await main();
