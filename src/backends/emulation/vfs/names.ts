import { errno } from '../errno.ts';

export const NAME_MAX = 255;
const PATH_MAX = 4096;

/** ENAMETOOLONG by bytes of UTF-8, which are at most three times the units of a string. */
function checkBytes(text: string, max: number): void {
  if (text.length * 3 > max && (text.length > max || Buffer.byteLength(text) > max)) throw errno('ENAMETOOLONG');
}

export function checkName(name: string): void {
  checkBytes(name, NAME_MAX);
}

/** A path argument of a system call. NUL cannot be in one; in the guest's memory it would have been the end. */
export function checkPath(path: string): void {
  if (path === '') throw errno('ENOENT');
  checkBytes(path, PATH_MAX - 1);
  if (path.includes('\0')) throw errno('EINVAL');
}
