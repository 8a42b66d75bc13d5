/** Somebody who types at the guest shell on a terminal of the emulated kernel, and the screen in front of him. */
import { readFileSync } from 'node:fs';
import { afterEach, expect } from 'vitest';
import type { Tty } from '../../src/backends/emulation/kernel/types.ts';
import { GuestWorld, bin } from './guest-world.ts';
import { ScreenModel } from './screen-model.ts';

const applets = readFileSync(`${bin}applets.txt`, 'utf8').split('\n').filter(Boolean);
const TIMEOUT_MS = 10_000;

/** Keys by name: `<up>` and the like, `<^A>`; all else is itself. */
const NAMED: Readonly<Record<string, string>> = {
  up: '\u{1b}[A',
  down: '\u{1b}[B',
  right: '\u{1b}[C',
  left: '\u{1b}[D',
  home: '\u{1b}[H',
  end: '\u{1b}[F',
  delete: '\u{1b}[3~',
  back: '\u{7f}',
  tab: '\t',
  enter: '\r',
  escape: '\u{1b}',
  'word-left': '\u{1b}[1;5D',
  'word-right': '\u{1b}[1;5C',
  pagedown: '\u{1b}[6~',
  pageup: '\u{1b}[5~',
};
export const keys = (text: string): string =>
  text.replaceAll(/<([a-z-]+|\^.)>/g, (whole, name: string) =>
    name.startsWith('^') ? String.fromCharCode(name.charCodeAt(1) & 0x1f) : (NAMED[name] ?? whole),
  );

export class Typist {
  readonly world = new GuestWorld();
  readonly screen: ScreenModel;
  readonly ended: Promise<number>;
  /** All that the terminal showed. */
  raw = '';
  private readonly tty: Tty;

  constructor(argv: readonly string[], options: { env?: readonly string[]; columns?: number; ahead?: string } = {}) {
    const { world } = this;
    const { columns = 80 } = options;
    world.install('sh');
    world.install('box');
    for (const applet of applets) world.vfs.symlink(world.context, 'box', `/bin/${applet}`);
    this.screen = new ScreenModel(columns);
    const env = ['PATH=/bin', 'HOME=/root', 'PS1=$ ', 'TERM=xterm', ...(options.env ?? [])];
    const { tty, ended } = world.onTerminal(argv, { env, columns });
    this.tty = tty;
    this.ended = ended;
    tty.onOutput((bytes) => {
      const text = Buffer.from(bytes).toString('latin1');
      this.raw += text;
      return true;
    });
    if (options.ahead !== undefined) this.type(options.ahead);
  }

  type(text: string): void {
    const bytes = Buffer.from(keys(text));
    expect(this.tty.input(bytes)).toBe(bytes.length);
  }

  resize(columns: number): void {
    this.screen.columns = columns;
    this.tty.resize(columns, 24);
  }

  private drawn = 0;
  get rows(): string[] {
    this.screen.write(Buffer.from(this.raw.slice(this.drawn), 'latin1').toString());
    this.drawn = this.raw.length;
    return this.screen.rows;
  }

  /** Waits until the screen is so. */
  async until(check: (rows: readonly string[]) => boolean, what: string): Promise<void> {
    for (const start = Date.now(); !check(this.rows);) {
      if (Date.now() - start > TIMEOUT_MS) expect.fail(`${what} is not shown, but:\n${this.rows.join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  shows(...last: readonly string[]): Promise<void> {
    const wanted = last.join('\n');
    return this.until((rows) => rows.slice(-last.length).join('\n') === wanted, JSON.stringify(wanted));
  }
}

const open: Typist[] = [];
afterEach(() => {
  for (const typist of open.splice(0)) typist.world.kernel.shutdown();
});

/** An interactive shell at its first prompt (unless something is typed ahead), shut down after the test. */
export async function shell(options: ConstructorParameters<typeof Typist>[1] = {}): Promise<Typist> {
  const typist = new Typist(['/bin/sh'], options);
  open.push(typist);
  if (options.ahead === undefined) await typist.shows('$');
  return typist;
}
