/** npx tsx test/vm/run.ts SCRIPT [HOSTFILE=GUESTPATH …] [+MODULE …]: runs a shell script in a cgroup v2 guest; its exit code is ours. */
import { readFileSync } from 'node:fs';
import { runGuest } from './guest.ts';
import { VmUnavailable } from './kernel.ts';

async function main([script, ...others]: readonly string[]): Promise<number> {
  if (script === undefined) {
    console.error('usage: npx tsx test/vm/run.ts SCRIPT [HOSTFILE=GUESTPATH ...] [+MODULE ...]');
    return 2;
  }
  const files = others
    .filter((each) => each.includes('='))
    .map((each): [string, string] => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]);
  const modules = others.filter((each) => each.startsWith('+')).map((each) => each.slice(1));
  try {
    const {
      code,
      output,
      console: all,
    } = await runGuest({ script: readFileSync(script, 'utf8'), files: new Map(files), modules, timeoutMs: 300_000, memoryMb: 1024 });
    process.stdout.write(code === undefined ? all : output);
    if (code === undefined) console.error('the guest ended without a result');
    return code ?? 1;
  } catch (error) {
    if (!(error instanceof VmUnavailable)) throw error;
    console.error(`no guest here: ${error.message}`);
    return 77; // "skipped" by the custom of test drivers
  }
}

process.exitCode = await main(process.argv.slice(2));
