/** From measurements to numbers with their targets, and to text. */
import { benches, type Bench, type Measured } from './data.ts';
import { median, pairwiseRatio } from './statistics.ts';

export interface Target {
  readonly what: string;
  readonly limit: number;
  readonly value: number;
  readonly met: boolean;
}

export interface Row {
  readonly bench: Bench | 'peak memory of run' | 'processes beside a detached container';
  readonly unit: string;
  /** By contender. */
  readonly values: Readonly<Record<string, number>>;
  /** Of our standalone shape to the other, median of the rounds' ratios. */
  readonly ratios: Readonly<Record<string, number>>;
}

const ours = 'tsrun';

export function rows(measured: readonly Measured[]): readonly Row[] {
  const by = (value: (one: Measured) => number): Record<string, number> =>
    Object.fromEntries(measured.map((one) => [one.name, value(one)]));
  const self = measured.find(({ name }) => name === ours);
  return [
    ...benches.map((bench): Row => {
      const others = measured.filter(({ name }) => name !== ours);
      const ratios = others.map(({ name, times }) => [name, pairwiseRatio(self?.times[bench] ?? [], times[bench])] as const);
      return { bench, unit: 'ms', values: by(({ times }) => median(times[bench])), ratios: Object.fromEntries(ratios) };
    }),
    { bench: 'peak memory of run', unit: 'MB', values: by(({ peakMemory }) => (median(peakMemory) * 1024) / 1e6), ratios: {} },
    { bench: 'processes beside a detached container', unit: '', values: by(({ processesBeside }) => processesBeside), ratios: {} },
  ];
}

/** The targets of the standalone shape. A value that could not be measured misses its target. */
export function targets(table: readonly Row[]): readonly Target[] {
  const row = (bench: Row['bench']): Row | undefined => table.find((one) => one.bench === bench);
  const target = (what: string, limit: number, value = Number.NaN): Target => ({ what, limit, value, met: value <= limit });
  return [
    target('run: tsrun/runc', 0.6, row('run')?.ratios['runc']),
    target('run: tsrun/crun', 1.5, row('run')?.ratios['crun']),
    target('state: tsrun/crun', 2, row('state')?.ratios['crun']),
    target('peak memory of run, MB', 60, row('peak memory of run')?.values[ours]),
    target('processes beside a detached container', 0, row('processes beside a detached container')?.values[ours]),
  ];
}

export function text(table: readonly Row[], goals: readonly Target[]): string {
  const names = Object.keys(table[0]?.values ?? {});
  const others = names.filter((name) => name !== ours);
  const head = ['', ...names, ...others.map((name) => `${ours}/${name}`)];
  const lines = table.map(({ bench, unit, values, ratios }) => [
    unit === '' ? bench : `${bench} (${unit})`,
    ...names.map((name) => number(values[name], unit === '' ? 0 : 1)),
    ...others.map((name) => number(ratios[name], 2)),
  ]);
  const results = goals.map(({ what, limit, value, met }) => [met ? 'met' : 'MISSED', `${what} <= ${limit}`, number(value, 2)]);
  return `${columns([head, ...lines])}\n\n${columns(results)}\n`;
}

const number = (value: number | undefined, digits: number): string =>
  value === undefined || Number.isNaN(value) ? '-' : value.toFixed(digits);

function columns(cells: readonly (readonly string[])[]): string {
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '))
    .join('\n');
}
