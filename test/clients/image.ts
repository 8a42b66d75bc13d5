/** A root file system and image archives of it, made here: no registry is asked. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeRootfs, makeTemplate } from '../helpers/rootfs.ts';

export const path = '/usr/bin:/bin';
const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

export interface Image {
  readonly rootfs: string;
  /** A plain tar of the rootfs, for `import`. */
  readonly layer: string;
  /** What `docker save` would write, tagged `localhost/busy:latest`, for `ctr image import`. */
  readonly archive: string;
}

/** Makes all three under `dir`, which is on a file system of the test's own. */
export function makeImage(dir: string): Image {
  const template = join(dir, 'template');
  const rootfs = join(dir, 'rootfs');
  makeTemplate(template);
  makeRootfs(rootfs, template);
  writeFileSync(join(rootfs, 'etc/not-executable'), 'text\n', { mode: 0o644 });
  const layer = join(dir, 'layer.tar');
  tar(layer, rootfs, ['.']);
  return { rootfs, layer, archive: dockerArchive(dir, layer) };
}

function dockerArchive(dir: string, layer: string): string {
  const work = join(dir, 'archive');
  mkdirSync(work);
  const data = readFileSync(layer);
  const config = Buffer.from(
    JSON.stringify({
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      config: { Env: [`PATH=${path}`], Cmd: ['/bin/sh'] },
      rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(data)}`] },
      history: [{ created: '2020-01-01T00:00:00Z' }],
    }),
  );
  const configName = `${sha256(config)}.json`;
  writeFileSync(join(work, 'layer.tar'), data);
  writeFileSync(join(work, configName), config);
  writeFileSync(
    join(work, 'manifest.json'),
    JSON.stringify([{ Config: configName, RepoTags: ['localhost/busy:latest'], Layers: ['layer.tar'] }]),
  );
  const archive = join(dir, 'image.tar');
  tar(archive, work, ['manifest.json', configName, 'layer.tar']);
  return archive;
}

function tar(file: string, dir: string, names: readonly string[]): void {
  const result = spawnSync('tar', ['--numeric-owner', '--owner=0', '--group=0', '-C', dir, '-cf', file, ...names], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`tar: ${result.stderr}`);
}
