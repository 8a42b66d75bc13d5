/** Tests only: classic BPF as seccomp runs it, counting which instructions were executed. */

/** struct seccomp_data; arguments are 64-bit. */
export interface SeccompData {
  readonly nr: number;
  readonly arch: number;
  readonly args?: readonly bigint[];
}

/** The return value of the program. `executed[i]` is set for every instruction that ran. Throws on an invalid one. */
export function runFilter(program: Uint8Array, data: SeccompData, executed?: Uint8Array): number {
  const code = new DataView(program.buffer, program.byteOffset, program.byteLength);
  const memory = new DataView(encode(data).buffer);
  let accumulator = 0;
  for (let pc = 0; pc * 8 < program.length; pc++) {
    const at = pc * 8;
    const k = code.getUint32(at + 4, true);
    if (executed) executed[pc] = 1;
    switch (code.getUint16(at, true)) {
      case 0x20:
        accumulator = memory.getUint32(k, true);
        break;
      case 0x54:
        accumulator = (accumulator & k) >>> 0;
        break;
      case 0x05:
        pc += k;
        break;
      case 0x15:
        pc += code.getUint8(at + (accumulator === k ? 2 : 3));
        break;
      case 0x25:
        pc += code.getUint8(at + (accumulator > k ? 2 : 3));
        break;
      case 0x35:
        pc += code.getUint8(at + (accumulator >= k ? 2 : 3));
        break;
      case 0x06:
        return k;
      default:
        throw new Error(`instruction ${pc}: unknown code 0x${code.getUint16(at, true).toString(16)}`);
    }
  }
  throw new Error('the program runs off its end');
}

function encode({ nr, arch, args = [] }: SeccompData): Uint8Array {
  const bytes = new Uint8Array(64);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, nr, true);
  view.setUint32(4, arch, true);
  args.forEach((value, index) => view.setBigUint64(16 + index * 8, BigInt.asUintN(64, value), true));
  return bytes;
}
