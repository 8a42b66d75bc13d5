import type { Parsed } from './parsed.ts';

/** runc allows 1024 characters, but the id is one file name of the state directory (NAME_MAX). */
const MAX_LENGTH = 255;

/**
 * A container id: letters, digits and `_ + . -`, not `.` or `..`, at most 255 characters. The specification gives no
 * rule; this is runc's, and it keeps ids from being paths. Errors in runc's words.
 */
export function parseContainerId(id: string): Parsed<string> {
  if (id === '') return { error: 'container id cannot be empty' };
  if (!/^[A-Za-z0-9_+.-]+$/.test(id) || id === '.' || id === '..' || id.length > MAX_LENGTH) {
    return { error: 'invalid container ID format' };
  }
  return { value: id };
}
