/**
 * Whatever the specification's own schemas refuse, we refuse too. They lie beside the project (../shared/runtime-spec)
 * and are no part of it; without them this test is skipped.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { isObject, jsonPointer, valueAt } from './pointer.ts';
import { problemText } from './problem.ts';
import { validateConfig } from './validate.ts';

const FOLDER = new URL('../../../shared/runtime-spec/', import.meta.url);
const present = existsSync(FOLDER);
if (!present) console.warn(`skipped: no official schemas in ${FOLDER.pathname}`);

type Node = Record<string, unknown>;

/** The schemas by file name, as ajv (which has no draft 4) wants them: a name of their own, no $schema. */
function readSchemas(): Map<string, Node> {
  const schemas = new Map<string, Node>();
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json'))) {
    const schema: Node = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
    delete schema['$schema'];
    schemas.set(file, { ...schema, $id: file });
  }
  return schemas;
}

/** A value that has every property the schema knows, one entry in each list, and the smallest legal leaves. */
function sample(schemas: Map<string, Node>, node: Node, file: string): unknown {
  if (typeof node['$ref'] === 'string') {
    const [target, pointer = ''] = node['$ref'].split('#');
    const next = target === '' || target === undefined ? file : target;
    const found = valueAt(schemas.get(next), pointer);
    if (!isObject(found)) throw new Error(`no ${node['$ref']}`);
    return sample(schemas, found, next);
  }
  for (const choice of ['allOf', 'anyOf'] as const) {
    const parts: unknown = node[choice];
    if (!Array.isArray(parts)) continue;
    const values = parts.map((part: Node) => sample(schemas, part, file));
    return values.every(isObject) ? Object.assign({}, ...values) : values[0];
  }
  if (Array.isArray(node['enum'])) return node['enum'][0];
  if (isObject(node['properties'])) {
    return Object.fromEntries(Object.entries(node['properties']).map(([name, part]) => [name, sample(schemas, Object(part), file)]));
  }
  if (isObject(node['additionalProperties'])) return { name: sample(schemas, node['additionalProperties'], file) };
  if (isObject(node['patternProperties'])) return { name: sample(schemas, Object(Object.values(node['patternProperties'])[0]), file) };
  if (node['type'] === 'array') return [sample(schemas, Object(node['items']), file)];
  if (typeof node['pattern'] === 'string') return PATTERN_SAMPLES[node['pattern']];
  if (node['type'] === 'integer') return 5;
  if (node['type'] === 'boolean') return true;
  return node['type'] === 'string' ? '/x' : {};
}
const PATTERN_SAMPLES: Record<string, string> = {
  '^RLIMIT_[A-Z]+$': 'RLIMIT_CORE',
  '^[0-9, -]*$': '0-3',
  '^[cbup]$': 'c',
  '^[1-9][0-9]*[KMG]B$': '2MB',
  '^MB:[^\\n]*$': 'MB:0=10',
};

/** Every place of a value, the inner ones too. */
function* places(value: unknown, path: readonly (string | number)[] = []): Generator<readonly (string | number)[]> {
  yield path;
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* places(item, [...path, index]);
  else if (isObject(value)) for (const [name, item] of Object.entries(value)) yield* places(item, [...path, name]);
}

const REMOVED = Symbol('removed');
const WRONG: readonly unknown[] = [REMOVED, null, true, 'x', -1, 1.5, 2 ** 70, [], [1], {}, { x: 1 }];

/** Call `check` with the value changed at one place, and put it back. */
function mutated(base: unknown, path: readonly (string | number)[], wrong: unknown, check: (mutant: unknown) => void): void {
  const last = path.at(-1);
  if (last === undefined) return check(wrong);
  const owner: object = Object(valueAt(base, jsonPointer(path.slice(0, -1))));
  const before: unknown = Reflect.get(owner, last);
  if (wrong === REMOVED) Reflect.deleteProperty(owner, last);
  else Reflect.set(owner, last, wrong);
  check(base);
  Reflect.set(owner, last, before);
}

/** Old forms that the project's owner asked to accept: docs/architecture.md. */
function accepted(pointer: string, wrong: unknown): boolean {
  return pointer === '/process/capabilities' && Array.isArray(wrong) && wrong.every((name) => typeof name === 'string');
}

describe.skipIf(!present)('the official schemas', () => {
  test('refuse nothing that we accept: every entry of config.json with every wrong value', () => {
    const schemas = readSchemas();
    const ajv = new Ajv({ strict: false, validateFormats: false, logger: false });
    for (const schema of schemas.values()) ajv.addSchema(schema);
    const official = ajv.getSchema('config-schema.json');
    const root = schemas.get('config-schema.json');
    if (!official || !root) throw new Error('no config-schema.json');
    const base = sample(schemas, root, 'config-schema.json');
    expect(official(base), JSON.stringify(official.errors)).toBe(true);
    const known = new Set(validateConfig(base).errors.map(problemText));
    const missed: string[] = [];
    let refused = 0;
    let leaves = 0;
    for (const path of places(base)) {
      const pointer = jsonPointer(path);
      if (!isObject(valueAt(base, pointer))) leaves++;
      for (const wrong of path.length === 0 ? WRONG.slice(1) : WRONG) {
        if (accepted(pointer, wrong)) continue;
        mutated(base, path, wrong, (mutant) => {
          if (official(mutant)) return;
          refused++;
          if (validateConfig(mutant).errors.every((problem) => known.has(problemText(problem))))
            missed.push(`${pointer} = ${JSON.stringify(wrong)}`);
        });
      }
    }
    expect(missed).toEqual([]);
    expect(leaves).toBeGreaterThan(300);
    expect(refused).toBeGreaterThan(3500);
  }, 60_000);
});
