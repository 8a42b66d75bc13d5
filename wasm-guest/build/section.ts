/** The custom section `tsrun-guest` at the end of a module of ours: `NAME\0ABI`. (`tsrun` is the mark of the loop counter.) */
const ABI = 1;

function leb(value: number): number[] {
  const bytes: number[] = [];
  do {
    const rest = value >>> 7;
    bytes.push((value & 0x7f) | (rest === 0 ? 0 : 0x80));
    value = rest;
  } while (value !== 0);
  return bytes;
}

export function withSection(module: Uint8Array, program: string): Uint8Array {
  const name = Buffer.from('tsrun-guest');
  const content = Buffer.from(`${program}\0${ABI}`);
  const payload = Buffer.concat([Buffer.from(leb(name.length)), name, content]);
  return Buffer.concat([module, Buffer.from([0, ...leb(payload.length)]), payload]);
}
