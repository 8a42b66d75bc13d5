import { errno } from '../../../errno.ts';
import type { Proc } from '../../process.ts';
import type { KernelState } from '../../state.ts';
import { callerOf, mayInspect } from '../caller.ts';

/** Mount options of proc(5). */
export interface ProcOptions {
  /** hidepid: 0 nothing, 1 contents, 2 and 4 the directories too, of processes that the caller may not inspect. */
  readonly hide: number;
  /** Members of this group see everything. */
  readonly gid: number | undefined;
  /** subset=pid: nothing but processes. */
  readonly pidsOnly: boolean;
  readonly given: readonly string[];
}

const HIDE: Readonly<Record<string, number>> = { 0: 0, off: 0, 1: 1, noaccess: 1, 2: 2, invisible: 2, 4: 4, ptraceable: 4 };

/** EINVAL for what is no option of proc. */
export function parseProcOptions(data: string): ProcOptions {
  const given = data.split(',').filter((text) => text !== '' && text !== 'rw');
  let hide = 0;
  let gid: number | undefined;
  let pidsOnly = false;
  for (const option of given) {
    const [name, value = ''] = option.split('=', 2);
    if (name === 'hidepid' && Object.hasOwn(HIDE, value)) hide = HIDE[value] ?? 0;
    else if (name === 'gid' && /^[0-9]{1,10}$/.test(value)) gid = Number(value);
    else if (option === 'subset=pid') pidsOnly = true;
    else throw errno('EINVAL');
  }
  return { hide, gid, pidsOnly, given };
}

export function isVisible(kernel: KernelState, options: ProcOptions, process: Proc): boolean {
  return options.hide < 2 || mayEnter(kernel, options, process);
}

/** hidepid=4 asks for the right to inspect whatever the group. */
export function mayEnter(kernel: KernelState, { hide, gid }: ProcOptions, process: Proc): boolean {
  if (hide === 0) return true;
  const caller = callerOf(kernel);
  if (caller !== undefined && gid !== undefined && hide !== 4 && (caller.ids.egid === gid || caller.ids.groups.includes(gid))) return true;
  return mayInspect(kernel, process);
}
