/** Line editing of the guest shell: what is typed, what the screen shows then, and what runs. */
import { describe, expect, test } from 'vitest';
import { shell, type Typist } from './typing.ts';

/** Types and runs `echo [LINE]`-like keys; what it prints. */
async function prints(typist: Typist, typed: string, ...expected: readonly string[]): Promise<void> {
  typist.type(`${typed}<enter>`);
  await typist.shows(...expected, '$');
}

describe('keys', () => {
  test.each([
    ['arrows, and characters in the middle', 'echo ad<left>bc', 'abcd'],
    ['backspace and delete', 'echo abXcY<left><left><back><right><delete>', 'abc'],
    ['home and end', 'cho a<home>e<end>b', 'ab'],
    ['^A, ^E, ^B, ^F', 'cho b<^A>e<^E>c<^B><^B>a<^F>-', 'ab-c'],
    ['^K takes the rest, ^Y puts it back', 'echo one two<word-left><^K>x<^Y>', 'one xtwo'],
    ['^U takes the beginning', 'echo lost; echo kept<word-left><word-left><^U>', 'kept'],
    ['^W takes a word between blanks', 'echo a/b c/d <^W>e', 'a/b e'],
    ['alt-backspace takes a word of letters', 'echo a/b c/d<escape><back>e', 'a/b c/e'],
    ['alt-b, alt-f, alt-d', 'echo one two<escape>b<escape>b<escape>dX<escape>f!', 'X two!'],
    ['^T changes two characters', 'echo ba<^T>', 'ab'],
    ['^V takes a key as it is', 'echo "a<^V><tab>b"', 'a       b'],
    ['characters of several bytes', 'echo "äöü日本語"<left><left><left><back><home><right><end>!', 'äöü本語!'],
    ['combining accents go with their letter', 'echo xe\u{301}y<left><back>z', 'xzy'],
    ['keys without a meaning do nothing', 'echo a<pageup><pagedown><^G><escape>zb', 'ab'],
  ])('%s', async (_name, typed, expected) => {
    const typist = await shell();
    typist.type(`${typed}<enter>`);
    await typist.until((rows) => rows.at(-1) === '$' && rows.length >= 3, 'the next prompt');
    expect(typist.rows.at(-2)).toBe(expected);
  });

  test('^L clears the screen and keeps the line', async () => {
    const typist = await shell();
    await prints(typist, 'echo before', 'before');
    typist.type('echo after<^L>');
    await typist.until((rows) => rows.join('\n') === '$ echo after', 'nothing but the line');
    await prints(typist, '', 'after');
  });

  test('^D deletes, and ends the shell on an empty line', async () => {
    const typist = await shell();
    await prints(typist, 'echo axb<left><left><^D>', 'ab');
    typist.type('<^D>');
    expect(await typist.ended).toBe(0);
  });

  test('^C leaves the line, and its status is 130', async () => {
    const typist = await shell();
    typist.type('never run<^C>');
    await typist.shows('$ never run^C', '$');
    await prints(typist, 'echo $?', '130');
  });

  test('^C runs a trap, and asks again', async () => {
    const typist = await shell();
    await prints(typist, 'trap "echo trapped" INT', '$ trap "echo trapped" INT');
    typist.type('never run<^C>');
    await typist.shows('$ never run^C', 'trapped', '$');
    await prints(typist, 'echo next', 'next');
  });

  test('a trap that comes while a line is typed runs, and the line is kept', async () => {
    const typist = await shell();
    await prints(typist, 'trap "echo signalled" USR1', '$ trap "echo signalled" USR1');
    await prints(typist, '(sleep 0.2; kill -USR1 $$) & :', '$ (sleep 0.2; kill -USR1 $$) & :');
    typist.type('echo kept');
    await typist.until((rows) => rows.join('\n').includes('signalled'), 'what the trap prints');
    typist.type('<enter>');
    await typist.until((rows) => rows.includes('kept'), 'what the line prints');
  });

  test('PS1 and PS2 are expanded, may have colours and several lines', async () => {
    const typist = await shell({ env: ['PS1=$PWD\n\u{1b}[32m${LABEL:-none}\u{1b}[0m$ ', 'PS2=more '], ahead: '' });
    await typist.shows('/', 'none$');
    typist.type('LABEL=set<enter>');
    await typist.shows('none$ LABEL=set', '/', 'set$');
    typist.type('cd /tmp &&<enter>echo xx<left><back>');
    await typist.shows('set$ cd /tmp &&', 'more echo x');
    typist.type('<enter>');
    await typist.shows('x', '/tmp', 'set$');
  });
});

describe('the history', () => {
  test('up and down walk through it, and the new line is kept meanwhile', async () => {
    const typist = await shell();
    for (const word of ['one', 'two', 'two', 'three']) await prints(typist, `echo ${word}`, word);
    typist.type('echo new<up>');
    await typist.shows('$ echo three');
    typist.type('<up>');
    await typist.shows('$ echo two');
    typist.type('<up>');
    await typist.shows('$ echo one');
    typist.type('<up>');
    await typist.until((rows) => typist.screen.bells === 1 && rows.at(-1) === '$ echo one', 'the end of the history');
    typist.type('<down><down><down>');
    await typist.shows('$ echo new');
    await prints(typist, '<^P><^P><back><back>hree', 'three');
  });

  test('a command of several lines is one entry', async () => {
    const typist = await shell();
    await prints(typist, 'for i in a b<enter>do echo $i<enter>done', 'a', 'b');
    typist.type('<up>');
    await typist.shows('$ for i in a b', 'do echo $i', 'done');
    await prints(typist, '<home><escape>f<escape>f<escape>f<right><^D>x', 'x', 'b');
  });

  test('^R finds what contains the text, again ^R the one before; ^G goes back', async () => {
    const typist = await shell();
    for (const word of ['alpha-1', 'beta', 'alpha-2', 'gamma']) await prints(typist, `echo ${word}`, word);
    typist.type('<^R>alp');
    await typist.shows("(reverse-i-search)`alp': echo alpha-2");
    typist.type('<^R>');
    await typist.shows("(reverse-i-search)`alp': echo alpha-1");
    typist.type('<^R>');
    await typist.shows("(failed reverse-i-search)`alp': echo alpha-1");
    typist.type('<^G>');
    await typist.shows('$');
    await prints(typist, 'echo <^R>bet<end>!', 'beta!');
    await prints(typist, '<^R>amm', 'gamma');
  });

  test('alt-. inserts the last word of the last command', async () => {
    const typist = await shell();
    await prints(typist, 'echo a /some/path', 'a /some/path');
    await prints(typist, 'echo <escape>.', '/some/path');
  });

  test('fc -l lists, fc -s runs again with a change, fc edits with $FCEDIT', async () => {
    const typist = await shell();
    await prints(typist, 'echo one', 'one');
    await prints(typist, 'echo two', 'two');
    await prints(typist, 'fc -l', '1       echo one', '2       echo two');
    await prints(typist, 'fc -ln 1 1', '        echo one');
    await prints(typist, 'fc -lr', '4       fc -ln 1 1', '3       fc -l', '2       echo two', '1       echo one');
    await prints(typist, 'fc -s two=three echo', 'echo three', 'three');
    await prints(typist, 'fc -s 1', 'echo one', 'one');
    await prints(typist, 'fc -l -2', '6       echo three', '7       echo one');
    await prints(typist, "FCEDIT='sed -i s/one/edited/' fc 1", 'echo edited', 'edited');
    await prints(typist, 'fc -l -1', '9       echo edited');
    await prints(typist, 'fc -s nosuch; echo $?', '/bin/sh: 11: fc: history specification out of range', '1');
    await prints(typist, 'history 2', '   11  fc -s nosuch; echo $?', '   12  history 2');
  });

  test('HISTFILE keeps it from one shell to the next, HISTSIZE limits it', async () => {
    const typist = await shell({ env: ['HISTFILE=/tmp/history', 'HISTSIZE=3'] });
    for (const word of ['one', 'two', 'three']) await prints(typist, `echo ${word}`, word);
    typist.type('sh<enter>');
    await typist.shows('$ sh', '$');
    await prints(typist, 'fc -l', '2       echo two', '3       echo three');
    typist.type('exit<enter>');
    await typist.shows('$ exit', '$');
    typist.type('exit<enter>');
    await typist.ended;
    expect(typist.world.content('/tmp/history')).toBe('echo one\necho two\necho three\nfc -l\nexit\nsh\nexit\n');
  });
});
