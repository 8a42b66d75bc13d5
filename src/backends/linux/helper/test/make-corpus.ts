/** Writes the seeds of the fuzzer into test/corpus: `npx tsx src/backends/linux/helper/test/make-corpus.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FLAGS, type Op } from '../../../../plan/ops.ts';
import { encode } from '../../encode.ts';

const process: readonly Op[] = [
  { op: 'awaitStart', stage: 'init', origin: '', argv: ['sh'], env: ['PATH=/bin'], flags: FLAGS.START_NOW },
  { op: 'exec', stage: 'init', origin: '', argv: ['sh'], env: ['PATH=/bin'], n: 2n },
];
const seeds: Record<string, readonly Op[]> = {
  empty: [],
  host: [{ op: 'deviceFilter', stage: 'host', origin: '', path: '/sys/fs/cgroup/x', program: new Uint8Array(16) }],
  process,
  create: [
    { op: 'startSocket', stage: 'host', origin: '', dir: '/run/x' },
    { op: 'unshare', stage: 'join', origin: '', flags: 0x20000 },
    { op: 'netDevice', stage: 'parent', origin: '', name: 'eth0', newName: '' },
    { op: 'rootfs', stage: 'setup', origin: '', path: '/rootfs' },
    { op: 'mount', stage: 'setup', origin: '', target: '/proc', source: 'proc', fstype: 'proc', data: '' },
    { op: 'bind', stage: 'setup', origin: '', target: '/x', source: '/y', attrs: new Uint8Array(40) },
    { op: 'mknod', stage: 'setup', origin: '', path: '/dev/null', mode: 0o020666, uid: 0, gid: 0, n: 0x103n },
    { op: 'hook', stage: 'setup', origin: '', path: '/h', argv: ['h', 'x'], env: ['A=1'], state: ['{"pid":', '}'] },
    { op: 'rlimit', stage: 'init', origin: '', resource: 7, limits: new Uint8Array(16) },
    { op: 'capabilities', stage: 'init', origin: '', sets: new Uint8Array(40) },
    { op: 'seccomp', stage: 'init', origin: '', filter: new Uint8Array(24), listener: '', state: [] },
    ...process,
  ],
};

const dir = fileURLToPath(new URL('corpus/', import.meta.url));
mkdirSync(dir, { recursive: true });
for (const [name, ops] of Object.entries(seeds)) writeFileSync(`${dir}${name}.plan`, encode(ops));
