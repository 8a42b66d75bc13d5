/** The line editor and its terminal: rows, window sizes, completion, modes, what was typed ahead. */
import { describe, expect, test } from 'vitest';
import { randomFrom } from './random-scripts.ts';
import { shell } from './typing.ts';

/** Rows of a text behind the prompt `$ `, as a terminal wraps them. */
function wrapped(text: string, columns: number): string[] {
  const rows: string[] = [];
  let row = '';
  let used = 0;
  for (const character of `$ ${text}`) {
    const width = (character.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
    if (used + width > columns) {
      rows.push(row.trimEnd());
      row = '';
      used = 0;
    }
    row += character;
    used += width;
  }
  rows.push(row.trimEnd());
  while (rows.length > 1 && rows.at(-1) === '') rows.pop();
  return rows;
}

describe('the screen', () => {
  test('a line that is longer than a row wraps, and can be edited in each of its rows', async () => {
    const typist = await shell({ columns: 20 });
    typist.type('echo aaaaaaaaaabbbbbbbbbbcccccccccc');
    await typist.shows('$ echo aaaaaaaaaabbb', 'bbbbbbbcccccccccc');
    typist.type('<home><right><right><right><right><right>X');
    await typist.shows('$ echo Xaaaaaaaaaabb', 'bbbbbbbbcccccccccc');
    typist.type('<end><^W>short');
    await typist.shows('$ echo short');
    typist.type('<enter>');
    await typist.shows('short', '$');
  });

  test('a line that just fills its row', async () => {
    const typist = await shell({ columns: 20 });
    typist.type('echo 1234567890123');
    await typist.shows('$ echo 1234567890123');
    expect(typist.screen.cursor).toEqual([1, 0]);
    typist.type('<back>');
    await typist.shows('$ echo 123456789012');
    expect(typist.screen.cursor).toEqual([0, 19]);
    typist.type('3<enter>');
    await typist.shows('$ echo 1234567890123', '1234567890123', '$');
  });

  test('a new window size lays the line out anew', async () => {
    const typist = await shell({ columns: 40 });
    typist.type('echo aaaaaaaaaabbbbbbbbbb<left><left>');
    await typist.shows('$ echo aaaaaaaaaabbbbbbbbbb');
    typist.resize(20);
    await typist.shows('$ echo aaaaaaaaaabbb', 'bbbbbbb');
    typist.type('-');
    await typist.shows('$ echo aaaaaaaaaabbb', 'bbbbb-bb');
  });

  test('what a command left without a newline stays before the prompt', async () => {
    const typist = await shell();
    typist.type('printf word<enter>');
    await typist.shows('$ printf word', 'word$');
    typist.type('echo ac<left>b');
    await typist.shows('word$ echo abc');
  });

  test.each(Array.from({ length: 12 }, (_, index) => index + 1))('shows the line as it is, whatever keys come: %i', async (seed) => {
    const random = randomFrom(seed);
    const columns = 8 + random(30);
    const typist = await shell({ columns });
    const characters = [...'abc def gh ijk', 'é', '日', '本', ' '];
    let line: string[] = [];
    let at = 0;
    for (let count = 150; count > 0; count--) {
      const choice = random(12);
      if (choice < 7) {
        const character = characters[random(characters.length)] ?? ' ';
        line.splice(at++, 0, character);
        typist.type(character);
      } else if (choice === 7) {
        typist.type('<left>');
        at = Math.max(0, at - 1);
      } else if (choice === 8) {
        typist.type('<right>');
        at = Math.min(line.length, at + 1);
      } else if (choice === 9) {
        typist.type('<back>');
        if (at > 0) line.splice(--at, 1);
      } else if (choice === 10) {
        const start = random(2) === 0;
        typist.type(start ? '<home>' : '<end>');
        at = start ? 0 : line.length;
      } else if (random(4) === 0) {
        typist.type('<^K>');
        line = line.slice(0, at);
      }
      if (random(10) === 0) {
        const wanted = wrapped(line.join(''), columns);
        await typist.until((rows) => rows.join('\n') === wanted.join('\n'), JSON.stringify(wanted));
      }
    }
    const wanted = wrapped(line.join(''), columns);
    await typist.until((rows) => rows.join('\n') === wanted.join('\n'), JSON.stringify(wanted));
  });
});

describe('completion', () => {
  test.each([
    ['a command', 'hea<tab>', '$ head'],
    ['a builtin', 'unal<tab>', '$ unalias'],
    ['a command behind another', 'true && ( hea<tab>', '$ true && ( head'],
    ['a command behind a word of the language and an assignment', 'if A=1 unal<tab>', '$ if A=1 unalias'],
    ['a file as argument', 'head /etc/pas<tab>x', '$ head /etc/passwd x'],
    ['a folder, which goes on', 'head /et<tab>pas<tab>x', '$ head /etc/passwd x'],
    ['as far as it is clear', 'head /dir/al<tab>x', '$ head /dir/alphax'],
    ['characters that mean something', 'head /dir/wi<tab>x', '$ head /dir/with\\ blank\\$ x'],
    ['in double quotes', 'head "/dir/wi<tab>x', '$ head "/dir/with blank\\$" x'],
    ['in single quotes', "head '/dir/wi<tab>x", "$ head '/dir/with blank$' x"],
    ['behind a redirection', 'echo >/etc/pas<tab>x', '$ echo >/etc/passwd x'],
    ['behind an equals sign', 'dd if=/etc/pas<tab>x', '$ dd if=/etc/passwd x'],
    ['in the home folder', 'head ~/no<tab>x', '$ head ~/notes x'],
    ['behind a variable', 'head $HOME/no<tab>x', '$ head $HOME/notes x'],
    ['a variable', 'echo $HISTFI<tab>x', '$ echo $HISTFILEx'],
    ['a variable in braces', 'echo ${HISTFI<tab>x', '$ echo ${HISTFILE}x'],
    ['only folders for cd', 'cd /dir/<tab>x', '$ cd /dir/sub/x'],
    ['only programs as a command', '/dir/a<tab>x', '$ /dir/alpha.sh x'],
    ['in a command substitution', 'echo "$(hea<tab>', '$ echo "$(head'],
    ['nothing', 'head /dir/nosuch<tab>x', '$ head /dir/nosuchx'],
  ])('%s', async (_name, typed, expected) => {
    const typist = await shell({ env: ['HISTFILE=/tmp/history'] });
    const { world } = typist;
    world.vfs.mkdir(world.context, '/dir', 0o755);
    world.vfs.mkdir(world.context, '/dir/sub', 0o755);
    world.file('/dir/alpha.sh', '', 0o755);
    world.file('/dir/alphabet', '');
    world.file('/dir/with blank$', '');
    world.file('/root/notes', '');
    typist.type(typed);
    await typist.shows(expected);
  });

  test('the second tab lists what could be meant', async () => {
    const typist = await shell({ columns: 30 });
    typist.type('sha<tab><tab>');
    await typist.shows('sha1sum    sha384sum', 'sha224sum  sha512sum', 'sha256sum', '$ sha');
    typist.type('5<tab></dev/null<enter>');
    await typist.until((rows) => rows.some((row) => row.startsWith('cf83e1357eefb8bd')), 'the sum of nothing');
  });
});

describe('the terminal', () => {
  test('commands have it as it was, and the next line is edited again', async () => {
    const modes = async (env: readonly string[]): Promise<string[]> => {
      const typist = await shell({ env });
      typist.type('stty -a; echo end<enter>');
      await typist.shows('end', '$');
      return typist.rows.slice(1);
    };
    expect(await modes(['TERM=xterm'])).toEqual(await modes(['TERM=dumb']));
  });

  test('a mode that a command sets stays, but not that of one that a signal ends', async () => {
    const typist = await shell();
    typist.type('stty -icanon -echo min 3; stty -a | grep -o " min = [0-9]*\\| -icanon\\| -echo "<enter>');
    await typist.shows(' min = 3', ' -icanon', ' -echo', '$');
    typist.type('stty sane<enter>');
    await typist.shows('$ stty sane', '$');
    typist.type("sh -c 'stty -echo; kill -9 $$'<enter>");
    await typist.shows('Killed', '$');
    typist.type('stty -a | grep -o " -*echo "<enter>');
    await typist.shows(' echo', '$');
  });

  test('lines that are typed ahead are for whom they come: commands, and then the shell', async () => {
    const typist = await shell();
    typist.type(
      `sleep 0.3; read line; echo "<$line>"; sh -c 'read line; echo "$line"'<enter>for read<enter>for sh<enter>echo for the shell<enter>`,
    );
    await typist.shows('<for read>', 'for sh', '$ echo for the shell', 'for the shell', '$');
  });

  test('what was typed before the first prompt is read, and its end of file ends the shell', async () => {
    const typist = await shell({ ahead: 'echo early\n\u{4}' });
    await typist.ended;
    expect(typist.rows).toContain('early');
  });

  test('a paste of many lines runs them all', async () => {
    const typist = await shell();
    typist.type(Array.from({ length: 100 }, (_, line) => `echo ${line}\n`).join(''));
    await typist.shows('98', '$ echo 99', '99', '$');
  });

  test('a line of 3000 characters', async () => {
    const typist = await shell();
    typist.type(`echo ${'x'.repeat(3000)} | wc -c<enter>`);
    await typist.shows('3001', '$');
  });

  test.each(['TERM=dumb', 'TERM='])('is left alone with %s', async (term) => {
    const typist = await shell({ env: [term] });
    typist.type('echo a<left>b\n');
    await typist.until((rows) => rows.length > 2, 'the next prompt');
    expect(typist.raw).toContain('$ echo a^[[Db\r\n');
  });

  test('set +o emacs leaves it alone, set -o emacs edits again', async () => {
    const typist = await shell();
    typist.type('set +o emacs<enter>');
    await typist.shows('$ set +o emacs', '$');
    typist.type('echo a\u{1}\n');
    await typist.until((rows) => rows.includes('$ echo a^A') && rows.at(-1) === '$', 'the control character');
    typist.type('set -o emacs\n');
    await typist.shows('$ set -o emacs', '$');
    typist.type('cho b<^A>e<enter>');
    await typist.shows('$ echo b', 'b', '$');
  });

  test('standard input that is no terminal is read as it comes', async () => {
    const typist = await shell();
    typist.type('echo "echo a" | sh -i 2>&1 | cat -v<enter>');
    await typist.until((rows) => rows.length > 2 && rows.at(-1) === '$', 'the next prompt');
    expect(typist.rows).toContain('$ a');
    expect(typist.raw).not.toContain('^[[');
  });
});
