/** What the small parsers of this folder return: callers add the error code and the flag or pointer to blame. */
export type Parsed<T> = { readonly value: T } | { readonly error: string };
