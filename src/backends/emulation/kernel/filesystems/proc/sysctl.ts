import { errno } from '../../../errno.ts';
import type { PseudoDirectoryEntry, PseudoEntry } from '../../../vfs/pseudo.ts';
import { CAP_LAST } from '../../capabilities.ts';
import { type KernelState, PID_MAX } from '../../state.ts';
import { OS_RELEASE, OS_TYPE, OS_VERSION } from '../../uname.ts';
import { callerOf, demandAdmin, written } from '../caller.ts';

type Value = string | ((kernel: KernelState) => string);

const VALUES: Readonly<Record<string, Value>> = {
  'fs/file-max': '9223372036854775807',
  'fs/file-nr': '0\t0\t9223372036854775807',
  'fs/nr_open': '1048576',
  'fs/pipe-max-size': '65536',
  'kernel/cap_last_cap': String(CAP_LAST),
  'kernel/domainname': ({ domainname }) => domainname,
  'kernel/hostname': ({ hostname }) => hostname,
  'kernel/ngroups_max': '65536',
  'kernel/osrelease': OS_RELEASE,
  'kernel/ostype': OS_TYPE,
  'kernel/pid_max': String(PID_MAX),
  'kernel/pty/max': '4096',
  'kernel/pty/nr': ({ terminals }) => String(terminals?.size ?? 0),
  'kernel/random/boot_id': ({ bootId }) => bootId,
  'kernel/random/entropy_avail': '256',
  'kernel/random/poolsize': '256',
  'kernel/random/uuid': () => crypto.randomUUID(),
  'kernel/threads-max': ({ limits }) => String(limits.pids ?? PID_MAX),
  'kernel/version': OS_VERSION,
  'vm/overcommit_memory': '0',
  'vm/swappiness': '0',
};
const WRITABLE: Readonly<Record<string, 'hostname' | 'domainname'>> = { 'kernel/hostname': 'hostname', 'kernel/domainname': 'domainname' };
const HOST_NAME_MAX = 64;

/** /proc/sys: what this kernel knows, and the config's sysctl values over it. */
export function sysctlTree(kernel: KernelState): PseudoDirectoryEntry {
  return directory(kernel, '');
}

/** prefix: '' or with a slash at its end. */
function directory(kernel: KernelState, prefix: string): PseudoDirectoryEntry {
  return {
    kind: 'directory',
    lookup: (name) => entryAt(kernel, prefix + name),
    *list() {
      const seen = new Set<string>(prefix === '' ? ['fs', 'kernel', 'net', 'vm'] : []);
      for (const path of allPaths(kernel)) if (path.startsWith(prefix)) seen.add(path.slice(prefix.length).split('/', 1)[0] ?? '');
      yield* seen;
    },
  };
}

function* allPaths(kernel: KernelState): Generator<string> {
  yield* Object.keys(VALUES);
  yield* kernel.options.sysctl?.keys() ?? [];
}

function entryAt(kernel: KernelState, path: string): PseudoEntry | undefined {
  const configured = kernel.options.sysctl?.get(path);
  const field = Object.hasOwn(WRITABLE, path) ? WRITABLE[path] : undefined;
  if (field !== undefined) {
    return { kind: 'file', mode: 0o644, read: () => `${kernel[field]}\n`, write: (bytes) => rename(kernel, field, written(bytes)) };
  }
  const value = configured ?? (Object.hasOwn(VALUES, path) ? VALUES[path] : undefined);
  if (value !== undefined) return { kind: 'file', read: () => `${typeof value === 'string' ? value : value(kernel)}\n` };
  const prefix = `${path}/`;
  if (path === 'net') return directory(kernel, prefix);
  for (const known of allPaths(kernel)) if (known.startsWith(prefix)) return directory(kernel, prefix);
  return undefined;
}

function rename(kernel: KernelState, field: 'hostname' | 'domainname', name: string): void {
  if (callerOf(kernel) !== undefined) demandAdmin(kernel);
  if (name.length > HOST_NAME_MAX) throw errno('EINVAL');
  kernel[field] = name;
}
