/** What several planners ask of one config on one host. Computed once. */
import { NAMESPACES, namespaceOf } from '../oci/namespaces.ts';
import type { NamespaceType, Spec } from '../oci/spec.ts';
import type { HostFacts } from './facts.ts';
import { idMapping, type IdMapping } from './ids.ts';
import { absolute } from './paths.ts';
import { PlanProblem } from './problem.ts';
import type { CreateOptions } from './options.ts';

export interface Context {
  readonly spec: Spec;
  readonly facts: HostFacts;
  readonly options: CreateOptions;
  /** Absolute host path of the root file system. */
  readonly rootfs: string;
  /** The container's mount namespace is not tsrun's own. */
  readonly mountNamespace: boolean;
  /** It has a user namespace, new or joined. */
  readonly userNamespace: boolean;
  readonly ids: IdMapping;
}

/** As `CLONE_NEW*` of linux/sched.h. */
export const CLONE_NEWUSER: number = NAMESPACES.user.flag;

export function contextOf(spec: Spec, facts: HostFacts, options: CreateOptions): Context {
  if (!spec.root) throw new PlanProblem('/root', 'root must be specified');
  return {
    spec,
    facts,
    options,
    rootfs: absolute(spec.root.path, options.bundle),
    mountNamespace: has(spec, 'mount'),
    userNamespace: has(spec, 'user'),
    ids: idMapping(spec, facts),
  };
}

/** tsrun is neither root nor in the initial user namespace: the kernel will refuse some things that must not be fatal. */
export function isRootless(facts: HostFacts): boolean {
  return facts.euid !== 0 || facts.inUserNamespace;
}

function has(spec: Spec, type: NamespaceType): boolean {
  return namespaceOf(spec, type) !== undefined;
}
