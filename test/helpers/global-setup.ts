/** Once per vitest run: the template of all root file systems. */
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { makeTemplate } from './rootfs.ts';

export function setup(project: TestProject): () => void {
  const template = mkdtempSync(join(tmpdir(), 'tsrun-template-'));
  chmodSync(template, 0o755);
  makeTemplate(template);
  project.provide('template', template);
  return () => rmSync(template, { recursive: true, force: true });
}

declare module 'vitest' {
  export interface ProvidedContext {
    template: string;
  }
}
