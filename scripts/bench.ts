/**
 * `npm run bench`: the emulation backend, then tsrun in both shapes against runc and crun, with the targets of the project.
 *   --quick  few rounds    --json  numbers instead of the table    --emulation  only the emulation backend
 * Measured in a sandbox: its PID 1 reaps at once (the host's may not), and crun does not meet the hybrid cgroup2 tree.
 */
import { buildSync } from 'esbuild';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Sandbox } from '../test/clients/sandbox/sandbox.ts';
import { change, defaultConfig } from '../test/helpers/config.ts';
import { isRoot, repository, which } from '../test/helpers/host.ts';
import { makeRootfs, makeTemplate } from '../test/helpers/rootfs.ts';
import type { Contender, Measured, Orders } from './bench/data.ts';
import { rows, targets, text } from './bench/report.ts';
import { emulationText, measureEmulation } from './bench/emulation.ts';

const { values: flags } = parseArgs({ options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, emulation: { type: 'boolean' } } });

/** Those that are here, each with a state root of its own. */
function contenders(root: string): readonly Contender[] {
  const standalone = join(repository, 'dist/bin/tsrun');
  const cli = join(repository, 'dist/cli.js');
  const all: readonly (readonly [string, readonly (string | undefined)[]])[] = [
    ['tsrun', [existsSync(standalone) ? standalone : undefined]],
    ['tsrun-node', [process.execPath, existsSync(cli) ? cli : undefined]],
    ['runc', [which('runc')]],
    ['crun', [which('crun')]],
  ];
  return all.flatMap(([name, command]) => {
    const words = command.filter((word) => word !== undefined);
    if (words.length === command.length) return [{ name, command: [...words, '--root', `${root}/${name}`] }];
    console.error(`bench: no ${name} here`);
    return [];
  });
}

function bundle(sandbox: Sandbox, name: string, args: readonly string[]): string {
  const path = `${sandbox.dir}/${name}`;
  const outside = sandbox.outside(path);
  makeRootfs(join(outside, 'rootfs'), sandbox.outside(`${sandbox.dir}/template`));
  // No cgroupsPath: containers of one bundle run at the same time, each runtime has its default for them.
  const config = change(defaultConfig('', ''), { '/process/args': args, '/linux/cgroupsPath': undefined });
  writeFileSync(join(outside, 'config.json'), JSON.stringify(config));
  return path;
}

async function measure(): Promise<readonly Measured[]> {
  const sandbox = await Sandbox.start('bench');
  try {
    // crun 1.8 takes a hybrid host for cgroup v2 and fails: without the v2 tree all contenders see v1.
    await sandbox.sh('[ ! -d /sys/fs/cgroup/unified ] || umount /sys/fs/cgroup/unified');
    const outside = sandbox.outside(sandbox.dir);
    makeTemplate(join(outside, 'template'));
    mkdirSync(join(outside, 'state'));
    const worker = `${sandbox.dir}/worker.mjs`;
    const entry = join(repository, 'scripts/bench/worker.ts');
    buildSync({ entryPoints: [entry], outfile: sandbox.outside(worker), bundle: true, platform: 'node', format: 'esm', target: 'node20' });
    const quick = flags.quick === true;
    const many = quick ? 7 : 41;
    const orders: Orders = {
      contenders: contenders(`${sandbox.dir}/state`),
      bundles: { true: bundle(sandbox, 'true', ['/bin/true']), sleep: bundle(sandbox, 'sleep', ['/bin/sleep', '1000']) },
      rounds: { run: many, 'create+start+delete': quick ? 5 : 21, exec: many, state: many, parallel: quick ? 1 : 5 },
      parallel: 100,
    };
    const result = await sandbox.run([process.execPath, worker, JSON.stringify(orders)], { timeout: 900_000 });
    if (result.code !== 0) throw new Error(result.stderr);
    return JSON.parse(result.stdout) as readonly Measured[];
  } finally {
    await sandbox.stop();
  }
}

const quick = flags.quick === true;
const emulation = await measureEmulation(quick);
if (flags.json !== true) process.stdout.write(`The emulation backend\n\n${emulationText(emulation)}\n`);
if (flags.emulation === true || !isRoot) {
  if (flags.json === true) process.stdout.write(`${JSON.stringify({ emulation }, null, 2)}\n`);
  if (!isRoot) console.error('bench: the linux backend is measured as root only');
} else {
  const table = rows(await measure());
  const goals = targets(table);
  process.stdout.write(
    flags.json === true ? `${JSON.stringify({ rows: table, targets: goals, emulation }, null, 2)}\n` : text(table, goals),
  );
}
