/** What needs the planner and the helper: one part to load, for `create`, `run` and `exec`. */
export { checkConfig } from './check.ts';
export { createContainer } from './create.ts';
export { execInContainer } from './exec.ts';
