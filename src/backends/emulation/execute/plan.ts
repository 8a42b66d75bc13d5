/** The plan of a container's creation. */
import type { Spec } from '../../../oci/spec.ts';
import type { CgroupRecord } from '../../../plan/facts.ts';
import type { Op } from '../../../plan/ops.ts';
import type { StdioKind } from '../../../plan/options.ts';
import { planCreate } from '../../../plan/plan.ts';
import { EMULATED_HOST } from './facts.ts';
import { planned } from './failure.ts';

export interface PlanRequest {
  readonly id: string;
  readonly config: Spec;
  readonly bundle: string;
  readonly stdioKind: StdioKind;
  readonly hookState: (status: 'creating' | 'created') => readonly [string, string];
  readonly warn: (message: string, pointer?: string) => void;
}

interface Made {
  readonly bundle: string;
  readonly stdioKind: StdioKind;
  readonly ops: readonly Op[];
  readonly warnings: readonly (readonly [message: string, pointer: string | undefined])[];
}

/** By the config object, which all containers of one bundle share. */
const known = new WeakMap<Spec, Made>();

/**
 * Planning takes a tenth of a container's whole life (measured: `sh -c "echo hi"`), and the emulated host is always the same: a
 * config is planned once. Not one with hooks inside, whose instructions have the container's id; where else the id is (the cgroup's
 * path, the keyring's name), the instruction has no effect here.
 */
export function planOf(request: PlanRequest, cgroup: CgroupRecord): readonly Op[] {
  const { config, bundle, stdioKind, warn } = request;
  const { createContainer, startContainer } = config.hooks ?? {};
  if (createContainer !== undefined || startContainer !== undefined) return make(request, cgroup, warn);
  let made = known.get(config);
  if (made === undefined || made.bundle !== bundle || made.stdioKind !== stdioKind) {
    const warnings: [string, string | undefined][] = [];
    const ops = make(request, cgroup, (message, pointer) => warnings.push([message, pointer]));
    made = { bundle, stdioKind, ops, warnings };
    known.set(config, made);
  }
  for (const [message, pointer] of made.warnings) warn(message, pointer);
  return made.ops;
}

function make({ id, config, bundle, stdioKind, hookState }: PlanRequest, cgroup: CgroupRecord, warn: PlanRequest['warn']): Op[] {
  return planned(() =>
    planCreate(config, EMULATED_HOST, {
      id,
      bundle,
      stateDir: '/',
      cgroup,
      stdio: stdioKind,
      preserveFds: 0,
      attached: true,
      subreaper: false,
      noPivot: false,
      startNow: true,
      warn,
      hookState,
    }),
  );
}
