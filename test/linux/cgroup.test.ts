import { afterAll, describe, test } from 'vitest';
import { claims, cleanUp, facts } from './cgroup-claims.ts';

const version = facts.cgroup.mode === 'v2' ? 'v2' : 'v1';
const usable = process.geteuid?.() === 0 && facts.cgroup.mode !== 'none';

describe(`cgroups of this host (${facts.cgroup.mode})`, () => {
  afterAll(cleanUp);
  for (const { name, on, run } of claims) {
    test(name, async (context) => {
      if (!usable) context.skip('needs root and a cgroup file system');
      if (on !== undefined && on !== version) context.skip(`only on cgroup ${on}`);
      const reason = await run();
      if (typeof reason === 'string') context.skip(reason);
    });
  }
});
