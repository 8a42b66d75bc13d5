import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultRootlessSpec, defaultSpec } from './defaults.ts';
import type { Spec } from './spec.ts';
import { validateConfig } from './validate.ts';

const hasRunc = spawnSync('runc', ['--version']).status === 0;
if (!hasRunc) console.warn('skipped: no runc to compare `spec` with');

/** `runc spec` here. The two entries that are ours by intent are taken from ours. runc 1.1 has ambient capabilities still, without effect. */
function runcSpec(ours: Spec, ...args: string[]): unknown {
  const dir = mkdtempSync(join(tmpdir(), 'tsrun-spec-'));
  try {
    execFileSync('runc', ['spec', ...args], { cwd: dir });
    const theirs: Spec = JSON.parse(readFileSync(join(dir, 'config.json'), 'utf8'));
    const { ambient: _, ...capabilities } = theirs.process?.capabilities ?? {};
    return { ...theirs, process: { ...theirs.process, capabilities }, ociVersion: ours.ociVersion, hostname: ours.hostname };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

describe.skipIf(!hasRunc)('the default config', () => {
  test('equals runc’s in all but version and hostname', () => {
    const theirs = runcSpec(defaultSpec(false));
    const unified = JSON.stringify(theirs).includes('{"type":"cgroup"}');
    expect(defaultSpec(unified)).toEqual(theirs);
  });
  test('equals runc’s --rootless', () => {
    const theirs = runcSpec(defaultSpec(false), '--rootless');
    const unified = JSON.stringify(theirs).includes('{"type":"cgroup"}');
    expect(defaultRootlessSpec(process.geteuid?.() ?? 0, process.getegid?.() ?? 0, unified)).toEqual(theirs);
  });
});

test.each([defaultSpec(true), defaultSpec(false), defaultRootlessSpec(1000, 1000, true)])(
  'the default config is valid without a warning',
  (spec) => {
    expect(validateConfig(JSON.parse(JSON.stringify(spec)))).toEqual({ value: spec, errors: [], warnings: [] });
  },
);
