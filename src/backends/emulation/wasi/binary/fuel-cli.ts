/** `npx tsx src/backends/emulation/wasi/binary/fuel-cli.ts in.wasm out.wasm`: the loop counter for builds of guests. */
import { readFileSync, writeFileSync } from 'node:fs';
import { addFuel } from './fuel.ts';

const [from, to] = process.argv.slice(2);
if (from === undefined || to === undefined) {
  console.error('usage: fuel-cli in.wasm out.wasm');
  process.exitCode = 2;
} else {
  writeFileSync(to, addFuel(new Uint8Array(readFileSync(from))));
}
