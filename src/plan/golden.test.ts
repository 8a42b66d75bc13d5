/**
 * fixtures/plans/<case>/{config.json,facts.json,options.json?,plan.txt}: what the planner makes of a config.
 * `UPDATE_PLANS=1 npx vitest run src/plan/golden` writes the plan files anew; then read the difference.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe as suite, expect, it } from 'vitest';
import type { Process, Spec } from '../oci/spec.ts';
import { disassemble } from './disassemble.ts';
import type { HostFacts } from './facts.ts';
import type { CreateOptions, ExecOptions } from './options.ts';
import { planCreate, planExec } from './plan.ts';

const root = join(import.meta.dirname, '../../fixtures/plans');
const cases = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());

suite('golden plans', () => {
  it('are there', () => expect(cases.length).toBeGreaterThan(8));
  for (const { name } of cases) {
    it(`${name}: the plan is the one on record`, () => {
      const text = planText(name);
      const file = join(root, name, 'plan.txt');
      if (process.env['UPDATE_PLANS']) writeFileSync(file, text);
      expect(text).toBe(readFileSync(file, 'utf8'));
    });
  }
});

function planText(name: string): string {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(root, name, file), 'utf8'));
  const has = (file: string): boolean => existsSync(join(root, name, file));
  const warnings: string[] = [];
  const warn = (message: string, pointer = ''): void => void warnings.push(`warning: ${message} # ${pointer}\n`);
  const spec = read('config.json') as Spec;
  const facts = factsOf(read('facts.json') as FactsFile);
  const extra = (has('options.json') ? read('options.json') : {}) as object;
  const ops = has('process.json')
    ? planExec(read('process.json') as Process, spec, facts, { ...EXEC, warn, ...extra })
    : planCreate(spec, facts, { ...CREATE, warn, ...extra });
  return disassemble(ops) + warnings.join('');
}

/** JSON has no bigint: capabilities are hex text. */
type FactsFile = Omit<HostFacts, 'capabilities'> & { readonly capabilities: string };

function factsOf({ capabilities, ...rest }: FactsFile): HostFacts {
  return { ...rest, capabilities: BigInt(capabilities) };
}

const CREATE: CreateOptions = {
  id: 'box',
  bundle: '/bundle',
  stateDir: '/run/tsrun/box',
  cgroup: { manager: 'cgroupfs', mode: 'v2', path: '/tsrun/box', dirs: { '': '/sys/fs/cgroup/tsrun/box' } },
  stdio: 'inherit',
  preserveFds: 0,
  noPivot: false,
  noNewKeyring: false,
  attached: false,
  subreaper: false,
  startNow: false,
  hookState: (status) => [`{"id":"box","status":"${status}","pid":`, '}'],
};

const EXEC: ExecOptions = {
  id: 'box',
  state: '{"id":"box","status":"running","pid":4321}',
  target: { pid: 4321 },
  cgroupDirs: ['/sys/fs/cgroup/tsrun/box'],
  stdio: 'inherit',
  preserveFds: 0,
  attached: false,
  subreaper: false,
};
