/** A plan as text, one instruction a line: golden files, `tsrun plan`. Exact enough that every change of a plan shows. */
import { FLAGS, type Op, OPS } from './ops.ts';

/** `join     unshare  flags=0x6c020000  # /linux/namespaces`. Bytes in hex; long ones by length and hash. */
export function disassemble(ops: readonly Op[]): string {
  return ops.map((op) => `${line(op)}\n`).join('');
}

function line(op: Op): string {
  const words = [op.stage.padEnd(6), op.op.padEnd(15)];
  const values = op as unknown as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(OPS[op.op].args)) words.push(`${name}=${name === 'mode' ? octal(values[name]) : value(values[name])}`);
  if (op.flags !== undefined && op.flags !== 0) words.push(`flags=0x${op.flags.toString(16)}${flagNames(op)}`);
  if (op.n !== undefined && op.n !== 0n)
    words.push(`n=${op.op === 'umask' || op.op === 'mkdir' ? `0${op.n.toString(8)}` : `0x${op.n.toString(16)}`}`);
  if (op.origin !== '') words.push(`# ${op.origin}`);
  return words.join(' ').trimEnd();
}

function octal(of: unknown): string {
  return `0${Number(of).toString(8)}`;
}

function value(of: unknown): string {
  if (of instanceof Uint8Array) return bytes(of);
  return JSON.stringify(of);
}

const SHOWN = 64;

function bytes(of: Uint8Array): string {
  if (of.length > SHOWN) return `<${of.length} bytes, ${fnv1a(of).toString(16).padStart(8, '0')}>`;
  return `<${Array.from(of, (byte) => byte.toString(16).padStart(2, '0')).join('')}>`;
}

function fnv1a(data: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of data) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

/** Names of flag bits of our own; kernel constants stay numbers. */
const OWN_FLAGS: Readonly<Partial<Record<Op['op'], string>>> = {
  openTree: 'TREE_',
  monitor: 'MONITOR_',
  joinCgroup: 'JOIN_CGROUP_',
  idMap: 'MAP_',
  bind: 'BIND_',
  mknod: 'NODE_',
  symlink: 'LINK_',
  pivotRoot: 'PIVOT_',
  console: 'CONSOLE_',
  session: 'SESSION_',
  oomScoreAdj: 'OOM_',
  cpuAffinity: 'AFFINITY_',
  label: 'LABEL_',
  chdir: 'CHDIR_',
  ids: 'IDS_',
  awaitStart: 'START_',
};

function flagNames({ op, flags = 0 }: Op): string {
  const prefix = OWN_FLAGS[op];
  if (prefix === undefined) return '';
  const names = Object.entries(FLAGS).filter(([name, bit]) => name.startsWith(prefix) && (flags & bit) !== 0);
  return `(${names.map(([name]) => name.slice(prefix.length)).join('|')})`;
}
