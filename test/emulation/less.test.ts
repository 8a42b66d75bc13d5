/** less on a terminal of the emulated kernel: what its screen shows. */
import { describe, expect, test } from 'vitest';
import { shell, type Typist } from './typing.ts';

const lines = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}`);

async function less(command: string, files: Readonly<Record<string, string>>, columns = 40): Promise<Typist> {
  const typist = await shell({ columns });
  for (const [name, text] of Object.entries(files)) typist.world.file(`/tmp/${name}`, text);
  typist.type(`cd /tmp; clear; ${command}<enter>`);
  return typist;
}

const hundred = { f: `${lines(1, 100).join('\n')}\n` };

describe('less', () => {
  test('goes forwards and backwards by rows, halves and pages, and to both ends', async () => {
    const typist = await less('less f', hundred);
    await typist.shows(...lines(1, 23), 'f');
    for (const [keys, first, prompt] of [
      ['j', 2, ':'],
      [' ', 25, ':'],
      ['b', 2, ':'],
      ['kk', 1, 'f'],
      ['d', 12, ':'],
      ['u', 1, 'f'],
      ['G', 78, '(END)'],
      ['j ', 78, '(END)'],
      ['<up>', 77, ':'],
      ['50g', 50, ':'],
      ['<home>', 1, 'f'],
      ['<pagedown>', 24, ':'],
      ['5<down>', 29, ':'],
    ] as const) {
      typist.type(keys);
      await typist.shows(...lines(first, first + 22), prompt);
    }
    typist.type('q');
    await typist.until((rows) => rows.at(-1) === '$', 'the prompt of the shell');
    typist.type('stty -a | grep -o " -*echo "<enter>');
    await typist.until((rows) => rows.includes(' echo'), 'an echo');
  });

  test('finds, forwards and backwards, and says what it does not find', async () => {
    const typist = await less('less f', hundred);
    typist.type('/ [34]5$<enter>');
    await typist.shows(...lines(35, 57), ':');
    typist.type('n');
    await typist.shows(...lines(45, 67), ':');
    typist.type('N');
    await typist.shows(...lines(35, 57), ':');
    typist.type('?e 2$<enter>');
    await typist.shows(...lines(2, 24), ':');
    typist.type('/nosuch<enter>');
    await typist.shows(...lines(2, 24), 'Pattern not found');
    typist.type('/a(<enter>');
    await typist.until((rows) => /missing/i.test(rows.at(-1) ?? ''), 'what is wrong with the expression');
  });

  test('wraps long lines by the width of their characters, or cuts them', async () => {
    const text = { f: `${'日本'.repeat(6)}é\tx\n\u{1}end\n` };
    const typist = await less('less f', text, 20);
    await typist.until((rows) => rows.slice(0, 3).join('|') === '日本日本日本日本日本|日本é   x|^Aend', 'wrapped lines');
    typist.type('q');
    const cut = await less('less -SN f', text, 20);
    await cut.until((rows) => rows.slice(0, 2).join('|') === '      1 日本日本日本|      2 ^Aend', 'cut lines');
  });

  test('reads a pipe as it is needed, and files one after another', async () => {
    const pipe = await less('yes word | less', {});
    await pipe.shows(...Array.from({ length: 23 }, () => 'word'), '(standard input)');
    pipe.type('q');
    await pipe.until((rows) => rows.at(-1) === '$', 'the prompt');
    const two = await less('less a b', { a: 'one\n', b: 'two\n' });
    await two.until((rows) => rows[0] === 'one', 'the first');
    two.type(':n');
    await two.until((rows) => rows[0] === 'two', 'the second');
    two.type(':n');
    await two.until((rows) => rows.at(-1) === 'No next file', 'a word');
    two.type(':p');
    await two.until((rows) => rows[0] === 'one', 'the first again');
  });

  test('is cat where there is no terminal, and leaves with -F what fits', async () => {
    const typist = await less('less f | wc -l; less -FX g', { ...hundred, g: 'short\n' });
    await typist.until((rows) => rows.includes('short') && rows.at(-1) === '$', 'the short file');
    expect(typist.raw).toContain('100\r\n');
  });
});
