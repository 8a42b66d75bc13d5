import { describe, expect, it } from 'vitest';
import { programBytes, run } from '../testing/run.ts';

/** More ends than it takes to keep instances, of a module that no other test has run. */
const ENDS = 12;

function countInstances(): { stop(): number } {
  const { Instance } = WebAssembly;
  let count = 0;
  WebAssembly.Instance = new Proxy(Instance, {
    construct(target, args) {
      count++;
      return Reflect.construct(target, args) as WebAssembly.Instance;
    },
  });
  return {
    stop() {
      WebAssembly.Instance = Instance;
      return count;
    },
  };
}

describe('a program in the instance of one that has ended', () => {
  it('finds it as new, however the other ended', async () => {
    const made = countInstances();
    const program = programBytes('processes');
    const ends: readonly (readonly [string, string, number])[] = [
      ['deep', 'deep: 117\n', 0],
      ['trap', '', 4],
      ['setjmp', 'value 3 after 4 times\n', 0],
      ['segv', '', 11],
      ['vfork-blocks', 'child status 42\n', 0],
      ['pipe', 'read 200001 bytes, 0 wrong, child status 3\n', 0],
      ['vfork', 'child: NAME=executed\nshared 2, child status 5\n', 0],
    ];
    for (let round = 0; round < ENDS; round++) {
      for (const [what, stdout, status] of ends) {
        // oxlint-disable-next-line no-await-in-loop -- each in what the one before left
        expect(await run(program, { args: [what] })).toMatchObject({ stdout, status });
      }
    }
    // Without any kept: one a program and one a fork, more than eight a round.
    expect(made.stop()).toBeLessThan(ENDS * 5);
  }, 30_000);
});
