import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KernelState } from '../state.ts';
import { World } from '../testing/world.ts';
import { Terminal } from './terminal.ts';

/** Random typing on a pty of Linux 6.18, recorded twice and equal both times: flags, then typed, echoed and read bytes in hex. */
type Recording = readonly [iflag: number, oflag: number, lflag: number, typed: string, echo: string, reads: readonly string[]];
const RECORDED = JSON.parse(readFileSync(new URL('recorded.fixture.json', import.meta.url), 'utf8')) as readonly Recording[];

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('n_tty: the line discipline against what a Linux pty did', () => {
  const { kernel } = new World();
  if (!(kernel instanceof KernelState)) throw new Error('not this kernel');

  it.each(RECORDED.map((row, index) => [index, ...row] as const))('recording %i', (_index, iflag, oflag, lflag, typed, echo, reads) => {
    const terminal = new Terminal(kernel, 0);
    terminal.setTermios({ ...terminal.termios, iflag, oflag, lflag });
    terminal.receive(Buffer.from(typed, 'hex'));
    const screen = new Uint8Array(terminal.output.ring.length);
    terminal.output.ring.take(screen);
    const got: string[] = [];
    const buffer = new Uint8Array(100);
    while (terminal.input.hasLine) got.push(hex(buffer.subarray(0, terminal.input.takeLine(buffer))));
    expect({ screen: hex(screen), reads: got }).toEqual({ screen: echo, reads });
  });
});
