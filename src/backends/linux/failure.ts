/** The helper's {instruction, errno, payload} → one line for people, in runc's words where engines match on them. */
import { TsrunError } from '../../core/errors.ts';
import { capabilityNames } from '../../oci/capabilities.ts';
import { describe } from '../../plan/describe.ts';
import type { Op } from '../../plan/ops.ts';
import type { Exit } from '../backend.ts';
import { errnoName, errnoText } from './errno.ts';
import type { HelperEvent } from './events.ts';
import { execFailure } from './exec-failure.ts';
import type { LateSteps, Step } from './handle.ts';
import { hookFailure } from './hook-failure.ts';

export function stepOf(op: Op): Step {
  const program = op.op === 'exec' || op.op === 'awaitStart' ? op.argv[0] : undefined;
  return { op: op.op, origin: op.origin, text: describe(op), ...(program !== undefined && { program }) };
}

/** What `start` may have to name: awaitStart and all behind it. */
export function lateSteps(ops: readonly Op[]): LateSteps {
  const first = ops.findIndex(({ op }) => op === 'awaitStart');
  return { first, steps: ops.slice(first).map(stepOf) };
}

/** Of plans that start no process (plan/notify.ts). */
const BESIDE_THE_PROCESS = { notifySocket: true, serviceManager: true, awaitReady: true };

/** The error of a FAILED event. `step` is undefined when the helper refused the plan itself. */
export function stepFailure(step: Step | undefined, event: HelperEvent): TsrunError {
  if (step === undefined) {
    return new TsrunError('STEP_FAILED', `the helper failed outside of the plan: ${errnoText(event.value)}${detailText(event.payload)}`);
  }
  const detail = {
    ...(step.origin !== '' && { pointer: step.origin }),
    step: { op: step.op, index: event.op, errno: errnoName(event.value) },
  };
  if (step.program !== undefined) return execFailure(step.program, event, detail);
  if (step.op === 'hook') return hookFailure(step, event, detail);
  const where = step.origin === '' ? '' : ` (config.json ${step.origin})`;
  const starting = step.op in BESIDE_THE_PROCESS ? '' : 'unable to start container process: ';
  return new TsrunError('STEP_FAILED', `${starting}${step.text}${where}: ${reason(step, event)}`, {
    ...detail,
    ...hintFor(step, event),
  });
}

/** What an errno means at this step, where its usual words would lead astray; partly runc's words. */
function reason(step: Step, event: HelperEvent): string {
  const errno = errnoName(event.value);
  if (step.op === 'mount' && errno === 'ELOOP') return 'it must be mounted on ordinary directory, not on a symlink';
  if (step.op === 'seccomp' && (errno === 'ENOENT' || errno === 'ECONNREFUSED'))
    return `failed to connect with seccomp agent: ${errnoText(event.value)}`;
  return errnoText(event.value);
}

function detailText(payload: Uint8Array): string {
  return payload.length === 0 ? '' : ` (${new TextDecoder().decode(payload)})`;
}

function hintFor(step: Step, event: HelperEvent): { hint?: string } {
  const errno = errnoName(event.value);
  if (step.op === 'mount' && errno === 'ENODEV') return { hint: 'this kernel does not know the file system type; see /proc/filesystems' };
  if (step.op === 'unshare' && errno === 'ENOSPC') return { hint: 'a limit of /proc/sys/user/max_*_namespaces is reached' };
  if (step.op === 'unshare' && errno === 'EPERM')
    return { hint: 'this user may not make these namespaces; user namespaces may be disabled' };
  if (step.op === 'scheduler' && errno === 'EPERM')
    return {
      hint: 'SCHED_DEADLINE needs all CPUs, so no linux.resources.cpu.cpus (sched_setattr(2)); real-time policies need CAP_SYS_NICE',
    };
  return {};
}

/** WARNING events: what could not be applied fully. */
export function warningText(op: Op, event: HelperEvent): string {
  const missing = op.op === 'capabilities' ? missingCapabilities(event.payload) : [];
  if (missing.length > 0) return `tsrun itself lacks ${missing.join(', ')}: the container runs without`;
  const what = describe(op);
  return `${what}: ${errnoText(event.value)}; going on without it`;
}

/** Payload of a `capabilities` warning: five u64 as in the instruction, each with the bits that could not be granted. */
function missingCapabilities(payload: Uint8Array): readonly string[] {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  let missing = 0n;
  for (let at = 0; at + 8 <= payload.length; at += 8) missing |= view.getBigUint64(at, true);
  return capabilityNames(missing);
}

/** The status word of waitpid(2) as an Exit. */
export function exitOfWaitStatus(status: number): Exit {
  const signal = status & 0x7f;
  return signal === 0 ? { code: (status >> 8) & 0xff } : { signal };
}
