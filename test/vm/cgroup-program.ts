/** Compiled into the guest: runs the cgroup claims there, one TAP line each. */
import { claims, cleanUp, facts } from '../linux/cgroup-claims.ts';

async function main(): Promise<number> {
  let failed = 0;
  const version = facts.cgroup.mode === 'v2' ? 'v2' : 'v1';
  for (const { name, on, run } of claims) {
    if (on !== undefined && on !== version) continue;
    try {
      const skipped = await run();
      if (typeof skipped === 'string') throw new Error(`skipped: ${skipped}`);
      console.log(`ok - ${name}`);
    } catch (error) {
      failed++;
      console.log(`not ok - ${name}`);
      for (const line of String(error instanceof Error ? error.stack : error).split('\n')) console.log(`# ${line}`);
    }
  }
  await cleanUp();
  console.log(`# ${facts.cgroup.mode}, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exit(await main());
