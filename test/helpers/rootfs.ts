/**
 * Root file systems for tests, built once per run and hard-linked into each bundle: of one static busybox, or of our own
 * guest programs where the emulation backend is under test.
 */
import { copyFileSync, chmodSync, linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { copyGuests, fillEtc, fillGuestBin } from './guest-rootfs.ts';
import { busybox } from './host.ts';

const applets =
  'sh ash cat ls id echo printf env sleep true false test stat mount umount mknod mkdir rmdir rm ln touch chmod chown cp mv kill ps ' +
  'hostname uname grep sed awk head tail tr cut sort uniq wc readlink realpath find xargs tty stty ip ifconfig sysctl dd df du pwd nproc ' +
  'nice renice date sync mktemp basename dirname seq yes od hexdump cmp tee mountpoint ulimit setsid taskset ionice su nohup timeout expr';

/** As subject.ts chooses; global-setup.ts, which comes before there is one, must not ask it. */
const emulated = (): boolean => process.env['TSRUN_BACKEND'] === 'emulation';

/** Directories and a hard link to `template`/busybox (a copy where the file system or fs.protected_hardlinks refuses). */
export function makeRootfs(path: string, template: string): void {
  for (const dir of ['bin', 'dev', 'etc', 'home', 'proc', 'root', 'run', 'sys', 'tmp', 'var', 'mnt'])
    mkdirSync(join(path, dir), { recursive: true });
  chmodSync(join(path, 'tmp'), 0o1777);
  fillEtc(path);
  if (emulated()) return fillGuestBin(join(path, 'bin'), template);
  if (busybox === undefined) throw new Error('no static busybox on this machine: node scripts/setup.mjs installs busybox-static');
  try {
    linkSync(join(template, 'busybox'), join(path, 'bin/busybox'));
  } catch {
    copyFileSync(join(template, 'busybox'), join(path, 'bin/busybox'));
  }
  for (const applet of applets.split(' ')) symlinkSync('busybox', join(path, 'bin', applet));
}

/** The template directory: copies of what this machine has, so that no bundle is ever linked to a file of the host or of the repository. */
export function makeTemplate(path: string): void {
  mkdirSync(path, { recursive: true });
  copyGuests(path);
  if (busybox === undefined) return;
  copyFileSync(busybox, join(path, 'busybox'));
  chmodSync(join(path, 'busybox'), 0o755);
}
