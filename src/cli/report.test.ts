import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TsrunError } from '../core/errors.ts';
import { openReport } from './report.ts';

let file: string;
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'tsrun-report-')), 'log');
});
afterEach(() => rmSync(join(file, '..'), { recursive: true }));
const lines = (): string[] => readFileSync(file, 'utf8').trimEnd().split('\n');

describe('the log', () => {
  it('is appended to, 0644, with one JSON object a line in logrus’ shape and our keys behind', () => {
    const report = openReport({ file, format: 'json', debug: false });
    report.warn('first', '/a');
    openReport({ file, format: 'json', debug: false }).error(
      new TsrunError('STEP_FAILED', 'mounting x', { pointer: '/mounts/0', hint: 'do y' }),
    );
    const [first, second] = lines().map((line) => JSON.parse(line) as Record<string, string>);
    expect(first).toMatchObject({ level: 'warning', msg: 'first (config.json /a)' });
    expect(Object.keys(second ?? {})).toEqual(['level', 'msg', 'time', 'code', 'pointer', 'hint']);
    expect(second).toMatchObject({
      level: 'error',
      msg: 'mounting x (config.json /mounts/0)',
      code: 'STEP_FAILED',
      pointer: '/mounts/0',
      hint: 'do y',
    });
    expect(second?.['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(statSync(file).mode & 0o777).toBe(0o644);
  });

  it('has text in logrus’ form', () => {
    openReport({ file, format: 'text', debug: false }).warn('say "x"');
    expect(lines()[0]).toMatch(/^time="[^"]+" level=warning msg="say \\"x\\""$/);
  });

  it('turns any message into one line of bounded length', () => {
    openReport({ file, format: 'json', debug: false }).error(new TsrunError('SYSTEM', `a\nb\u0007${'x'.repeat(10_000)}`));
    expect(lines()).toHaveLength(1);
    const { msg } = JSON.parse(lines()[0] ?? '') as { msg: string };
    expect(msg.startsWith('a; b?xxx')).toBe(true);
    expect(lines()[0]?.length).toBeLessThan(4096);
  });

  it('has debug lines only when asked for', () => {
    openReport({ file, format: 'text', debug: false }).debug('no');
    openReport({ file, format: 'text', debug: true }).debug('yes');
    expect(lines()).toEqual([expect.stringContaining('level=debug msg="yes"')]);
  });

  it('that cannot be opened is an error that names it', () => {
    expect(() => openReport({ file: join(file, 'x', 'y'), format: 'text', debug: false })).toThrow(/^open .*: no such file or directory$/);
  });
});

it('takes a message of a million spaces in no time', () => {
  const began = process.cpuUsage().user;
  openReport({ file, format: 'json', debug: false }).warn(`a${' '.repeat(1_000_000)}x`);
  expect(process.cpuUsage().user - began).toBeLessThan(1_000_000);
  expect(lines()[0]?.length).toBeLessThan(5000);
});
