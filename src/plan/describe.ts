/** Instructions in words: for error messages, and as the listing of `tsrun plan` and the golden files. */
import { NAMESPACES } from '../oci/namespaces.ts';
import type { Op } from './ops.ts';

/** What the instruction does, as an error message has it: `mounting proc on /proc`. */
export function describe(op: Op): string {
  switch (op.op) {
    case 'startSocket':
      return `listening on ${op.dir}/start.sock`;
    case 'consoleSocket':
      return `connecting to the console socket ${op.path}`;
    case 'pidfdSocket':
      return `connecting to the pidfd socket ${op.path}`;
    case 'deviceFilter':
      return `attaching the device filter to ${op.path}`;
    case 'openTree':
      return `opening ${op.source}${op.uidMap === '' ? '' : ' as an idmapped mount'}`;
    case 'monitor':
      return 'staying as the parent of the container';
    case 'notifySocket':
      return `listening on ${op.dir}/notify.sock`;
    case 'serviceManager':
      return `connecting to the service manager's socket ${op.path}`;
    case 'awaitReady':
      return 'handing READY=1 on to the service manager';
    case 'joinCgroup':
      return `joining the cgroup ${op.path}`;
    case 'joinNamespace':
      return `joining the ${namespaceNames(op.flags ?? 0)} namespace ${op.path}`;
    case 'unshare':
      return `creating new namespaces (${namespaceNames(op.flags ?? 0)})`;
    case 'idMap':
      return 'writing the id mappings of the user namespace';
    case 'becomeRoot':
      return 'becoming root of the user namespace';
    case 'timeOffsets':
      return 'setting the offsets of the time namespace';
    case 'barrier':
      return `waiting for ${op.name}`;
    case 'netDevice':
      return `moving network device ${op.name}${op.newName === op.name ? '' : ` as ${op.newName}`}`;
    case 'loopbackUp':
      return 'bringing the loopback interface up';
    case 'rootfs':
      return `preparing rootfs ${op.path}`;
    case 'mount':
      return `mounting ${op.source === op.fstype || op.source === '' ? op.fstype : `${op.fstype} ${op.source}`} on ${op.target}`;
    case 'bind':
      return `mounting ${op.source} on ${op.target}`;
    case 'attachTree':
      return `attaching the opened mount on ${op.target}`;
    case 'mountAttr':
      return `changing the mount attributes of ${op.target}`;
    case 'propagation':
      return `setting the propagation of ${op.target}`;
    case 'remount':
      return `remounting ${op.target}`;
    case 'mkdir':
      return `making directory ${op.path}`;
    case 'mknod':
      return `creating device node ${op.path}`;
    case 'symlink':
      return `creating symlink ${op.path} -> ${op.target}`;
    case 'maskPath':
      return `masking ${op.path}`;
    case 'readonlyPath':
      return `making ${op.path} read-only`;
    case 'pivotRoot':
      return 'changing the root directory';
    case 'rootPropagation':
      return 'setting the propagation of /';
    case 'console':
      return 'setting up the console';
    case 'sethostname':
      return `setting hostname ${op.name}`;
    case 'setdomainname':
      return `setting domainname ${op.name}`;
    case 'sysctl':
      return `writing ${op.value} to sysctl ${op.path}`;
    case 'hook':
      return `running ${hookName(op.origin)}: ${op.path}`;
    case 'session':
      return 'creating a session';
    case 'keyring':
      return `joining session keyring ${op.name}`;
    case 'rlimit':
      return `setting rlimit ${op.resource}`;
    case 'oomScoreAdj':
      return `setting oom_score_adj ${op.value}`;
    case 'scheduler':
      return 'setting the scheduler';
    case 'ioPriority':
      return 'setting the I/O priority';
    case 'cpuAffinity':
      return 'setting the CPU affinity';
    case 'memoryPolicy':
      return 'setting the memory policy';
    case 'personality':
      return 'setting the personality';
    case 'label':
      return `setting the security label ${op.label}`;
    case 'chdir':
      return `chdir to cwd ("${op.path}") set in config.json failed`;
    case 'umask':
      return 'setting the umask';
    case 'ids':
      return `becoming user ${op.uid}:${op.gid}`;
    case 'capabilities':
      return 'setting the capabilities';
    case 'noNewPrivileges':
      return 'setting no_new_privs';
    case 'seccomp':
      return op.listener === '' ? 'installing the seccomp filter' : `installing the seccomp filter with listener ${op.listener}`;
    case 'awaitStart':
      return `finding ${op.argv[0] ?? 'no program'}`;
    case 'exec':
      return `executing ${op.argv[0] ?? 'no program'}`;
    default:
      return unknown(op);
  }
}

function unknown(op: never): never {
  throw new Error(`no words for ${JSON.stringify(op)}`);
}

/** `/hooks/createContainer/1` → `createContainer #1` */
function hookName(origin: string): string {
  const [kind = '', index = ''] = origin.split('/').slice(2);
  return `${kind} hook #${index}`;
}

function namespaceNames(flags: number): string {
  return Object.entries(NAMESPACES)
    .filter(([, { flag }]) => (flags & flag) !== 0)
    .map(([type]) => type)
    .join(', ');
}
