import { nearest } from './did-you-mean.ts';
import { isObject, jsonPointer, pointerParts, valueAt } from './pointer.ts';
import type { Problem } from './problem.ts';
import { configSchema } from './schema/config.ts';
import { describe, describeType, showValue } from './schema/describe.ts';
import type { Schema } from './schema/shapes.ts';
import { MOST_ERRORS, type SchemaError, type SchemaValidator } from './validate.gen.js';

/**
 * Run one compiled schema. Unknown properties come as warnings, all else as errors; each pointer is named once.
 * root: a reference, because the schemas themselves are made only to describe a problem. complete: nothing was left out of the list.
 */
export function schemaProblems(
  validator: SchemaValidator,
  root: Schema,
  value: unknown,
): { readonly errors: Problem[]; readonly warnings: Problem[]; readonly complete: boolean } {
  const errors = new Map<string, Problem>();
  const warnings: Problem[] = [];
  const found = validator(value);
  if (found.length === 0) return { errors: [], warnings: [], complete: true };
  for (const error of found) {
    const problem = describeError(error, root, value);
    if (problem.kind === 'unknown-property') warnings.push(problem);
    else if (!errors.has(problem.pointer)) errors.set(problem.pointer, problem);
  }
  return { errors: [...errors.values()], warnings, complete: found.length < MOST_ERRORS };
}

function describeError({ instancePath, keyword, name = '' }: SchemaError, root: Schema, value: unknown): Problem {
  const node = nodeAt(root, instancePath);
  if (keyword === 'additionalProperties') return unknownProperty(instancePath, name, node);
  if (keyword === 'required') {
    const wanted = node.properties?.[name];
    const pointer = instancePath + jsonPointer([name]);
    return { pointer, message: `is required: expected ${wanted ? describe(resolve(wanted), resolve) : 'a value'}, found nothing` };
  }
  // Of map keys only one thing is asked.
  if (keyword === 'propertyNames') {
    return { pointer: `${instancePath}/`, message: 'a name may not be empty' };
  }
  const actual = valueAt(value, instancePath);
  const expected = describe(node, resolve);
  if (keyword === 'type' && describeType(actual) !== 'a number') {
    return { pointer: instancePath, message: `expected ${expected}, got ${describeType(actual)}` };
  }
  const guess = typeof actual === 'string' && node.enum ? nearest(actual, node.enum) : undefined;
  return {
    pointer: instancePath,
    message: `expected ${expected}, got ${showValue(actual)}`,
    ...(guess === undefined ? {} : { hint: `did you mean ${JSON.stringify(guess)}?` }),
  };
}

function unknownProperty(parent: string, name: string, node: Schema): Problem {
  const guess = nearest(name, Object.keys(node.properties ?? {}));
  return {
    kind: 'unknown-property',
    pointer: parent + jsonPointer([name]),
    message: `unknown property ${JSON.stringify(name)} is ignored`,
    ...(guess === undefined ? {} : { hint: `did you mean ${JSON.stringify(guess)}?` }),
    section: 'config.md#extensibility',
  };
}

/** The schema node that governs the value at `pointer`: our schemas have no alternatives, so there is exactly one. */
function nodeAt(root: Schema, pointer: string): Schema {
  let node = resolve(root);
  for (const part of pointerParts(pointer)) {
    const known = node.properties && Object.hasOwn(node.properties, part) ? node.properties[part] : undefined;
    const other = isObject(node.additionalProperties) ? node.additionalProperties : undefined;
    node = resolve(known ?? node.items ?? other ?? {});
  }
  return node;
}

function resolve(node: Schema): Schema {
  const { $ref } = node;
  if ($ref === undefined) return node;
  return $ref === '#' ? configSchema() : (configSchema().definitions?.[$ref.slice('#/definitions/'.length)] ?? {});
}
