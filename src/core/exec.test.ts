import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RuntimeContext } from './context.ts';
import { TsrunError } from './errors.ts';
import { type ContainerEvent, events, stats } from './events.ts';
import { exec, type ExecOptions } from './exec.ts';
import { execProcess } from './exec-process.ts';
import { create, kill, pause, remove, start } from './runtime.ts';
import { type TestBackend, testBackend } from './test-backend.ts';

let dir: string;
let backend: TestBackend;
let context: RuntimeContext;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'tsrun-exec-'));
  mkdirSync(join(dir, 'rootfs'));
  writeConfig('own');
  backend = testBackend();
  context = {
    store: { root: join(dir, 'state') },
    options: { cgroupManager: 'cgroupfs', rootless: 'auto', strict: false, debug: false },
    backends: { choose: async () => backend, named: async () => backend },
    log: { debug: () => undefined, warn: () => undefined },
  };
  await create(context, { id: 'c', bundle: dir, preserveFds: 0, noPivot: false, noNewKeyring: false });
  await start(context, 'c');
});
afterEach(async () => {
  await remove(context, 'c', true);
  rmSync(dir, { recursive: true, force: true });
});

function writeConfig(mark: string): void {
  const process = { cwd: '/', args: ['sleep', '60'], env: [`MARK=${mark}`], user: { uid: 0, gid: 0 } };
  const linux = { namespaces: [{ type: 'mount' }, { type: 'pid' }] };
  writeFileSync(join(dir, 'config.json'), JSON.stringify({ ociVersion: '1.0.2', root: { path: 'rootfs' }, process, linux }));
}
function options(script: string, more: Partial<ExecOptions> = {}): ExecOptions {
  const process: ExecOptions['process'] = async (own) =>
    execProcess(own, { args: ['sh', '-c', script], env: [], terminal: false, additionalGids: [], capabilities: [] });
  return { id: 'c', process, detach: false, preserveFds: 0, cgroups: [], ignorePaused: false, subreaper: true, ...more };
}

describe('exec', () => {
  it('gives the exit code of the process, 128+n after a signal', async () => {
    expect(await exec(context, options('exit 5'))).toBe(5);
    expect(await exec(context, options('kill -KILL $$'))).toBe(137);
  });

  it('a program that cannot be executed is no fault of config.json', async () => {
    const cause = new TsrunError('EXEC_FAILED', 'exec: "nope"', { pointer: '/process/args', hint: 'look' });
    vi.spyOn(backend.exec!, 'run').mockRejectedValueOnce(cause);
    await expect(exec(context, options('true'))).rejects.toMatchObject({ code: 'EXEC_FAILED', pointer: undefined, hint: 'look' });
  });

  it('detached gives 0 at once and leaves the pid in the pid file', async () => {
    expect(await exec(context, options('sleep 0.2; exit 5', { detach: true, pidFile: join(dir, 'pid') }))).toBe(0);
    expect(Number(readFileSync(join(dir, 'pid'), 'utf8'))).toBeGreaterThan(1);
  });

  it('starts from the process of the config as it was at create', async () => {
    writeConfig('edited');
    let seen: readonly string[] | undefined;
    await exec(context, options('true', { process: async (own) => ((seen = own?.env), { cwd: '/', args: ['true'] }) }));
    expect(seen).toEqual(['MARK=own']);
  });

  it('is refused in a paused container unless asked for, and in a stopped one', async () => {
    await pause(context, 'c');
    await expect(exec(context, options('true'))).rejects.toThrow('cannot exec in a paused container (use --ignore-paused to override)');
    expect(await exec(context, options('true', { ignorePaused: true }))).toBe(0);
    backend.paused = false;
    await kill(context, 'c', 9);
    await expect
      .poll(() => exec(context, options('true')).catch((error: Error) => error.message))
      .toBe('cannot exec in a stopped container');
  });

  it('with a console socket but no terminal is refused in runc’s words', async () => {
    await expect(exec(context, options('true', { consoleSocket: '/s' }))).rejects.toThrow(
      'cannot use console socket if tsrun will not detach or allocate tty',
    );
  });
});

describe('execProcess', () => {
  const none = { args: ['x'], env: [], terminal: false, additionalGids: [], capabilities: [] };

  it('needs arguments', () => {
    expect(() => execProcess({ cwd: '/' }, { ...none, args: [] })).toThrow('exec args cannot be empty');
  });

  it('keeps what is not changed, but not the other process’s console size', () => {
    const own = {
      cwd: '/w',
      env: ['A=1'],
      oomScoreAdj: 5,
      user: { uid: 1, gid: 2, umask: 7 },
      consoleSize: { height: 1, width: 1 },
      terminal: true,
    };
    expect(execProcess(own, { ...none, env: ['B=2'], uid: 9, additionalGids: [3] })).toEqual({
      cwd: '/w',
      env: ['A=1', 'B=2'],
      oomScoreAdj: 5,
      user: { uid: 9, gid: 2, umask: 7, additionalGids: [3] },
      terminal: false,
      args: ['x'],
    });
  });

  it('adds capabilities to bounding, effective and permitted, to ambient only with inheritable ones (CVE-2022-29162)', () => {
    const plain = execProcess({ cwd: '/', capabilities: { bounding: ['CAP_A'] } }, { ...none, capabilities: ['CAP_X'] });
    expect(plain.capabilities).toEqual({ bounding: ['CAP_A', 'CAP_X'], effective: ['CAP_X'], permitted: ['CAP_X'] });
    const inheriting = execProcess({ cwd: '/', capabilities: { inheritable: ['CAP_A'] } }, { ...none, capabilities: ['CAP_X'] });
    expect(inheriting.capabilities).toMatchObject({ inheritable: ['CAP_A'], ambient: ['CAP_X'] });
  });
});

describe('events', () => {
  it('come in runc’s envelope: statistics and out-of-memory kills, until the container has stopped', async () => {
    const seen: ContainerEvent[] = [];
    const watching = events(context, 'c', 30, (event) => seen.push(event));
    await expect.poll(() => seen.filter(({ type }) => type === 'stats').length).toBeGreaterThan(1);
    await kill(context, 'c', 9);
    await watching;
    expect(seen[0]).toEqual({ type: 'oom', id: 'c' });
    expect(seen[1]).toMatchObject({ type: 'stats', id: 'c', data: { pids: {} } });
    await expect(stats(context, 'c')).rejects.toThrow('container with id c is not running');
  });
});
