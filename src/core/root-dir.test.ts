import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it, vi } from 'vitest';
import { absolute, chooseRoot, defaultRoot, type RootFacts } from './root-dir.ts';

const facts = (changes: Partial<RootFacts>): RootFacts => ({
  platform: 'linux',
  euid: 0,
  xdgRuntimeDir: undefined,
  user: undefined,
  inUserNamespace: () => false,
  ...changes,
});

describe('defaultRoot', () => {
  it.each<[Partial<RootFacts>, string]>([
    [{}, '/run/tsrun'],
    [{ xdgRuntimeDir: '/run/user/0' }, '/run/tsrun'],
    [{ xdgRuntimeDir: '/run/user/1000', inUserNamespace: () => true }, '/run/user/1000/tsrun'],
    [{ xdgRuntimeDir: '/run/user/1000', inUserNamespace: () => true, user: 'root' }, '/run/tsrun'],
    [{ euid: 1000, xdgRuntimeDir: '/run/user/1000' }, '/run/user/1000/tsrun'],
    [{ euid: 1000 }, '/tmp/tsrun-1000'],
    [{ euid: 1000, xdgRuntimeDir: '' }, '/tmp/tsrun-1000'],
    [{ platform: 'darwin' }, '/var/run/tsrun'],
    [{ platform: 'darwin', euid: 501 }, '/tmp/tsrun-501'],
    [{ platform: 'darwin', euid: 501, xdgRuntimeDir: '/Users/me/run' }, '/Users/me/run/tsrun'],
  ])('case %#: %j is %s', (changes, root) => {
    expect(defaultRoot(facts(changes))).toBe(root);
  });
});

describe('chooseRoot', () => {
  it.each(['/', '//', '/x/..'])('refuses %s', (root) => {
    expect(() => chooseRoot(root)).toThrow('Option --root argument should not be set to /');
  });
});

describe('absolute', () => {
  it('needs no working directory for an absolute path, and says what is wrong for a relative one', () => {
    const gone = mkdtempSync(`${tmpdir()}/tsrun-cwd-`);
    rmSync(gone, { recursive: true });
    const cwd = vi.spyOn(process, 'cwd').mockImplementation(() => {
      throw Object.assign(new Error('uv_cwd'), { code: 'ENOENT' });
    });
    expect(absolute('/a/../b', '--bundle')).toBe('/b');
    expect(() => absolute('b', '--bundle')).toThrow('--bundle: cannot resolve "b", the working directory was deleted');
    cwd.mockRestore();
    expect(absolute('b', '--bundle')).toBe(`${process.cwd()}/b`);
  });
});
