/** Lexical path arithmetic. Whatever is inside a container is resolved in the helper, by descriptor; this only tidies. */

/** Absolute, without empty, `.` and `..` components; `..` stops at `/`. A relative path is taken from `base`. */
export function absolute(path: string, base = '/'): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${base}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Is `path` `dir` itself or below it? Both absolute and tidy. */
export function within(path: string, dir: string): boolean {
  return path === dir || dir === '/' || path.startsWith(`${dir}/`);
}

/** `name` as one segment of a JSON pointer (RFC 6901). */
export function pointerSegment(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
