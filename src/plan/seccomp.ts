/** linux.seccomp → one `seccomp` instruction. The compiler is in `seccomp/`. */
import type { Seccomp } from '../oci/spec.ts';
import type { HostFacts } from './facts.ts';
import type { Op } from './ops.ts';

export function planSeccomp(
  _profile: Seccomp | undefined,
  _facts: HostFacts,
  _state: readonly [string, string] | undefined,
  _warn?: (message: string, pointer?: string) => void,
): Op[] {
  return [];
}
