import type { LinuxResources, Process, Spec } from '../spec.ts';
import type { Rule } from './rule.ts';

export const CONFIG_RULES: readonly Rule<Spec>[] = [];
export const PROCESS_RULES: readonly Rule<Process>[] = [];
export const RESOURCES_RULES: readonly Rule<LinuxResources>[] = [];
