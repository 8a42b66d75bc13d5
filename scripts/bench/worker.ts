/** Runs inside the sandbox, as plain JavaScript: contenders take turns (ABCD, BCDA, …), times are wall clock. */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { benches, type Bench, type Contender, type Measured, type Orders } from './data.ts';

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
let count = 0;

function call(contender: Contender, ...args: string[]): void {
  const [program = '', ...globals] = contender.command;
  const result = spawnSync(program, [...globals, ...args], { stdio: 'ignore', timeout: 30_000 });
  if (result.status === 0) return;
  const again = spawnSync(program, [...globals, ...args], { encoding: 'utf8', timeout: 30_000 });
  throw new Error(`${contender.name} ${args.join(' ')}: ${result.status ?? result.signal}; once more: ${again.stderr}`);
}

function timed(body: () => void): number {
  const begin = performance.now();
  body();
  return performance.now() - begin;
}

/** The container that sleeps all the time. Runtimes may make the same cgroup of the same id. */
const longId = (contender: Contender): string => `long-${contender.name}`;
const newId = (): string => `b${(count += 1)}`;

/** All at once; the time until the last has ended. */
async function parallel(contender: Contender): Promise<number> {
  const [program = '', ...globals] = contender.command;
  const begin = performance.now();
  const codes = await Promise.all(
    Array.from({ length: orders.parallel }, async () => {
      const args = [...globals, 'run', '--bundle', orders.bundles.true, newId()];
      return await new Promise((resolve) => spawn(program, args, { stdio: 'ignore' }).once('exit', resolve));
    }),
  );
  const time = performance.now() - begin;
  const failed = codes.filter((code) => code !== 0).length;
  if (failed > 0) throw new Error(`${contender.name}: ${failed} of ${orders.parallel} parallel runs failed`);
  return time;
}

async function once(bench: Bench, contender: Contender): Promise<number> {
  const id = newId();
  switch (bench) {
    case 'run':
      return timed(() => call(contender, 'run', '--bundle', orders.bundles.true, id));
    case 'create+start+delete':
      return timed(() => {
        call(contender, 'create', '--bundle', orders.bundles.sleep, id);
        call(contender, 'start', id);
        call(contender, 'delete', '--force', id);
      });
    case 'exec':
      return timed(() => call(contender, 'exec', longId(contender), '/bin/true'));
    case 'state':
      return timed(() => call(contender, 'state', longId(contender)));
    case 'parallel':
      return await parallel(contender);
    default:
      throw new Error(`no such benchmark: ${String(bench satisfies never)}`);
  }
}

/** KiB, from time(1): ru_maxrss of the program and of what it waited for. */
function peakMemory(contender: Contender): number {
  const command = [...contender.command, 'run', '--bundle', orders.bundles.true, newId()];
  const result = spawnSync('/usr/bin/time', ['-f', 'KiB=%M', ...command], { encoding: 'utf8', timeout: 30_000 });
  return Number(/KiB=(\d+)/.exec(result.stderr)?.[1] ?? Number.NaN);
}

const living = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
      } catch {
        return false; // ended while we looked
      }
    })
    .map(Number);

async function processesBeside(contender: Contender, body: () => void): Promise<number> {
  const before = new Set(living());
  body();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const state = spawnSync(contender.command[0] ?? '', [...contender.command.slice(1), 'state', longId(contender)], { encoding: 'utf8' });
  const { pid } = JSON.parse(state.stdout) as { pid: number };
  return living().filter((other) => !before.has(other) && other !== pid).length;
}

async function main(): Promise<void> {
  const beside = new Map<string, number>();
  // oxlint-disable no-await-in-loop -- one measurement at a time
  for (const contender of orders.contenders) {
    call(contender, 'run', '--bundle', orders.bundles.true, newId()); // warms the page cache
    const start = (): void => call(contender, 'run', '--detach', '--bundle', orders.bundles.sleep, longId(contender));
    beside.set(contender.name, await processesBeside(contender, start));
  }
  const noTimes = (): Record<Bench, number[]> => ({ run: [], 'create+start+delete': [], exec: [], state: [], parallel: [] });
  const times = new Map(orders.contenders.map(({ name }) => [name, noTimes()]));
  for (const bench of benches) {
    for (let round = 0; round < orders.rounds[bench]; round += 1) {
      for (let turn = 0; turn < orders.contenders.length; turn += 1) {
        const contender = orders.contenders[(round + turn) % orders.contenders.length];
        if (contender !== undefined) times.get(contender.name)?.[bench]?.push(await once(bench, contender));
      }
    }
  }
  // oxlint-enable no-await-in-loop
  const measured = orders.contenders.map((contender): Measured => ({
    name: contender.name,
    times: times.get(contender.name) ?? noTimes(),
    peakMemory: [0, 1, 2].map(() => peakMemory(contender)),
    processesBeside: beside.get(contender.name) ?? Number.NaN,
  }));
  for (const contender of orders.contenders) call(contender, 'delete', '--force', longId(contender));
  process.stdout.write(JSON.stringify(measured));
}

await main();
