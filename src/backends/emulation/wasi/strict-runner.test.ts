import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStrict } from './strict-runner.ts';
import { programBytes } from './testing/run.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('strict runner', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'tsrun-strict-'));
    writeFileSync(join(directory, 'input.txt'), 'content of the host');
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('gives status, output and errors apart', async () => {
    const { status, stdout, stderr } = await runStrict({
      wasm: programBytes('hello'),
      args: ['fail'],
      env: ['NAME=x'],
      stdin: new TextEncoder().encode('in\n'),
    });
    expect(status).toBe(7);
    expect(text(stdout)).toContain('NAME=x\nstdin: in\n');
    expect(text(stderr)).toBe('to stderr\n');
  });

  it('shows a host directory under the name that was asked for and leaves it as it was', async () => {
    const { status, stdout } = await runStrict({ wasm: programBytes('files'), directory, name: '.' });
    expect(text(stdout)).toBe('content of the host\nwritten: 7\nabsolute: no\n');
    expect(status).toBe(0);
    expect(readdirSync(directory)).toEqual(['input.txt']);
  });

  it('works from the command line under Node and Bun', () => {
    const cli = fileURLToPath(new URL('strict-runner-cli.ts', import.meta.url));
    const hello = fileURLToPath(new URL('testing/programs/hello.wasm', import.meta.url));
    const args = ['--env', 'NAME=cli', '--dir', directory, hello, 'fail'];
    for (const [command, ...before] of [
      [process.execPath, '--import', 'tsx'],
      [fileURLToPath(new URL('../../../../node_modules/bun/bin/bun.exe', import.meta.url))],
    ] as [string, ...string[]][]) {
      const { status, stdout } = spawnSync(command, [...before, cli, ...args], { input: 'line\n', encoding: 'utf8' });
      expect(stdout).toContain('NAME=cli\nstdin: line\n');
      expect(status).toBe(7);
    }
  }, 60_000);
});
