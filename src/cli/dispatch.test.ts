import { mkdtempSync, readFileSync, rmSync, existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dispatch } from './dispatch.ts';

const written: [number, string][] = [];
vi.mock('./output.ts', () => ({
  print: (text: string) => written.push([1, text]),
  writeAll: (fd: number, text: string) => written.push([fd, text]),
}));
const on = (fd: number): string =>
  written
    .filter((entry) => entry[0] === fd)
    .map(([, text]) => text)
    .join('');

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tsrun-cli-'));
  written.length = 0;
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
const tsrun = (...argv: string[]): Promise<number> => dispatch(['--root', join(dir, 'root'), ...argv]);

describe('exit codes and words (clients match on them)', () => {
  it.each([
    [['nosuch'], 3, "No help topic for 'nosuch'"],
    [['state'], 1, 'tsrun: \\"state\\" requires a minimum of 1 argument'],
    [['state', 'a', 'b'], 1, 'tsrun: \\"state\\" requires exactly 1 argument'],
    [['state', 'c'], 1, 'container does not exist'],
    [['start', 'c'], 1, 'container does not exist'],
    [['kill', 'c', 'TERM'], 1, 'container does not exist'],
    [['kill', 'c', 'NOPE'], 1, 'unknown signal \\"NOPE\\"'],
    [['delete', 'c'], 1, 'container does not exist'],
    [['pause', 'c'], 1, 'container does not exist'],
    [['resume', 'c'], 1, 'container does not exist'],
    [['ps', 'c'], 1, 'container does not exist'],
    [['events', '--stats', 'c'], 1, 'container does not exist'],
    [['update', '--memory', '1M', 'c'], 1, 'container does not exist'],
    [['exec', 'c', 'ls'], 255, 'exec failed: container does not exist'],
    [['exec', '--nosuch', 'c'], 255, 'flag provided but not defined: --nosuch'],
    [['create', '--bundle', '/nonexistent', 'c'], 1, 'tsrun create failed: JSON specification file config.json not found'],
    [['run', '--bundle', '/nonexistent', 'c'], 1, 'tsrun run failed: '],
    [['create', '--preserve-fds', '9999', 'c'], 1, 'is not open'],
    [['checkpoint', '--help'], 1, 'checkpoint is not supported'],
    [['restore', '--image-path', 'x', 'c'], 1, 'restore is not supported'],
    [['--backend', 'emulation', 'create', '--rootfs-writes', 'x', 'c'], 1, 'for --rootfs-writes'],
    [['--backend', 'linux', 'create', '--rootfs-writes', 'through', 'c'], 1, 'the linux backend has no --rootfs-writes'],
    [['--backend', 'x', 'features'], 1, 'unknown backend'],
    [['--log-format', 'xml', 'list'], 1, 'invalid log-format: xml'],
    [['--root', '/', 'list'], 1, 'Option --root argument should not be set to /'],
  ])('%j', async (argv, code, words) => {
    expect(await tsrun(...argv)).toBe(code);
    expect(on(2)).toContain(words);
    expect(on(2).trimEnd().split('\n')).toHaveLength(1);
    expect(on(1)).toBe('');
    expect(existsSync(join(dir, 'root', 'c'))).toBe(false);
  });

  it.each([
    [['nosuch'], 'there is no such command: `tsrun help` lists them'],
    [['strat'], 'did you mean start?'],
    [['kill'], 'usage: tsrun kill [options] <container-id> [signal]'],
    [['state', 'c'], 'root/c; --root names another place'],
    [['run', '--bundle', '/nonexistent', 'c'], 'there is no /nonexistent/config.json: `tsrun spec` writes one'],
  ])('%j: the hint is what to do about it', async (argv, hint) => {
    expect(await tsrun(...argv)).not.toBe(0);
    expect(on(2)).toContain(hint);
  });

  it('help of a command is what its --help says', async () => {
    expect(await tsrun('help', 'kill')).toBe(0);
    const text = on(1);
    written.length = 0;
    await tsrun('kill', '--help');
    expect(text).toBe(on(1));
    expect(await tsrun('help', 'nosuch')).toBe(3);
  });

  it('delete --force of an unknown id is 0 and silent', async () => {
    expect(await tsrun('delete', '--force', 'c')).toBe(0);
    expect(written).toEqual([]);
  });

  it('--version is in the form that dockerd reads', async () => {
    expect(await tsrun('--version')).toBe(0);
    expect(on(1)).toMatch(/^tsrun version \S+\ncommit: \S+\nspec: 1\.3\.0\n$/);
  });

  it.each([[['--help']], [['kill', '--help']], [['kill', '-h']], [[]]])('help of %j goes to stdout, 0', async (argv) => {
    expect(await tsrun(...argv)).toBe(0);
    expect(on(1)).toContain('Usage: tsrun');
  });
});

describe('list', () => {
  it('of a root that was given and is absent is an error', async () => {
    expect(await tsrun('list')).toBe(1);
    expect(on(2)).toContain('no such file or directory');
  });
});

describe('spec', () => {
  it('writes a tab-indented config.json, and never over one', async () => {
    expect(await tsrun('spec', '--bundle', dir)).toBe(0);
    const text = readFileSync(join(dir, 'config.json'), 'utf8');
    expect(text.startsWith('{\n\t"ociVersion"')).toBe(true);
    expect(await tsrun('spec', '-b', dir, '--rootless')).toBe(1);
    expect(on(2)).toContain('File config.json exists. Remove it first');
    expect(readFileSync(join(dir, 'config.json'), 'utf8')).toBe(text);
    expect(statSync(join(dir, 'config.json')).mode & 0o111).toBe(0);
  });
});
