import type { Parsed } from '../oci/parsed.ts';

/** docker's and podman's notation: `ctrl-p,ctrl-q`; single characters, and ctrl- with a letter or one of @ [ \ ] ^ _. Empty: none. */
export function parseDetachKeys(text: string): Parsed<Uint8Array> {
  const bytes: number[] = [];
  for (const key of text === '' ? [] : text.split(',')) {
    const control = /^ctrl-([a-z@[\\\]^_])$/i.exec(key)?.[1];
    // A control character is the letter without its two upper bits (ASCII).
    if (control !== undefined) bytes.push(control.toUpperCase().charCodeAt(0) & 0x1f);
    else if (/^[\x20-\x7e]$/.test(key)) bytes.push(key.charCodeAt(0));
    else return { error: `${JSON.stringify(key)} is neither a character nor ctrl- and a letter` };
  }
  return { value: Uint8Array.from(bytes) };
}
