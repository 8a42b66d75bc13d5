/** What the test machine offers, asked once per worker. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export const isRoot: boolean = process.geteuid?.() === 0;
export const repository: string = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');

/** Absolute path of a program in PATH or the sbin directories, undefined when there is none. */
export function which(program: string): string | undefined {
  const dirs = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin'];
  return dirs
    .filter((dir) => dir !== '')
    .map((dir) => join(dir, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** The statically linked busybox that every test root file system is made of. */
export const busybox: string | undefined = ['/bin/busybox', '/usr/bin/busybox', '/usr/bin/busybox-static'].find((path) => existsSync(path));

/** File systems the kernel has now. */
export const filesystems: readonly string[] = readFileSync('/proc/filesystems', 'utf8')
  .split('\n')
  .map((line) => line.split('\t').at(-1) ?? '')
  .filter((name) => name !== '');

/** Mount points of the cgroup v1 controllers ('memory' → '/sys/fs/cgroup/memory'), and of the v2 tree under ''. */
export const cgroupMounts: ReadonlyMap<string, string> = new Map(
  readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line): [string, string][] => {
      const [head = '', tail = ''] = line.split(' - ');
      const mountpoint = head.split(' ')[4] ?? '';
      const [type, , options = ''] = tail.split(' ');
      if (type === 'cgroup2') return [['', mountpoint]];
      if (type !== 'cgroup') return [];
      return options.split(',').map((controller): [string, string] => [controller, mountpoint]);
    }),
);

/** The effective capability bit set. */
export const capabilities: bigint = BigInt(`0x${/CapEff:\s*(\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'}`);
export const CAP_SYS_RESOURCE: bigint = 1n << 24n;

/** Can a user without privileges make user namespaces here? */
export function unprivilegedUserNamespaces(): boolean {
  const probe = isRoot
    ? spawnSync('setpriv', ['--reuid', '65534', '--regid', '65534', '--clear-groups', 'unshare', '-U', 'true'])
    : spawnSync('unshare', ['-U', 'true']);
  return probe.status === 0;
}

export const kernel: number = (() => {
  const [major = 0, minor = 0] = readFileSync('/proc/sys/kernel/osrelease', 'utf8').split('.').map(Number);
  return major * 1000 + minor;
})();
