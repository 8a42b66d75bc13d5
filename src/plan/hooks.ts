/** Hooks (config.md#posix-platform-hooks). Those of the runtime namespace are run by TypeScript, at a barrier. */
import type { Hook, HookKind } from '../oci/spec.ts';
import type { Context } from './context.ts';
import { lastOfEach } from './environment.ts';
import { FLAGS, type Op } from './ops.ts';
import { BARRIERS } from './names.ts';

/**
 * All mounts and devices are there, nothing is pivoted: hooks such as nvidia's mount into the rootfs at this moment.
 * Without such hooks there is no barrier, and no round trip.
 */
export function planRuntimeHooks({ spec }: Context): Op[] {
  const { prestart = [], createRuntime = [] } = spec.hooks ?? {};
  if (prestart.length + createRuntime.length === 0) return [];
  return [{ op: 'barrier', stage: 'setup', origin: '/hooks', name: BARRIERS.hooks }];
}

/** Found by their host path and run in the container's namespaces: before the pivot. */
export function planCreateContainerHooks(context: Context): Op[] {
  return planHooks(context, 'createContainer', 'setup', 'creating');
}

/** The program of the container itself, in its final state: just before exec. Without `env` they have its environment, as in runc and crun. */
export function planStartContainerHooks(context: Context): Op[] {
  return planHooks(context, 'startContainer', 'init', 'created');
}

function planHooks({ spec, options }: Context, kind: HookKind, stage: 'setup' | 'init', status: 'creating' | 'created'): Op[] {
  const hooks: readonly Hook[] = spec.hooks?.[kind] ?? [];
  if (hooks.length === 0) return [];
  const state = options.hookState(status);
  const inherited = kind === 'startContainer' ? { env: lastOfEach(spec.process?.env ?? []), flags: FLAGS.HOOK_HOME } : { env: [] };
  return hooks.map(({ path, args, env, timeout }, index) => ({
    op: 'hook',
    stage,
    origin: `/hooks/${kind}/${index}`,
    path,
    argv: args && args.length > 0 ? args : [path],
    ...(env === undefined ? inherited : { env }),
    state,
    ...(timeout !== undefined && { n: BigInt(timeout) }),
  }));
}
