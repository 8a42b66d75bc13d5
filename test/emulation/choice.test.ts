/** Which backend is chosen, and containers of both in one root. */
import { spawnSync } from 'node:child_process';
import { writeFileSync, readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { Box } from '../helpers/box.ts';
import { isRoot } from '../helpers/host.ts';
import { subject } from '../helpers/subject.ts';
import { test } from '../helpers/test.ts';

/** The same program without --backend. */
const chooser = { ...subject, command: subject.command.filter((word) => word !== '--backend' && word !== 'emulation') };

describe('without a flag', () => {
  test('a WASI entrypoint is run by the emulation, and no later command needs a flag', async ({ box }) => {
    const bundle = box.bundle('exit 5');
    const free = new Box({ template: box.dir, subject: chooser });
    try {
      const id = free.newId();
      await free.ok(['create', '--bundle', bundle.path, id]);
      expect(await free.state(id)).toMatchObject({ backend: 'emulation', status: 'created' });
      await free.ok(['start', id]);
      await free.until(id, 'stopped');
      await free.ok(['delete', id]);
    } finally {
      await free.close();
    }
  });

  test.skipIf(!isRoot)('the annotation decides against it', async ({ box }) => {
    const bundle = box.bundle('true', { '/annotations': { 'org.tsrun.backend': 'linux' } });
    const free = new Box({ template: box.dir, subject: chooser });
    try {
      const id = free.newId();
      await free.ok(['create', '--bundle', bundle.path, id]);
      expect(await free.state(id)).toMatchObject({ backend: 'linux', status: 'created' });
      const { msg } = await free.fails(['start', id]);
      expect(msg).toContain('WebAssembly module; run it with --backend emulation');
      const both = JSON.parse((await free.ok(['list', '--format', 'json'])).stdout) as readonly { backend: string }[];
      expect(both.map(({ backend }) => backend)).toEqual(['linux']);
    } finally {
      await free.close();
    }
  });
});

test('a config that is a fifo or a device is refused at once, though it is looked at before it is loaded', async ({ box }) => {
  const fifo = box.path('fifo');
  spawnSync('mkfifo', [fifo]);
  const free = new Box({ template: box.dir, subject: chooser });
  try {
    for (const config of [fifo, '/dev/zero']) {
      // oxlint-disable-next-line no-await-in-loop
      const { msg } = await free.fails(['run', '--bundle', box.dir, '--config', config, free.newId()]);
      expect(msg).toContain(`${config} is not a regular file`);
    }
  } finally {
    await free.close();
  }
});

describe('settings', () => {
  test('--rootfs-writes through: what is written lands in the bundle', async ({ box }) => {
    const bundle = box.bundle('echo here > /written; mkdir /dir; rm /etc/marker');
    const result = await box.tsrun(['run', '--rootfs-writes', 'through', '--bundle', bundle.path, bundle.id]);
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(`${bundle.rootfs}/written`, 'utf8')).toBe('here\n');
    expect(() => readFileSync(`${bundle.rootfs}/etc/marker`)).toThrow('ENOENT');
  });

  test('a value that there is not, and a flag of another backend, are errors', async ({ box }) => {
    const bundle = box.bundle('true');
    expect(await box.fails(['run', '--rootfs-writes', 'x', '--bundle', bundle.path, bundle.id])).toMatchObject({ errorCode: 'USAGE' });
    const linux = new Box({ template: box.dir, subject: { ...chooser, command: [...chooser.command, '--backend', 'linux'] } });
    try {
      const failure = await linux.fails(['run', '--rootfs-writes', 'through', '--bundle', bundle.path, linux.newId()]);
      expect(failure).toMatchObject({ errorCode: 'USAGE', msg: 'tsrun run failed: the linux backend has no --rootfs-writes' });
    } finally {
      await linux.close();
    }
  });

  test('a root file system in a tar archive needs no unpacking', async ({ box }) => {
    const bundle = box.bundle('cat /etc/marker; echo x > /etc/marker; cat /etc/marker');
    spawnSync('tar', ['-czf', `${bundle.path}/root.tar.gz`, '-C', bundle.rootfs, '.']);
    const file = `${bundle.path}/config.json`;
    writeFileSync(file, readFileSync(file, 'utf8').replace('"path": "rootfs"', '"path": "root.tar.gz"'));
    expect(await box.tsrun(['run', '--rootfs-writes', 'discard', '--bundle', bundle.path, bundle.id])).toMatchObject({
      code: 0,
      stdout: 'container\nx\n',
    });
  });
});
