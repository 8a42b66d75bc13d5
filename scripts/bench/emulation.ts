/**
 * The emulation backend: the library in one Node process, on the built package, and the command line from cold.
 * Prints what was measured beside the project's targets.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as Library from '../../src/index.ts';
import type * as Testing from '../../src/testing/index.ts';
import { repository } from '../../test/helpers/host.ts';
import { smallWrites, underNodeWasi } from './small-writes.ts';
import { median, pairwiseRatio, percentile } from './statistics.ts';

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The project's target and the side of it that is good. */
  readonly target?: { readonly limit: number; readonly good: 'above' | 'below' };
}

const built = async <T>(file: string): Promise<T> => (await import(join(repository, 'dist', file))) as T;

export async function measureEmulation(quick: boolean): Promise<readonly Figure[]> {
  const library = await built<typeof Library>('index.js');
  return [
    // First: memory that others have left to the process would hide what these take.
    ...(await idleFigures(library, quick ? 100 : 1000)),
    ...(await startFigures(library, quick ? 300 : 2000)),
    ...(await insideFigures(library, quick)),
    await smallWriteFigure(library, quick ? 3 : 7),
    ...(await commandFigures(quick ? 5 : 21)),
  ];
}

async function startFigures({ Container, openBundle }: typeof Library, count: number): Promise<readonly Figure[]> {
  const bundle = await openBundle({ args: ['sh', '-c', 'echo hi'] });
  const firstBytes: number[] = [];
  const once = async (): Promise<void> => {
    const begin = performance.now();
    let first = Number.NaN;
    const container = await Container.create(bundle, { stdout: () => void (first = performance.now() - begin), stderr: 'ignore' });
    await container.start();
    await container.wait();
    await container.delete();
    firstBytes.push(first);
  };
  // oxlint-disable no-await-in-loop -- one after the other is what is measured
  for (let warm = 0; warm < 200; warm += 1) await once();
  firstBytes.length = 0;
  const begin = performance.now();
  for (let run = 0; run < count; run += 1) await once();
  // oxlint-enable no-await-in-loop
  const seconds = (performance.now() - begin) / 1000;
  return [
    {
      what: 'containers a second, one process (sh -c "echo hi")',
      value: count / seconds,
      unit: '/s',
      target: { limit: 1000, good: 'above' },
    },
    { what: 'create to first byte, p50', value: median(firstBytes), unit: 'ms', target: { limit: 0.5, good: 'below' } },
    { what: 'create to first byte, p95', value: percentile(firstBytes, 95), unit: 'ms', target: { limit: 5, good: 'below' } },
  ];
}

async function idleFigures({ Container, openBundle, runContainer }: typeof Library, count: number): Promise<readonly Figure[]> {
  const bundle = await openBundle({ args: ['sh', '-c', 'read never'] });
  for (let warm = 0; warm < 20; warm += 1) await runContainer(bundle); // oxlint-disable-line no-await-in-loop
  const before = process.memoryUsage().rss;
  const begin = performance.now();
  const containers: Library.Container[] = [];
  // oxlint-disable no-await-in-loop
  for (let index = 0; index < count; index += 1) {
    const container = await Container.create(bundle, { stdin: 'pipe', stdout: 'ignore', stderr: 'ignore' });
    await container.start();
    containers.push(container);
  }
  const seconds = (performance.now() - begin) / 1000;
  const memory = (process.memoryUsage().rss - before) / count / 1024;
  for (const container of containers) await container.delete({ force: true });
  // oxlint-enable no-await-in-loop
  return [
    { what: `${count} idle containers, time`, value: (seconds * 1000) / count, unit: 's per 1000', target: { limit: 2, good: 'below' } },
    { what: `${count} idle containers, memory each`, value: memory, unit: 'KiB', target: { limit: 400, good: 'below' } },
  ];
}

async function insideFigures({ runContainer }: typeof Library, quick: boolean): Promise<readonly Figure[]> {
  const time = async (script: string): Promise<number> => {
    const begin = performance.now();
    const { exit, stderr } = await runContainer({ args: ['sh', '-c', script] });
    if (!('code' in exit) || exit.code !== 0) throw new Error(`${script}: ${JSON.stringify(exit)} ${stderr}`);
    return performance.now() - begin;
  };
  const forks = quick ? 100 : 500;
  const megabytes = quick ? 256 : 2048;
  const fork = await time(`i=0; while [ $i -lt ${forks} ]; do /bin/true; i=$((i+1)); done`);
  const subshell = await time(`i=0; while [ $i -lt ${forks} ]; do (:); i=$((i+1)); done`);
  const pipe = await time(`dd if=/dev/zero bs=65536 count=${megabytes * 16} 2>/dev/null | cat > /dev/null`);
  return [
    { what: 'a command from the shell (spawn, exec, wait)', value: fork / forks, unit: 'ms' },
    { what: 'a subshell (fork, exit, wait)', value: subshell / forks, unit: 'ms' },
    { what: 'pipe between two programs', value: (megabytes * 1.048576) / pipe, unit: 'GB/s', target: { limit: 1, good: 'above' } },
  ];
}

async function smallWriteFigure({ runContainer, openBundle }: typeof Library, rounds: number): Promise<Figure> {
  const bytes = smallWrites();
  const bundle = await openBundle({ args: ['/bench'], files: { '/bench': bytes, '/tmp': { directory: true } } });
  const empty = await openBundle({ args: ['true'] });
  const [ours, theirs]: [number[], number[]] = [[], []];
  const once = async (which: typeof bundle): Promise<number> => {
    const begin = performance.now();
    const { exit } = await runContainer(which);
    if (!('code' in exit) || exit.code !== 0) throw new Error(`the small writes failed: ${JSON.stringify(exit)}`);
    return performance.now() - begin;
  };
  await once(bundle);
  // oxlint-disable no-await-in-loop -- alternating
  for (let round = 0; round < rounds; round += 1) {
    ours.push((await once(bundle)) - (await once(empty)));
    theirs.push(await underNodeWasi(bytes));
  }
  // oxlint-enable no-await-in-loop
  const what = `10⁶ small writes, ratio to node:wasi (${median(ours).toFixed(0)} ms to ${median(theirs).toFixed(0)})`;
  return { what, value: pairwiseRatio(ours, theirs), unit: '', target: { limit: 0.25, good: 'below' } };
}

async function commandFigures(rounds: number): Promise<readonly Figure[]> {
  const { temporaryBundle } = await built<typeof Testing>('testing.js');
  using bundle = temporaryBundle({ args: ['true'] });
  const shapes: readonly (readonly [string, readonly string[]])[] = [
    ['node dist/cli.js', [process.execPath, join(repository, 'dist/cli.js')]],
    ['dist/bin/tsrun', [join(repository, 'dist/bin/tsrun')]],
  ];
  return shapes
    .filter(([, command]) => command.every((path) => existsSync(path)))
    .map(([name, [program = '', ...args]]) => {
      const times = Array.from({ length: rounds }, (_, round) => {
        const command = [...args, '--root', `${bundle.path}/state`, '--backend', 'emulation', 'run', '--bundle', bundle.path, `b${round}`];
        const begin = performance.now();
        const { status, stderr } = spawnSync(program, command, { encoding: 'utf8' });
        if (status !== 0) throw new Error(`${name} run: ${status} ${stderr}`);
        return performance.now() - begin;
      });
      return { what: `run from the command line, cold: ${name}`, value: median(times), unit: 'ms' };
    });
}

export function emulationText(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ what }) => what.length));
  const line = ({ what, value, unit, target }: Figure): string => {
    const number = `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`.padEnd(16);
    return `${what.padEnd(width)}  ${number}${target === undefined ? '' : `${verdict(value, target)}, ${target.good} ${target.limit}`}`.trimEnd();
  };
  return `${figures.map(line).join('\n')}\n`;
}

/** A value that could not be measured misses its target. */
function verdict(value: number, { limit, good }: NonNullable<Figure['target']>): string {
  return (good === 'above' ? value >= limit : value <= limit) ? 'met' : 'MISSED';
}
