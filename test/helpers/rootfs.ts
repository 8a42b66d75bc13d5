/** A root file system made of one static busybox: built once per run, hard-linked into each bundle. */
import { copyFileSync, chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { busybox } from './host.ts';

const applets =
  'sh ash cat ls id echo printf env sleep true false test stat mount umount mknod mkdir rmdir rm ln touch chmod chown cp mv kill ps ' +
  'hostname uname grep sed awk head tail tr cut sort wc readlink realpath find xargs tty stty ip ifconfig sysctl dd df du pwd nproc ' +
  'nice renice date sync mktemp basename dirname seq yes od hexdump cmp tee mountpoint ulimit setsid taskset ionice su nohup timeout expr';

/** Directories and a hard link to `template`/busybox (a copy where the file system or fs.protected_hardlinks refuses). */
export function makeRootfs(path: string, template: string): void {
  for (const dir of ['bin', 'dev', 'etc', 'home', 'proc', 'root', 'run', 'sys', 'tmp', 'var', 'mnt'])
    mkdirSync(join(path, dir), { recursive: true });
  chmodSync(join(path, 'tmp'), 0o1777);
  try {
    linkSync(join(template, 'busybox'), join(path, 'bin/busybox'));
  } catch {
    copyFileSync(join(template, 'busybox'), join(path, 'bin/busybox'));
  }
  for (const applet of applets.split(' ')) symlinkSync('busybox', join(path, 'bin', applet));
  writeFileSync(join(path, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000::/home:/bin/sh\n');
  writeFileSync(join(path, 'etc/group'), 'root:x:0:\nuser:x:1000:\n');
  writeFileSync(join(path, 'etc/marker'), 'container\n');
}

/** The template directory: busybox copied once, so that no bundle is ever linked to the host's own file. */
export function makeTemplate(path: string): void {
  if (busybox === undefined) throw new Error('no static busybox on this machine: node scripts/setup.mjs installs busybox-static');
  mkdirSync(path, { recursive: true });
  copyFileSync(busybox, join(path, 'busybox'));
  chmodSync(join(path, 'busybox'), 0o755);
}
