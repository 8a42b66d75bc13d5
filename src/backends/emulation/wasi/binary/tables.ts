/** Tables are memory of the host that no limit of a container counts: a module may not begin with very large ones. */
import { BadModule, Reader, readSections, SECTION } from './bytes.ts';
import { skipValueType } from './imports.ts';
import { walkExpression } from './instructions.ts';

/** Of all tables together, 8 bytes each. The largest C++ programs have some 100,000. */
const MAX_ENTRIES = 2 ** 20;
const MAX_TABLES = 16;

/** Throws BadModule. */
export function checkTables(bytes: Uint8Array): void {
  const section = readSections(bytes).find(({ id }) => id === SECTION.TABLE);
  if (section === undefined) return;
  const reader = new Reader(bytes, section.start, section.end);
  const count = reader.u32();
  if (count > MAX_TABLES) throw new BadModule(`more than ${MAX_TABLES} tables`);
  let entries = 0;
  for (let index = 0; index < count; index++) {
    const initialised = bytes[reader.at] === 0x40;
    if (initialised) reader.skip(2);
    skipValueType(reader);
    const flags = reader.byte();
    entries += reader.u32();
    if ((flags & 1) !== 0) reader.skipLeb();
    if (initialised) walkExpression(reader, { loop: () => undefined, functionIndex: () => undefined });
  }
  if (entries > MAX_ENTRIES) throw new BadModule(`tables of more than ${MAX_ENTRIES} entries`);
}
