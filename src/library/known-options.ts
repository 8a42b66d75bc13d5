import { TsrunError } from '../core/errors.ts';
import { nearest } from '../oci/did-you-mean.ts';

/** USAGE for what is no object of options, and for an option that there is not: a caller without types would not hear of a slip. */
export function onlyKnown(what: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TsrunError('USAGE', `${what}: expected an object of options, got ${Array.isArray(options) ? 'an array' : String(options)}`);
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const meant = nearest(key, known);
    const hint = meant === undefined ? `there are: ${known.join(', ')}` : `did you mean ${JSON.stringify(meant)}?`;
    throw new TsrunError('USAGE', `${what}: there is no option ${JSON.stringify(key)}`, { hint });
  }
}

/** NAME=value. Names without a value are left out, so that `process.env` can be passed on. */
export function environment(variables: Readonly<Record<string, string | undefined>>): string[] {
  if (Array.isArray(variables)) throw new TsrunError('USAGE', 'env: expected an object of names and values, got an array');
  return Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
}
