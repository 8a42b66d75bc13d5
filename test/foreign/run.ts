/** `npm run test:foreign -- [--runtime PATH] [runc] [crun] [podman]`: see README.md. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCrun } from './crun.ts';
import { expected } from './expected.ts';
import { runPodman } from './podman.ts';
import { runRunc } from './runc.ts';
import { judge } from './tap.ts';

const suites = { runc: runRunc, crun: runCrun, podman: runPodman };
type Suite = keyof typeof suites;

const args = process.argv.slice(2);
const at = args.indexOf('--runtime');
const runtime = at < 0 ? fileURLToPath(new URL('../../dist/bin/tsrun', import.meta.url)) : resolve(args.splice(at, 2)[1] ?? '');
const wrong = args.find((name) => !Object.hasOwn(suites, name));

if (wrong !== undefined) {
  console.error(`test:foreign: there is no suite ${wrong}, only ${Object.keys(suites).join(', ')}`);
  process.exitCode = 1;
} else if (process.geteuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
  console.log('test:foreign: skipped: it needs root on Debian');
} else if (!existsSync(runtime)) {
  console.error(`test:foreign: ${runtime} is not there: npm run build`);
  process.exitCode = 1;
} else {
  for (const suite of args.length > 0 ? (args as Suite[]) : (Object.keys(suites) as Suite[])) {
    if (!judge(suite, suites[suite](runtime), expected[suite])) process.exitCode = 1;
  }
}
