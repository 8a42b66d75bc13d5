/** UTF-8 of guests: strict, because a name that is no text cannot be a path of this VFS. */
import { errno } from '../errno.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
/** Below this a loop is faster than a call of the decoder or encoder. */
const SHORT = 48;

/** Text between two offsets. EILSEQ: no UTF-8; EINVAL: has a NUL. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= SHORT) {
    let text = '';
    let at = start;
    for (; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte === 0) throw errno('EINVAL');
      if (byte >= 0x80) break;
      text += String.fromCharCode(byte);
    }
    if (at === end) return text;
  }
  let text: string;
  try {
    text = decoder.decode(bytes.subarray(start, end));
  } catch {
    throw errno('EILSEQ');
  }
  if (text.includes('\0')) throw errno('EINVAL');
  return text;
}

export function encodeUtf8(text: string): Uint8Array {
  if (text.length > SHORT) return encoder.encode(text);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return encoder.encode(text);
    bytes[at] = code;
  }
  return bytes;
}
