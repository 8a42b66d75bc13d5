import type { Context } from './context.ts';
import type { Op } from './ops.ts';
export function planDeviceFilter(_context: Context): Op[] {
  return [];
}
