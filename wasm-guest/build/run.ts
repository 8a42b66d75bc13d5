/**
 * Runs one guest program in a kernel of its own, for trials: `tsx wasm-guest/build/run.ts [--bin DIR] PROGRAM [ARGUMENT...]`.
 * PROGRAM is a file of bin/ without its ending (sh, box, test/signals); sh, box, the names of its tools and probe are installed beside it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { GuestWorld, bin } from '../../test/emulation/guest-world.ts';

const args = process.argv.slice(2);
const folder = args[0] === '--bin' ? (args.splice(0, 2)[1] ?? bin) : bin;
const [name = 'sh', ...rest] = args;
const world = new GuestWorld({ folder });
for (const extra of ['sh', 'box', 'probe']) if (extra !== name && existsSync(`${folder}/${extra}.wasm`)) world.install(extra);
const program = world.install(name);
if (existsSync(`${bin}applets.txt`))
  for (const applet of readFileSync(`${bin}applets.txt`, 'utf8')
    .split(/\s+/)
    .filter((word) => word !== '' && word !== 'sh'))
    world.vfs.symlink(world.context, 'box', `/bin/${applet}`);
const outcome = await world.run([program, ...rest], { stdin: process.stdin.isTTY ? '' : readFileSync(0) });
process.stdout.write(outcome.stdout);
process.stderr.write(outcome.stderr);
console.error(`[wait status ${outcome.status}]`);
world.kernel.shutdown();
