import { type PseudoDirectoryEntry, type PseudoEntry, pseudoFileSystem } from '../../vfs/pseudo.ts';
import type { FileSystem } from '../../vfs/types.ts';

const SYSFS_MAGIC = 0x62656572;

const file = (content: string): PseudoEntry => ({ kind: 'file', read: () => content, size: 4096 });
const directory = (entries: Readonly<Record<string, PseudoEntry>> = {}): PseudoDirectoryEntry => ({
  kind: 'directory',
  mode: 0o755,
  entries,
});

/** What the C library and runtimes look for: the processors, and the places where other file systems are mounted. */
const ROOT = directory({
  block: directory(),
  bus: directory(),
  class: directory({ net: directory(), tty: directory() }),
  dev: directory({ block: directory(), char: directory() }),
  devices: directory({
    system: directory({
      cpu: directory({ cpu0: directory(), online: file('0\n'), possible: file('0\n'), present: file('0\n') }),
      node: directory({ online: file('0\n') }),
    }),
    virtual: directory(),
  }),
  firmware: directory(),
  fs: directory({ cgroup: directory() }),
  kernel: directory({ mm: directory({ transparent_hugepage: directory({ enabled: file('always madvise [never]\n') }) }) }),
  module: directory(),
  power: directory(),
});

/** sysfs(5), read-only. */
export function sysFileSystem(superOptions: string): FileSystem {
  return pseudoFileSystem({ type: 'sysfs', magic: SYSFS_MAGIC, superOptions, root: ROOT });
}
