import { describe, expect, it } from 'vitest';
import { type OptionSpec, parseArguments } from './args.ts';

const SPECS: readonly OptionSpec[] = [
  { flags: '-b, --bundle <dir>', description: '' },
  { flags: '-e, --env <kv>', description: '', repeat: true },
  { flags: '-t, --tty', description: '' },
  { flags: '-d, --detach', description: '' },
  { flags: '--log-format <f>', description: '', initial: 'text' },
  { flags: '--no-subreaper', description: '' },
  { flags: '-r, --resources <file>', description: '' },
  { flags: '--memory <n>', description: '' },
];
const values = (...tokens: string[]): object => parseArguments(tokens, SPECS, false).values;

describe('parseArguments takes what Go programs take', () => {
  it.each([
    [['--bundle', '/b'], { bundle: '/b' }],
    [['--bundle=/b=c'], { bundle: '/b=c' }],
    [['-bundle', '/b'], { bundle: '/b' }],
    [['-bundle=/b'], { bundle: '/b' }],
    [['-b', '/b'], { bundle: '/b' }],
    [['-b=/b'], { bundle: '/b' }],
    [['--bundle='], { bundle: '' }],
    [['-no-subreaper'], { subreaper: false }],
    [['--no-subreaper=false'], { subreaper: true }],
    [['--resources', '-'], { resources: '-' }],
    [['-r', '-'], { resources: '-' }],
    [['--memory', '-1'], { memory: '-1' }],
    [['--tty=true', '--detach=0'], { tty: true, detach: false }],
    [['-td'], { tty: true, detach: true }],
    [['-te', 'A=1'], { tty: true, env: ['A=1'] }],
    [['-e', 'A=1', '--env=B=2'], { env: ['A=1', 'B=2'] }],
    [['-b', '/1', '-b', '/2'], { bundle: '/2' }],
    [[], { logFormat: 'text', subreaper: true, tty: undefined }],
  ])('%j', (tokens, expected) => {
    expect(values(...tokens)).toMatchObject(expected);
  });

  it.each([
    [['--nope'], 'flag provided but not defined: --nope'],
    [['-x=1'], 'flag provided but not defined: -x'],
    [['-tx'], 'flag provided but not defined: -tx'],
    [['-bt', '/b'], 'flag provided but not defined: -bt'],
    [['--bundle'], 'flag needs an argument: --bundle'],
    [['--tty=maybe'], 'invalid boolean value "maybe" for --tty'],
  ])('refuses %j', (tokens, message) => {
    expect(() => values(...tokens)).toThrow(message);
  });
});

describe('positional arguments', () => {
  it('may stand before options, unless the command is greedy: then all behind the first is its own', () => {
    expect(parseArguments(['c1', '-t', 'TERM'], SPECS, false)).toMatchObject({ positional: ['c1', 'TERM'], values: { tty: true } });
    expect(parseArguments(['-t', 'c1', 'ls', '-t', '--', '--nope'], SPECS, true)).toMatchObject({
      positional: ['c1', 'ls', '-t', '--', '--nope'],
      values: { tty: true },
    });
  });

  it('are all that follows --', () => {
    expect(parseArguments(['--', '-t', 'x'], SPECS, false)).toMatchObject({ positional: ['-t', 'x'], values: { tty: undefined } });
  });

  it('may be a lone dash', () => {
    expect(parseArguments(['-'], SPECS, false).positional).toEqual(['-']);
  });
});
