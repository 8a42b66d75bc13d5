/** The guest shell on a terminal of the emulated kernel: job control, interrupts, prompts; and scripts from standard input. */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { GuestWorld, bin } from './guest-world.ts';

const applets = readFileSync(`${bin}applets.txt`, 'utf8').split('\n').filter(Boolean);
const worlds: GuestWorld[] = [];
const TIMEOUT_MS = 5000;
/** Says when it has the terminal: before that, ^Z and ^C are for the shell. */
const LONG = '(echo running; exec sleep 60)';

function world(): GuestWorld {
  const guest = new GuestWorld();
  worlds.push(guest);
  guest.install('sh');
  guest.install('box');
  for (const applet of applets) guest.vfs.symlink(guest.context, 'box', `/bin/${applet}`);
  return guest;
}

afterEach(() => {
  for (const guest of worlds.splice(0)) guest.kernel.shutdown();
});

/** Types each input once what is expected before it has been shown, and gives the whole screen. */
class Session {
  private readonly terminal;
  private seen = 0;

  constructor(env: readonly string[] = []) {
    this.terminal = world().onTerminal(['/bin/sh'], { env: ['PATH=/bin', 'HOME=/root', 'PS1=$ ', ...env] });
  }

  get screen(): string {
    return this.terminal.screen.text.replaceAll('\r', '');
  }

  get ended(): Promise<number> {
    return this.terminal.ended;
  }

  /** Waits for `text` behind everything that was waited for before. */
  async shows(text: string): Promise<void> {
    const start = Date.now();
    for (;;) {
      const at = this.screen.indexOf(text, this.seen);
      if (at >= 0) {
        this.seen = at + text.length;
        return;
      }
      if (Date.now() - start > TIMEOUT_MS) expect.fail(`not shown: ${JSON.stringify(text)} in ${JSON.stringify(this.screen)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  type(text: string): void {
    this.terminal.tty.input(Buffer.from(text));
  }

  /** At the next prompt. */
  async command(text: string): Promise<void> {
    await this.shows('$ ');
    this.type(`${text}\n`);
    await this.shows(`${text}\n`);
  }
}

describe('the guest shell on a terminal', () => {
  test('prompts with PS1 and PS2 and ends with the status of exit', async () => {
    const shell = new Session(['PS2=more ']);
    await shell.command('for i in 1 2; do');
    await shell.shows('more ');
    shell.type('echo item $i\n');
    await shell.shows('more ');
    shell.type('done\n');
    await shell.shows('item 1\nitem 2\n');
    await shell.command('exit 3');
    expect(await shell.ended).toBe(3 << 8);
  });

  test('stops a job with ^Z, lists it, continues it in the background and the foreground, interrupts it', async () => {
    const shell = new Session();
    await shell.command(LONG);
    await shell.shows('running\n');
    shell.type('\x1a');
    await shell.shows(`[1] + Stopped                    ${LONG}\n`);
    await shell.command('jobs');
    await shell.shows(`[1] + Stopped                    ${LONG}\n`);
    await shell.command('bg');
    await shell.shows(`[1] ${LONG}\n`);
    await shell.command('jobs');
    await shell.shows(`[1] + Running                    ${LONG}\n`);
    await shell.command('fg %?sleep');
    await shell.shows(`${LONG}\n`);
    shell.type('\x03');
    await shell.command('echo "status $?"');
    await shell.shows('status 130\n');
  });

  test('stops a whole pipeline, whose members are one process group', async () => {
    const shell = new Session();
    await shell.command('cat | cat');
    shell.type('through\n');
    await shell.shows('through\nthrough\n');
    shell.type('\x1a');
    await shell.shows('Stopped                    cat | cat\n');
    await shell.command('kill -9 %1; sleep 0.1');
    await shell.shows('[1] + Killed                     cat | cat\n');
  });

  test('says before a prompt that a background job has ended', async () => {
    const shell = new Session();
    await shell.command('(exit 4) &');
    await shell.command('sleep 0.1');
    await shell.shows('[1] + Done(4)                    (exit 4)\n');
  });

  test('^C ends a loop of builtins, and a line that is being typed', async () => {
    const shell = new Session();
    await shell.command('while :; do :; done');
    await new Promise((resolve) => setTimeout(resolve, 50));
    shell.type('\x03');
    await shell.command('echo "status $?"');
    await shell.shows('status 130\n');
    await shell.shows('$ ');
    shell.type('never run');
    await shell.shows('never run');
    shell.type('\x03');
    await shell.command('echo alive');
    await shell.shows('alive\n');
    expect(shell.screen).not.toContain('not found');
  });

  test('an error of a special builtin or of an expansion returns to the prompt', async () => {
    const shell = new Session();
    await shell.command('readonly r=1; r=2; echo not reached');
    await shell.shows('/bin/sh: 1: r: is read only\n');
    await shell.command('echo ${nothing?}; echo not reached');
    await shell.shows('nothing: parameter not set\n');
    await shell.command('fi');
    await shell.shows('Syntax error: "fi" unexpected\n');
    await shell.command('echo "still here"');
    await shell.shows('still here\n');
  });

  test('^D ends it, but not while jobs are stopped', async () => {
    const shell = new Session();
    await shell.command(LONG);
    await shell.shows('running\n');
    shell.type('\x1a');
    await shell.shows('Stopped');
    await shell.shows('$ ');
    shell.type('\x04');
    await shell.shows('You have stopped jobs.\n');
    await shell.shows('$ ');
    shell.type('\x04');
    expect(await shell.ended).toBe((128 + 20) << 8); // of the stopped command, as dash
  });

  test('reads $ENV first', async () => {
    const shell = new Session(['ENV=/nonexistent$(echo >&2 env was expanded)']);
    await shell.shows('env was expanded');
    await shell.shows('$ ');
  });
});

describe('a script on standard input', () => {
  async function run(stdin: string): Promise<string> {
    const { stdout, stderr, status } = await world().run(['/bin/sh'], { stdin });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    return stdout;
  }

  test('is read line by line: read takes the next one', async () => {
    expect(await run('read x\nthe value\necho "<$x>"\n')).toBe('<the value>\n');
  });

  test('is read to the byte: a command gets all that follows its line', async () => {
    expect(await run('echo first; cat\nrest of\nthe input')).toBe('first\nrest of\nthe input');
  });

  test('goes on after a command that took one line', async () => {
    expect(await run('head -n 1 | tr a-z A-Z\nfor the tool\necho for the shell\n')).toMatch(/^FOR THE TOOL\n/);
  });

  test('here-documents and continued lines are taken with the command', async () => {
    expect(await run('cat <<E; read y\nbody\nE\nnext\necho "<$y>" \\\nend\n')).toBe('body\n<next> end\n');
  });
});

test('LINENO is the line, counted from its start in a function', async () => {
  const { stdout } = await world().run(['/bin/sh', '-c', 'echo $LINENO\necho $LINENO\nf() {\necho $LINENO\n}\nf']);
  expect(stdout).toBe('1\n2\n2\n');
});

test('set -o pipefail: the status of a pipeline is that of its last command that failed', async () => {
  const { stdout } = await world().run([
    '/bin/sh',
    '-c',
    'set -o pipefail; (exit 3) | true; echo $?; true | (exit 2) | true; echo $?; true | true; echo $?',
  ]);
  expect(stdout).toBe('3\n2\n0\n');
});
