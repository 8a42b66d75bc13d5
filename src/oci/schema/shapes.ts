/**
 * The part of JSON Schema (draft 7) that our schemas use, and short words for it. `description` says in an error what
 * was expected; where it is missing `describe.ts` makes the words from the rest.
 */
export interface Schema {
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** false: a name that is not in `properties` is reported, as a warning (`validate.ts`). */
  readonly additionalProperties?: false | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

export const string: Schema = { type: 'string' };
export const boolean: Schema = { type: 'boolean' };
/** In `definitions` of config.ts, like all that `ref` names: one function in the compiled validator. */
export const strings: Schema = ref('strings');
export const notEmpty: Schema = matching('^[^]', 'a string that is not empty');

export function integer(minimum: number, maximum: number, description?: string): Schema {
  return { type: 'integer', minimum, maximum, ...(description === undefined ? {} : { description }) };
}
export const uint8: Schema = integer(0, 0xff);
export const uint16: Schema = integer(0, 0xffff);
export const uint32: Schema = integer(0, 0xffff_ffff);
/** The last values of the 64-bit types round up to the next power of two (spec.ts). */
export const uint64: Schema = integer(0, 2 ** 64, 'an unsigned 64-bit integer');
export const int32: Schema = integer(-(2 ** 31), 2 ** 31 - 1);
export const int64: Schema = integer(-(2 ** 63), 2 ** 63, 'a 64-bit integer');

export function oneOf(values: readonly string[]): Schema {
  return { type: 'string', enum: values };
}
export function list(items: Schema, minItems?: number): Schema {
  return { type: 'array', items, ...(minItems === undefined ? {} : { minItems }) };
}
export function object(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return { type: 'object', properties, required, additionalProperties: false };
}
/** Any names but the empty one. */
export function map(values: Schema): Schema {
  return { type: 'object', additionalProperties: values, propertyNames: { pattern: '^[^]' } };
}
export function matching(pattern: string, description: string): Schema {
  return { type: 'string', pattern, description };
}
export function ref(name: string): Schema {
  return { $ref: `#/definitions/${name}` };
}
