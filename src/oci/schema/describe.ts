import type { Schema } from './shapes.ts';

/** What a schema node accepts, in words: `an array of strings`, `one of "private", "shared"`. */
export function describe(node: Schema, resolve: (node: Schema) => Schema): string {
  if (node.description !== undefined) return node.description;
  if (node.enum) return `one of ${node.enum.map((value) => JSON.stringify(value)).join(', ')}`;
  switch (node.type) {
    case 'array': {
      const items = node.items && resolve(node.items);
      const least = node.minItems === undefined ? '' : ' with at least one entry';
      return items ? `an array of ${items.type === 'integer' ? 'integers' : `${items.type ?? 'value'}s`}${least}` : `an array${least}`;
    }
    case 'integer':
      return node.minimum === undefined || node.maximum === undefined ? 'an integer' : `an integer from ${node.minimum} to ${node.maximum}`;
    case 'object':
      return 'an object';
    case 'string':
      return 'a string';
    case 'boolean':
      return 'a boolean';
    default:
      return 'another value';
  }
}

/** The type of a JSON value, in words. */
export function describeType(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** The value itself as JSON, cut to a readable length. */
export function showValue(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
