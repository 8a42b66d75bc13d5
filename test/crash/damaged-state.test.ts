/** State on disk that tsrun did not write, or that a crash of the machine has torn. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { missing } from '../clients/runtime.ts';
import { subject } from '../helpers/subject.ts';
import { Ground } from './ground.ts';

const reason = missing() ?? (subject.ours ? undefined : 'the layout of the state directory is that of tsrun');

/** What happens to `file`, the container's state.json. `other` is that of another container. */
const damages: readonly (readonly [string, (file: string, other: string) => void])[] = [
  ['empty', (file) => writeFileSync(file, '')],
  ['cut in the middle', (file) => writeFileSync(file, readFileSync(file).subarray(0, 40))],
  ['no JSON', (file) => writeFileSync(file, Buffer.from([0, 255, 7, 123]))],
  ['JSON of something else', (file) => writeFileSync(file, '{"tsrun":1,"id":7}')],
  ['missing', (file) => rmSync(file)],
  ['that of another container', (file, other) => cpSync(other, file)],
  [
    'a directory',
    (file) => {
      rmSync(file);
      mkdirSync(file);
    },
  ],
];

describe('damaged state', () => {
  let ground: Ground;

  beforeEach(({ skip }) => {
    if (reason !== undefined) skip(reason);
  });
  beforeAll(async () => {
    if (reason !== undefined) return;
    ground = await Ground.make('damage');
    ground.bundle('sound', 'exec sleep 100');
    ground.bundle('torn', 'exec sleep 100');
    await ok('run', '--detach', '--bundle', `${ground.bundles}/sound`, 'sound');
  }, 30_000);
  afterAll(async () => {
    if (reason === undefined) await ground.sandbox.stop();
  }, 30_000);

  async function ok(...args: string[]): Promise<string> {
    const result = await ground.tsrun(args);
    if (result.code !== 0) throw new Error(`${args.join(' ')}: ${result.code} ${result.stderr}`);
    return result.stdout;
  }
  const stateFile = (id: string): string => ground.sandbox.outside(`${ground.root}/${id}/state.json`);

  async function untilNothingChanged(before: readonly string[]): Promise<void> {
    await expect.poll(() => ground.changes(before), { timeout: 4000 }).toEqual([]);
  }

  test.for(damages)('state.json %s: commands say so in one line, list goes on, delete --force removes all of it', async ([, damage]) => {
    const before = ground.snapshot();
    await ok('run', '--detach', '--bundle', `${ground.bundles}/torn`, 'torn');
    damage(stateFile('torn'), stateFile('sound'));
    for (const args of [
      ['state', 'torn'],
      ['kill', 'torn', 'KILL'],
      ['exec', 'torn', 'true'],
      ['delete', 'torn'],
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- one at a time
      const result = await ground.tsrun(args);
      expect(result.code, args[0]).toBe(args[0] === 'exec' ? 255 : 1);
      expect(result.stderr.trim().split('\n'), args[0]).toHaveLength(1);
      expect(result.stderr, args[0]).toMatch(/torn.*state\.json|state\.json.*torn/);
    }
    expect((await ground.tsrun(['list', '-q'])).stdout).toContain('sound');
    await ok('delete', '--force', 'torn');
    await untilNothingChanged(before);
  });

  test('both state.json and intent.json unreadable: delete --force frees the id of a dead container', async () => {
    const before = ground.snapshot();
    await ok('run', '--detach', '--bundle', `${ground.bundles}/torn`, 'torn');
    await ok('kill', 'torn', 'KILL');
    const file = stateFile('torn');
    for (const path of [file, file.replace('state.json', 'intent.json')]) if (existsSync(path)) writeFileSync(path, '{');
    await ground.tsrun(['delete', '--force', 'torn']);
    expect(existsSync(stateFile('torn'))).toBe(false);
    // The record of its cgroup is gone, so the empty cgroup may stay: nothing else may.
    await expect.poll(() => ground.changes(before).filter((line) => !line.startsWith('left: cgroup'))).toEqual([]);
    await ground.sandbox.sh('rmdir /sys/fs/cgroup/*/crash/torn 2>/dev/null || true');
  });

  test('a pid that now belongs to somebody else is not killed', async () => {
    const before = ground.snapshot();
    await ok('run', '--detach', '--bundle', `${ground.bundles}/torn`, 'torn');
    const { pid } = JSON.parse(await ok('state', 'torn')) as { pid: number };
    const stranger = Number(await ground.sandbox.sh('sleep 333 >/dev/null 2>&1 & echo $!'));
    await ok('kill', 'torn', 'KILL');
    await expect.poll(async () => (JSON.parse(await ok('state', 'torn')) as { status: string }).status).toBe('stopped');
    const file = stateFile('torn');
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(new RegExp(`\\b${pid}\\b`));
    writeFileSync(file, text.replaceAll(new RegExp(`\\b${pid}\\b`, 'g'), `${stranger}`));

    expect((JSON.parse(await ok('state', 'torn')) as { status: string }).status).toBe('stopped');
    expect((await ground.tsrun(['kill', 'torn', 'KILL'])).code).toBe(1);
    await ok('delete', '--force', 'torn');
    expect(await ground.sandbox.sh(`tr '\\0' ' ' < /proc/${stranger}/cmdline`)).toBe('sleep 333');
    await ground.sandbox.sh(`kill -9 ${stranger}`);
    await untilNothingChanged(before);
  });
});
