import type { Hooks } from '../oci/spec.ts';
import type { State } from '../oci/state.ts';
import type { TsrunError } from './errors.ts';

/** The kinds that run in the runtime's namespaces; createContainer and startContainer are the backend's. */
export type RuntimeHookKind = 'prestart' | 'createRuntime' | 'poststart' | 'poststop';

export interface HookContext {
  readonly hooks: Hooks | undefined;
  /** What the hooks read on stdin. */
  readonly state: State;
  /** Where unlinked temporary files can be made. */
  readonly stateDir: string;
}

/** Runs the hooks of one kind in order; the first failure rejects with HOOK_FAILED and the rest do not run. */
export async function runHooks(kind: RuntimeHookKind, context: HookContext): Promise<void> {
  const hooks = context.hooks?.[kind] ?? [];
  if (hooks.length === 0) return;
  const { runHook } = await import('./hook-process.ts'); // child_process is not free to load
  for (const [index, hook] of hooks.entries()) await runHook(kind, index, hook, context);
}

/** poststop: every hook runs; failures go to `warn` (runtime-spec runtime.md#Lifecycle, step 13). */
export async function runPoststopHooks(context: HookContext, warn: (message: string, pointer?: string) => void): Promise<void> {
  const hooks = context.hooks?.poststop ?? [];
  if (hooks.length === 0) return;
  const { runHook } = await import('./hook-process.ts');
  for (const [index, hook] of hooks.entries()) {
    try {
      await runHook('poststop', index, hook, context);
    } catch (error) {
      const { message, pointer } = error as TsrunError;
      warn(message, pointer);
    }
  }
}
