import { normaliseConfig, normaliseProcess, normaliseResources } from './normalise.ts';
import { tidy, type Checked, type Problem } from './problem.ts';
import { CONFIG_RULES, LINUX_RULES, PROCESS_RULES, RESOURCES_RULES } from './rules/index.ts';
import type { Report, Rule } from './rules/rule.ts';
import { salvage } from './salvage.ts';
import { ref } from './schema/shapes.ts';
import { schemaProblems } from './schema-problems.ts';
import type { LinuxResources, Process, Spec } from './spec.ts';
import * as compiled from './validate.gen.js';

/**
 * Check a parsed config.json: old forms first (normalise.ts), then the schema, then the rules between entries.
 * All problems are found, not only the first. `value` is there where there are no errors.
 */
export function validateConfig(input: unknown): Checked<Spec> {
  const { value, warnings } = normaliseConfig(input);
  const found = schemaProblems(compiled.validateConfig, { $ref: '#' }, value);
  found.warnings.unshift(...warnings);
  // Of what is not listed nothing can be taken out.
  const shaped: unknown = found.errors.length === 0 ? value : found.complete ? salvage(value, found.errors) : undefined;
  if (isShaped<Spec>(shaped)) runConfigRules(shaped, found);
  return result(value, found);
}

/** Check what `exec --process` read (config.md#process). */
export function validateProcess(input: unknown): Checked<Process> {
  const { value, warnings } = normaliseProcess(input);
  const found = schemaProblems(compiled.validateProcess, ref('process'), value);
  found.warnings.unshift(...warnings);
  if (isSound<Process>(value, found.errors)) runRules(PROCESS_RULES, value, value, '', found);
  return result(value, found);
}

/** Check what `update --resources` read (config-linux.md#control-groups). */
export function validateResources(input: unknown): Checked<LinuxResources> {
  const value = normaliseResources(input);
  const found = schemaProblems(compiled.validateResources, ref('resources'), value);
  if (isSound<LinuxResources>(value, found.errors)) runRules(RESOURCES_RULES, value, value, '', found);
  return result(value, found);
}

interface Found {
  readonly errors: Problem[];
  readonly warnings: Problem[];
}

function runConfigRules(config: Spec, found: Found): void {
  const { process, linux } = config;
  runRules(CONFIG_RULES, config, config, '', found);
  if (linux) runRules(LINUX_RULES, linux, config, '', found);
  if (process) runRules(PROCESS_RULES, process, process, '/process', found);
  if (linux?.resources) runRules(RESOURCES_RULES, linux.resources, linux.resources, '/linux/resources', found);
}

/** Those whose entry `section` has. */
function runRules<T, S extends object>(
  rules: readonly (readonly [entry: keyof S | '', rule: Rule<T>])[],
  section: S,
  value: T,
  base: string,
  found: Found,
): void {
  const report: Report = {
    error: (pointer, message, more) => found.errors.push({ pointer, message, ...more }),
    warn: (pointer, message, more) => found.warnings.push({ pointer, message, ...more }),
  };
  for (const [entry, rule] of rules) if (entry === '' || section[entry] !== undefined) rule(value, report, base);
}

function result<T>(value: unknown, found: Found): Checked<T> {
  const problems = { errors: found.errors.map(tidy), warnings: found.warnings.map(tidy) };
  return isSound<T>(value, found.errors) ? { value, ...problems } : problems;
}

/** The compiled schema is the proof of the shape; TypeScript cannot see it. */
// oxlint-disable-next-line no-unnecessary-type-parameters -- a cast with its reason
function isSound<T>(_value: unknown, errors: readonly Problem[]): _value is T {
  return errors.length === 0;
}
/** `salvage` took out what was not of the shape. */
// oxlint-disable-next-line no-unnecessary-type-parameters
function isShaped<T>(value: unknown): value is T {
  return value !== undefined;
}
