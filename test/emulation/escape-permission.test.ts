/**
 * Under Node's permission model, with no file write, no child process, no worker and no addon allowed, a container still runs in
 * the library: what it writes is in memory.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repository } from '../helpers/host.ts';
import { run, type Result } from '../helpers/process.ts';
import { snapshot } from './escape-attempts.ts';

const [major = 0] = process.versions.node.split('.').map(Number);
const permission = major >= 23 ? '--permission' : '--experimental-permission';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tsrun-permission-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs statements after `import * as tsrun`; `out(value)` prints JSON. HOME and TMPDIR are watched. */
async function restricted(code: string, read = '*'): Promise<Result> {
  const script = `import * as tsrun from ${JSON.stringify(pathToFileURL(join(repository, 'dist/index.js')).href)};
    import { guestTools } from ${JSON.stringify(pathToFileURL(join(repository, 'dist/testing.js')).href)};
    const out = (value) => console.log(JSON.stringify(value));
    ${code}`;
  const file = join(directory, 'script.mjs');
  writeFileSync(file, script);
  const env = { PATH: process.env['PATH'], HOME: directory, TMPDIR: directory };
  const before = snapshot(directory);
  const result = await run(
    [process.execPath, permission, ...read.split(' ').map((path) => `--allow-fs-read=${path}`), '--no-warnings', file],
    { env },
  );
  expect(snapshot(directory)).toEqual(before);
  return result;
}

describe('with every write of the host forbidden', () => {
  test('control: the process itself may neither write, nor start a program, nor make a thread', async () => {
    const { stdout } = await restricted(`
      const tried = [];
      const attempt = (work) => { try { work(); tried.push('allowed'); } catch (error) { tried.push(error.code); } };
      const fs = await import('node:fs'); const child = await import('node:child_process'); const { Worker } = await import('node:worker_threads');
      attempt(() => fs.writeFileSync(${JSON.stringify(join(tmpdir(), 'tsrun-should-not-be'))}, ''));
      attempt(() => child.spawnSync('true'));
      attempt(() => new Worker('1', { eval: true }));
      out(tried);`);
    expect(JSON.parse(stdout)).toEqual(['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED']);
  });

  test('a container with files in memory writes, renames, removes and reads them', async () => {
    const { stdout, stderr } = await restricted(`
      const script = 'cd /data; cat in > out; mkdir d; mv out d/moved; ln -s d/moved link; rm in; cat link; ls; echo x > /etc/new; (echo pipe | cat); exit 4';
      out(await tsrun.runContainer({ args: ['sh', '-c', script], files: { '/data/in': 'in memory\\n' } }));`);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ exit: { code: 4 }, stdout: 'in memory\nd\nlink\npipe\n', stderr: '' });
  });

  test('a host directory as a layer is read, and what is written to it stays in memory', async () => {
    mkdirSync(join(directory, 'layer/data'), { recursive: true });
    writeFileSync(join(directory, 'layer/data/file'), 'of the host\n');
    const { stdout, stderr } = await restricted(`
      const layer = ${JSON.stringify(join(directory, 'layer'))};
      const container = await tsrun.Container.create({
        args: ['sh', '-c', 'cat /data/file; echo changed > /data/file; mv /data/file /data/moved; chmod 600 /data/moved; cat /data/moved; sleep 100'],
        rootfs: [guestTools(), layer],
      });
      await container.start();
      while (!container.fs.exists('/data/moved')) await new Promise((resolve) => setTimeout(resolve, 5));
      out(await container.output(['ls', '/data']));
      out(container.fs.readText('/data/moved'));
      container.kill('KILL');
      out(await container.wait());
      await container.delete();`);
    expect(stderr).toBe('');
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([{ exit: { code: 0 }, stdout: 'moved\n', stderr: '' }, 'changed\n', { signal: 9 }]);
  });

  test('a bind mount of the host is read; a write to it is refused by Node and EACCES in the container', async () => {
    mkdirSync(join(directory, 'shared'), { recursive: true });
    writeFileSync(join(directory, 'shared/file'), 'of the host\n');
    const { stdout, stderr } = await restricted(`
      const mounts = [{ destination: '/shared', type: 'bind', source: ${JSON.stringify(join(directory, 'shared'))}, options: ['bind'] }];
      const script = 'cat /shared/file; echo x > /shared/file; echo x > /shared/new; mkdir /shared/dir; mv /shared/file /shared/moved; rm /shared/file; ln -s x /shared/link; echo x > /own; cat /own';
      const result = await tsrun.runContainer({ args: ['sh', '-c', script], config: { mounts } });
      out({ ...result, stderr: result.stderr.match(/Permission denied/gi)?.length });`);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ exit: { code: 0 }, stdout: 'of the host\nx\n', stderr: 6 });
  });

  test('a module that was not built for tsrun runs, although it cannot be instrumented or cached', async () => {
    const { stdout, stderr } = await restricted(`
      import { readFileSync } from 'node:fs';
      const module = readFileSync(${JSON.stringify(join(repository, 'src/backends/emulation/wasi/testing/programs/hello.wasm'))});
      out(await tsrun.runContainer({ args: ['/hello', 'fail'], files: { '/hello': module } }, { stdin: 'line\\n' }));`);
    expect(stderr).toBe('');
    const result = JSON.parse(stdout) as { exit: unknown; stdout: string };
    expect(result.exit).toEqual({ code: 7 });
    expect(result.stdout).toContain('stdin: line\n');
  });

  test('reading the host may be forbidden as well, but for the program itself', async () => {
    const { stdout, stderr } = await restricted(
      `const fs = await import('node:fs');
      let code; try { fs.readFileSync('/etc/passwd') } catch (error) { code = error.code }
      out([code, await tsrun.runContainer({ args: ['sh', '-c', 'echo here; cat /proc/self/comm; ls /proc/self/ns | wc -l'] })]);`,
      `${repository}/* ${directory}/script.mjs`,
    );
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([
      'ERR_ACCESS_DENIED',
      { exit: { code: 0 }, stdout: expect.stringMatching(/^here\ncat\n\d+\n$/) as string, stderr: '' },
    ]);
  });
});
