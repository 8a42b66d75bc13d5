/**
 * What comes over a control socket is of no type until it was looked at. Its peer is the owner of the container, but a number that is
 * no signal, or a process that is none, would go deep into the kernel before something breaks. Throws TsrunError.
 */
import { TsrunError } from '../../../core/errors.ts';
import { problemText, type Checked } from '../../../oci/problem.ts';
import type { LinuxResources, Process } from '../../../oci/spec.ts';
import { ERRNO, type ErrnoName } from '../errno.ts';
import { LAST_SIGNAL } from '../kernel/signal-numbers.ts';
import { DESCRIPTOR_MAX } from './frames.ts';
import type { ExecOrder, Preserved, Requests, TerminalSize } from './protocol.ts';

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null) throw refused('parameters', value);
  return value as Fields;
}

function refused(name: string, value: unknown): TsrunError {
  return new TsrunError('USAGE', `the control socket takes no ${name} like ${JSON.stringify(value)?.slice(0, 100)}`);
}

function integer(name: string, value: unknown, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > most) throw refused(name, value);
  return value;
}

function flag(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw refused(name, value);
  return value;
}

/** 0 asks whether there is somebody. */
export function signalOrder(params: unknown): { readonly signal: number; readonly all: boolean } {
  const { signal, all = false } = fieldsOf(params);
  return { signal: integer('signal', signal, LAST_SIGNAL), all: flag('all', all) };
}

/** As struct winsize has it. */
const LARGEST = 0xffff;

export function sizeOf(value: unknown): TerminalSize {
  const { columns, rows } = fieldsOf(value);
  return { columns: integer('columns', columns, LARGEST), rows: integer('rows', rows, LARGEST) };
}

export function attachOrder(params: unknown): Requests['attach']['params'] {
  const { stdin, size } = fieldsOf(params);
  return { stdin: flag('stdin', stdin), ...(size === undefined ? {} : { size: sizeOf(size) }) };
}

export function brokenEvent(data: unknown): { readonly descriptor: number; readonly why: ErrnoName } {
  const { descriptor, why } = fieldsOf(data);
  if (typeof why !== 'string' || !Object.hasOwn(ERRNO, why)) throw refused('why', why);
  return { descriptor: integer('descriptor', descriptor, DESCRIPTOR_MAX), why: why as ErrnoName };
}

/** They come in order, from 3 on, and none is neither read nor written. */
function preservedOrder(list: unknown): readonly Preserved[] {
  if (!Array.isArray(list) || list.length > DESCRIPTOR_MAX - 2) throw refused('preserved', list);
  return list.map((entry: unknown, index) => {
    const { fd, kind, readable, writable } = fieldsOf(entry);
    const known = KINDS.find((name) => name === kind);
    if (fd !== 3 + index || known === undefined || (readable !== true && writable !== true)) throw refused('preserved descriptor', entry);
    return { fd, kind: known, readable: flag('readable', readable), writable: flag('writable', writable) };
  });
}
/** A listener is not for who comes over a connection. */
const KINDS: readonly Preserved['kind'][] = ['file', 'pipe', 'socket', 'terminal'];

/** The validator is loaded when somebody asks: not every container has a process more. */
const validators = (): Promise<typeof import('../../../oci/validate.ts')> => import('../../../oci/validate.ts');

export async function execOrder(params: unknown): Promise<ExecOrder> {
  const { process, terminal, standIn, preserved } = fieldsOf(params);
  const { validateProcess } = await validators();
  return {
    process: valid<Process>(validateProcess(process)),
    ...(terminal === undefined ? {} : { terminal: sizeOf(terminal) }),
    standIn: flag('standIn', standIn),
    preserved: preservedOrder(preserved),
  };
}

export async function updateOrder(params: unknown): Promise<LinuxResources> {
  const { validateResources } = await validators();
  return valid<LinuxResources>(validateResources(params));
}

function valid<T>({ value, errors: [problem] }: Checked<T>): T {
  if (value !== undefined) return value;
  if (problem === undefined) throw new Error('a value without errors is not there');
  throw new TsrunError('CONFIG_INVALID', problemText(problem), { pointer: problem.pointer });
}
