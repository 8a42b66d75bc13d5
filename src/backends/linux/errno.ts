/** errno numbers of this system → names and words. */
import { constants as osConstants } from 'node:os';
import { errnoWords } from '../../oci/errno-text.ts';

const ERRNO_NAMES = new Map(Object.entries(osConstants.errno).map(([name, value]) => [value, name]));

export function errnoName(errno: number): string {
  return ERRNO_NAMES.get(errno) ?? `errno ${errno}`;
}

export function errnoText(errno: number): string {
  return errnoWords(errnoName(errno));
}
