/** linux.seccomp → one `seccomp` instruction. The compiler is in `seccomp/`. */
import { OCI_VERSION } from '../oci/defaults.ts';
import type { Seccomp, SeccompArch } from '../oci/spec.ts';
import type { HostFacts } from './facts.ts';
import type { Op } from './ops.ts';
import { PlanProblem } from './problem.ts';
import { nativeArch, syscallIndex } from './seccomp/arches.ts';
import { compileSeccomp } from './seccomp/compile.ts';
import { filterFlags } from './seccomp/profile.ts';

const POINTER = '/linux/seccomp';

/** `state`: the container's state document, or its parts around the pid of this process. */
export function planSeccomp(
  profile: Seccomp | undefined,
  facts: HostFacts,
  state: readonly string[],
  warn: ((message: string, pointer?: string) => void) | undefined,
): Op[] {
  if (!profile) return [];
  const native = nativeArch(facts.arch);
  if (!native) throw new PlanProblem(POINTER, `seccomp is not supported on ${facts.arch}`);
  const notifies = usesNotify(profile);
  if (warn) warnUnknownCalls(profile, warn);
  return [
    {
      op: 'seccomp',
      stage: 'init',
      origin: POINTER,
      filter: compile(profile, native),
      listener: notifies ? listenerPath(profile) : '',
      state: notifies ? processState(profile, state) : [],
      flags: filterFlags(profile.flags ?? [], notifies),
    },
  ];
}

function compile(profile: Seccomp, native: SeccompArch): Uint8Array {
  try {
    return compileSeccomp(profile, native);
  } catch (error) {
    if (error instanceof RangeError) throw new PlanProblem(POINTER, `seccomp: ${error.message}`);
    throw error;
  }
}

function usesNotify({ defaultAction, syscalls = [] }: Seccomp): boolean {
  // The process that installs the filter still has to send the listener's descriptor away.
  if (defaultAction === 'SCMP_ACT_NOTIFY')
    throw new PlanProblem(`${POINTER}/defaultAction`, 'SCMP_ACT_NOTIFY cannot be used as default action');
  const index = syscalls.findIndex(
    ({ action, names }) => action === 'SCMP_ACT_NOTIFY' && names.some((name) => name === 'write' || name === 'sendmsg'),
  );
  if (index >= 0) throw new PlanProblem(`${POINTER}/syscalls/${index}`, 'SCMP_ACT_NOTIFY cannot be used for write and sendmsg');
  return syscalls.some(({ action }) => action === 'SCMP_ACT_NOTIFY');
}

function listenerPath({ listenerPath: path }: Seccomp): string {
  if (!path) throw new PlanProblem(`${POINTER}/listenerPath`, 'SCMP_ACT_NOTIFY needs listenerPath');
  return path;
}

/** ContainerProcessState (config-linux.md#containerprocessstate) in parts: between each two goes the pid of this process. */
function processState({ listenerMetadata }: Seccomp, state: readonly string[]): readonly string[] {
  const metadata = listenerMetadata ? `,"metadata":${JSON.stringify(listenerMetadata)}` : '';
  const [first = '', ...rest] = state;
  const parts = [`{"ociVersion":${JSON.stringify(OCI_VERSION)},"fds":["seccompFd"],"pid":`, `${metadata},"state":${first}`, ...rest];
  return [...parts.slice(0, -1), `${parts.at(-1)}}`];
}

/** Calls of other architectures are silently not there; a name that no kernel has is worth a word. */
function warnUnknownCalls({ syscalls = [] }: Seccomp, warn: (message: string, pointer?: string) => void): void {
  syscalls.forEach(({ names }, index) => {
    const unknown = names.filter((name) => syscallIndex(name) === undefined);
    if (unknown.length > 0) warn(`unknown system call ${unknown.join(', ')}: left out of the filter`, `${POINTER}/syscalls/${index}`);
  });
}
