/** Root file systems in place of the images that the suites would download. */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, install } from './source.ts';

const FILES: Readonly<Record<string, string>> = {
  'etc/passwd':
    'root:x:0:0:root:/root:/bin/sh\nbin:x:1:1:bin:/bin:/bin/false\ndaemon:x:2:2:daemon:/:/bin/false\nmail:x:8:12:mail:/:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n',
  'etc/group': 'root:x:0:\nbin:x:1:\ndaemon:x:2:\nmail:x:12:\nusers:x:100:\nnobody:x:65534:\n',
  'etc/os-release': 'NAME="Alpine Linux"\nID=alpine\n',
};

/** As the busybox image: without /proc and /sys, which the runtime has to make. Gives the path of a tar archive. */
export function busyboxImage(): string {
  const tar = join(cache, 'busybox.tar');
  if (!existsSync(tar)) archive(tar, (root) => makeBusybox(root));
  return tar;
}

/** As podman's own test image (test/system/build-testimage). */
export function podmanImage(tag: string): string {
  const tar = join(cache, `podman-${tag}.tar`);
  if (existsSync(tar)) return tar;
  archive(tar, (root) => {
    makeBusybox(root);
    for (const dir of ['proc', 'sys', 'run', 'srv', 'home/podman']) mkdirSync(join(root, dir), { recursive: true });
    writeFileSync(join(root, 'etc/mtab'), '');
    const id = join(root, 'home/podman/testimage-id');
    writeFileSync(id, `${tag}\n`);
    utimesSync(id, 1_600_000_000, 1_600_000_000);
    const pause = join(root, 'home/podman/pause');
    writeFileSync(pause, '#!/bin/sh\necho Confirmed: testimage pause invoked as $0\nwhile :; do\n    sleep 0.1\ndone\n');
    chmodSync(pause, 0o755);
    writeFileSync(join(root, 'bin/printenv'), '#!/bin/sh\n[ $# = 0 ] && exec env\neval "printf \'%s\\\\n\' \\"\\${$1?}\\""\n');
    chmodSync(join(root, 'bin/printenv'), 0o755);
  });
  return tar;
}

export function debianImage(): string {
  const tar = join(cache, 'debian.tar');
  if (existsSync(tar)) return tar;
  install('debootstrap');
  archive(tar, (root) => {
    execFileSync('debootstrap', ['--variant=minbase', 'bookworm', root], { stdio: ['ignore', 'ignore', 'inherit'] });
    for (const dir of ['usr/share/doc', 'usr/share/locale', 'usr/share/man', 'var/cache/apt', 'var/lib/apt/lists'])
      rmSync(join(root, dir), { recursive: true });
  });
  return tar;
}

function makeBusybox(root: string): void {
  install('busybox-static');
  for (const dir of ['bin', 'dev', 'etc', 'home', 'root', 'tmp', 'usr/bin', 'usr/sbin', 'var'])
    mkdirSync(join(root, dir), { recursive: true });
  chmodSync(join(root, 'tmp'), 0o1777);
  copyFileSync('/bin/busybox', join(root, 'bin/busybox'));
  const names = execFileSync('/bin/busybox', ['--list'], { encoding: 'utf8' }).trim().split('\n');
  for (const name of names) if (name !== 'busybox') symlinkSync('busybox', join(root, 'bin', name));
  for (const [path, text] of Object.entries(FILES)) writeFileSync(join(root, path), text);
}

function archive(tar: string, make: (root: string) => void): void {
  const root = `${tar}.tree`;
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  make(root);
  execFileSync('tar', ['-cf', tar, '-C', root, '.']);
  rmSync(root, { recursive: true });
}
