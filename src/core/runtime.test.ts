import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hook, Spec } from '../oci/spec.ts';
import type { RuntimeContext } from './context.ts';
import { TsrunError } from './errors.ts';
import { create, kill, list, pause, processes, remove, resume, run, type RunOptions, start, state, stop, update } from './runtime.ts';
import { readRecord, writeRecord } from './store.ts';
import { isRunning, type TestBackend, testBackend } from './test-backend.ts';

let dir: string;
let backend: TestBackend;
let context: RuntimeContext;
let warnings: string[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tsrun-runtime-'));
  mkdirSync(join(dir, 'rootfs'));
  backend = testBackend();
  warnings = [];
  context = {
    store: { root: join(dir, 'state') },
    options: { cgroupManager: 'cgroupfs', rootless: 'auto', strict: false, debug: false },
    backends: { choose: async () => backend, named: async () => backend },
    log: { debug: () => undefined, warn: (message) => warnings.push(message) },
  };
});
afterEach(async () => {
  for (const id of ['c', 'd']) await remove(context, id, true);
  rmSync(dir, { recursive: true, force: true });
});

function bundle(changes: Partial<Spec> = {}, args: readonly string[] = ['sleep', '60']): void {
  const config: Spec = {
    ociVersion: '1.0.2',
    root: { path: 'rootfs' },
    process: { cwd: '/', args, user: { uid: 0, gid: 0 } },
    linux: { namespaces: [{ type: 'mount' }, { type: 'pid' }] },
    ...changes,
  };
  writeFileSync(join(dir, 'config.json'), JSON.stringify(config));
}
function hook(name: string, status = 0): Hook {
  return { path: '/bin/sh', args: ['sh', '-c', `cat >${dir}/${name}; echo ${name} >>${dir}/order; exit ${status}`] };
}
const options = (id = 'c'): RunOptions => ({
  id,
  bundle: dir,
  preserveFds: 0,
  noPivot: false,
  noNewKeyring: false,
  detach: false,
  keep: false,
  subreaper: true,
});
const containers = (): string[] => readdirSync(context.store.root).toSorted();
const order = (): string[] => readFileSync(join(dir, 'order'), 'utf8').trim().split('\n');
const read = (name: string): unknown => JSON.parse(readFileSync(join(dir, name), 'utf8'));
const conflict = (message: string): object => expect.objectContaining({ code: 'STATE_CONFLICT', message }) as object;

describe('the lifecycle (runtime.md#Lifecycle)', () => {
  it('goes from created over running to stopped, and delete leaves nothing', async () => {
    bundle();
    await create(context, { ...options(), pidFile: join(dir, 'pid') });
    const created = await state(context, 'c');
    expect(created).toMatchObject({ id: 'c', status: 'created', bundle: dir, rootfs: join(dir, 'rootfs'), ociVersion: '1.0.2', owner: '' });
    expect(readFileSync(join(dir, 'pid'), 'utf8')).toBe(String(created.pid));
    await start(context, 'c');
    expect((await state(context, 'c')).status).toBe('running');
    expect(await processes(context, 'c')).toEqual([created.pid]);
    await kill(context, 'c', 15);
    await expect.poll(async () => (await state(context, 'c')).status).toBe('stopped');
    expect((await state(context, 'c')).pid).toBe(0);
    await remove(context, 'c', false);
    await expect(state(context, 'c')).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'container does not exist' });
    expect(containers()).toEqual([]);
  });

  it('runs the hooks in order, each with the state of its moment on stdin', async () => {
    bundle(
      {
        hooks: {
          prestart: [hook('prestart')],
          createRuntime: [hook('createRuntime')],
          poststart: [hook('poststart')],
          poststop: [hook('poststop')],
        },
      },
      ['true'],
    );
    expect(await run(context, options())).toBe(0);
    expect(order()).toEqual(['prestart', 'createRuntime', 'poststart', 'poststop']);
    expect(read('prestart')).toMatchObject({ status: 'creating', id: 'c', bundle: dir });
    expect(read('createRuntime')).toMatchObject({ pid: expect.any(Number) as number });
    expect(read('poststart')).toMatchObject({ status: 'running' });
    expect(read('poststop')).toMatchObject({ status: 'stopped' });
    expect(read('poststop')).not.toHaveProperty('pid');
    expect(containers()).toEqual([]);
  });

  it('a failing createRuntime hook fails create, undoes everything and runs poststop', async () => {
    bundle({ hooks: { createRuntime: [hook('createRuntime', 1)], poststop: [hook('poststop')] } });
    await expect(create(context, options())).rejects.toMatchObject({ code: 'HOOK_FAILED', pointer: '/hooks/createRuntime/0' });
    expect(order()).toEqual(['createRuntime', 'poststop']);
    expect(backend.log.at(-1)).toBe('remove');
    expect(containers()).toEqual([]);
  });

  it('a failing poststart hook stops the container, destroys it and runs poststop', async () => {
    bundle({ hooks: { poststart: [hook('poststart', 1)], poststop: [hook('poststop')] } });
    await create(context, options());
    const { pid } = await state(context, 'c');
    await expect(start(context, 'c')).rejects.toMatchObject({ code: 'HOOK_FAILED' });
    expect(order()).toEqual(['poststart', 'poststop']);
    await expect.poll(() => isRunning(pid)).toBe(false);
    expect(containers()).toEqual([]);
  });

  it('a failing poststop hook is a warning, and the others still run', async () => {
    bundle({ hooks: { poststop: [hook('one', 1), hook('two')] } });
    await create(context, options());
    await remove(context, 'c', true);
    expect(order()).toEqual(['one', 'two']);
    expect(warnings).toEqual([expect.stringContaining('poststop hook #0')]);
  });

  it('config.json edited after create has no effect', async () => {
    bundle({ hooks: { poststop: [hook('old')] } });
    await create(context, options());
    bundle({ hooks: { poststop: [hook('new')] } });
    await remove(context, 'c', true);
    expect(order()).toEqual(['old']);
  });
});

describe('create', () => {
  it('with an id in use fails and leaves that container alone', async () => {
    bundle();
    await create(context, options());
    const before = await state(context, 'c');
    await expect(create(context, options())).rejects.toMatchObject({
      code: 'ID_IN_USE',
      message: 'container with given ID already exists',
    });
    expect(await state(context, 'c')).toEqual(before);
  });

  it.each([
    ['', 'container id cannot be empty'],
    ['a/b', 'invalid container ID format'],
    ['..', 'invalid container ID format'],
  ])('refuses the id %j and makes nothing', async (id, message) => {
    bundle();
    await expect(create(context, options(id))).rejects.toMatchObject({ code: 'ID_INVALID', message });
    expect(backend.log).toEqual([]);
  });

  it.each([
    ['a config that is missing', () => undefined, 'CONFIG_INVALID'],
    ['a config that breaks the specification', () => bundle({ ociVersion: 'invalid' }), 'CONFIG_INVALID'],
    ['a backend that fails after the hooks', () => (bundle(), (backend.createFailure = new TsrunError('STEP_FAILED', 'x'))), 'STEP_FAILED'],
    [
      'a finding that is refused',
      () => (bundle(), (backend.findings = [{ level: 'refused', pointer: '/x', message: 'no x' }])),
      'CONFIG_UNSUPPORTED',
    ],
    ['a terminal without console socket', () => bundle({ process: { cwd: '/', args: ['x'], terminal: true } }), 'USAGE'],
  ])('leaves nothing after %s', async (_name, prepare, code) => {
    prepare();
    await expect(create(context, options())).rejects.toMatchObject({ code });
    expect(containers()).toEqual([]);
  });

  it('that cannot write its pid file leaves nothing', async () => {
    bundle();
    await expect(create(context, { ...options(), pidFile: join(dir, 'none', 'pid') })).rejects.toMatchObject({ code: 'SYSTEM' });
    expect(containers()).toEqual([]);
  });

  it('lets exactly one of many have the id', async () => {
    bundle();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => create(context, options())));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await state(context, 'c')).status).toBe('created');
  });

  it('logs a finding that has no real effect, and refuses it under strict', async () => {
    bundle();
    backend.findings = [{ level: 'recorded', pointer: '/linux/seccomp', message: 'seccomp is recorded only' }];
    await create(context, options());
    expect(warnings).toEqual(['seccomp is recorded only']);
    const strict = { ...context, options: { ...context.options, strict: true } };
    await expect(create(strict, options('d'))).rejects.toMatchObject({ code: 'CONFIG_UNSUPPORTED', pointer: '/linux/seccomp' });
  });
});

describe('a command that is not legal now fails in runc’s words and has no effect', () => {
  it('start of a running, a paused and a stopped container', async () => {
    bundle();
    await create(context, options());
    await start(context, 'c');
    await expect(start(context, 'c')).rejects.toEqual(conflict('cannot start an already running container'));
    await pause(context, 'c');
    await expect(start(context, 'c')).rejects.toEqual(conflict('cannot start a container in the paused state'));
    await resume(context, 'c');
    await stop(context, 'c', 5000);
    await expect(start(context, 'c')).rejects.toEqual(conflict('cannot start a container that has stopped'));
    expect(backend.log.filter((entry) => entry === 'start')).toHaveLength(1);
  });

  it('start of a container without a process', async () => {
    bundle({ process: undefined } as unknown as Partial<Spec>);
    await create(context, options());
    await expect(start(context, 'c')).rejects.toMatchObject({ code: 'CONFIG_INVALID', pointer: '/process' });
    expect(backend.log).not.toContain('start');
  });

  it('kill, resume and update of a stopped container; kill --all of one is fine', async () => {
    bundle({}, ['true']);
    await run(context, { ...options(), keep: true });
    await expect(kill(context, 'c', 9)).rejects.toEqual(conflict('container not running'));
    await expect(resume(context, 'c')).rejects.toEqual(conflict('container not paused'));
    await expect(update(context, 'c', {})).rejects.toEqual(conflict('container not running'));
    await kill(context, 'c', 9, true);
  });

  it('delete of a running container, and of a created one under strict', async () => {
    bundle();
    await create(context, options());
    const strict = { ...context, options: { ...context.options, strict: true } };
    await expect(remove(strict, 'c', false)).rejects.toEqual(conflict('cannot delete container c that is not stopped: created'));
    await start(context, 'c');
    await expect(remove(context, 'c', false)).rejects.toEqual(conflict('cannot delete container c that is not stopped: running'));
    expect((await state(context, 'c')).status).toBe('running');
  });
});

describe('create', () => {
  it('lets go of the process only when the record says where it is', async () => {
    bundle();
    await create(context, options());
    expect(backend.log).toEqual(['create', 'commit of created with its pid']);
  });
});

describe('delete', () => {
  it('of a created container works, as containerd relies on', async () => {
    bundle();
    await create(context, options());
    await remove(context, 'c', false);
    expect(containers()).toEqual([]);
  });

  it('of an unknown id fails, with force it is silent', async () => {
    await expect(remove(context, 'c', false)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await remove(context, 'c', true);
    expect(warnings).toEqual([]);
  });

  it.each(['', '{"tsrun":1', '{"tsrun":1,"id":"c"}', '{"id":"c"}', 'null', undefined])(
    'with force ends the processes of a container whose state.json is %j',
    async (damage) => {
      bundle();
      await create(context, options());
      const { pid } = await state(context, 'c');
      if (damage === undefined) rmSync(join(context.store.root, 'c', 'state.json'));
      else writeFileSync(join(context.store.root, 'c', 'state.json'), damage);
      await expect(state(context, 'c')).rejects.toMatchObject({ code: 'STATE_CORRUPT' });
      expect(await list(context, String)).toEqual([]);
      expect(warnings).toHaveLength(1);
      await remove(context, 'c', true);
      await expect.poll(() => isRunning(pid)).toBe(false);
      expect(containers()).toEqual([]);
    },
  );

  it('removes what a create left that was killed', async () => {
    bundle();
    await create(context, options());
    const record = readRecord(context.store, 'c');
    writeRecord(join(context.store.root, 'c'), { ...record, phase: 'creating', creator: { pid: record.creator.pid, startTime: '1' } });
    expect((await state(context, 'c')).status).toBe('stopped');
    await remove(context, 'c', false);
    expect(containers()).toEqual([]);
  });
});

describe('run', () => {
  it('gives the exit code of the program, 128+n after a signal', async () => {
    bundle({}, ['sh', '-c', 'exit 7']);
    expect(await run(context, options())).toBe(7);
    bundle({}, ['sh', '-c', 'kill -TERM $$']);
    expect(await run(context, options())).toBe(143);
  });

  it('relays signals to the program', async () => {
    bundle({}, ['sh', '-c', `trap "exit 9" USR1; touch ${dir}/ready; while :; do sleep 0.02; done`]);
    const running = run(context, options());
    await expect.poll(() => readdirSync(dir)).toContain('ready');
    process.emit('SIGUSR1', 'SIGUSR1');
    expect(await running).toBe(9);
  });

  it('with keep leaves the stopped container and its exit code', async () => {
    bundle({}, ['sh', '-c', 'exit 7']);
    await run(context, { ...options(), keep: true });
    expect(await state(context, 'c')).toMatchObject({ status: 'stopped', exitCode: 7 });
  });
});

describe('NOTIFY_SOCKET', () => {
  const notified = (): RunOptions => ({ ...options(), notifySocket: '/s' });

  it('start listens before the program runs, and ends with READY=1', async () => {
    bundle();
    await create(context, notified());
    let say: () => void = () => undefined;
    backend.ready = new Promise((resolve) => {
      say = resolve;
    });
    let ended = false;
    const starting = start(context, 'c', '/s').then(() => (ended = true));
    await expect.poll(async () => (await state(context, 'c')).status).toBe('running');
    expect(ended).toBe(false);
    await pause(context, 'c'); // nobody is locked out
    say();
    await starting;
    expect(backend.log).toEqual(['create with a notify socket', expect.stringContaining('commit'), 'listen for /s', 'start']);
  });

  it('run in the foreground is the main process itself and listens until it ends', async () => {
    bundle({}, ['true']);
    await run(context, notified());
    expect(backend.log).toContain('listen for /s as main process');
    expect(backend.log).toContain('listen no more');
  });

  it('a listener that fails is a warning', async () => {
    bundle();
    backend.notifyFailure = new Error('no such socket');
    await run(context, { ...notified(), detach: true });
    expect(warnings).toEqual([expect.stringContaining('no such socket')]);
    expect((await state(context, 'c')).status).toBe('running');
  });

  it('a backend without the facet says so, and the container is as always', async () => {
    bundle();
    const { notify: _, ...without } = backend;
    context = { ...context, backends: { choose: async () => without, named: async () => without } };
    await run(context, { ...notified(), detach: true });
    expect(warnings).toEqual([expect.stringContaining('test backend hands no READY=1 on')]);
    expect(backend.log[0]).toBe('create');
  });
});

describe('kill', () => {
  it('ends every process of a container without a pid namespace of its own', async () => {
    bundle({ linux: { namespaces: [{ type: 'mount' }] } });
    await create(context, options());
    await kill(context, 'c', 15);
    await create(context, options('d'));
    await kill(context, 'd', 9);
    expect(backend.log.filter((entry) => entry.startsWith('kill'))).toEqual(['kill 15', 'killAll 9']);
  });
});

describe('facets', () => {
  it('a command that the backend lacks is NOT_SUPPORTED', async () => {
    bundle();
    await create(context, options());
    await expect(update(context, 'c', {})).rejects.toMatchObject({
      code: 'NOT_SUPPORTED',
      message: 'update: the test backend does not support it',
    });
  });
});

describe('a signal during create', () => {
  it('cancels it, and nothing is left', async () => {
    bundle({ hooks: { createRuntime: [{ path: '/bin/sleep', args: ['sleep', '30'], timeout: 2 }] } });
    const creating = create(context, options());
    await expect.poll(() => backend.log).toContain('create');
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.emit('SIGTERM', 'SIGTERM');
    await expect(creating).rejects.toMatchObject({ code: 'CANCELLED', message: 'cancelled by SIGTERM' });
    expect(containers()).toEqual([]);
  });
});
