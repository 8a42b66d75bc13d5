import { openSync } from 'node:fs';
import { reasonOf } from '../core/atomic-file.ts';
import type { Log } from '../core/context.ts';
import { TsrunError } from '../core/errors.ts';
import { writeAll } from './output.ts';

export type LogFormat = 'text' | 'json';
type Level = 'debug' | 'warning' | 'error';

/** Extra keys of a JSON line. */
interface Extra {
  readonly code?: string;
  readonly pointer?: string | undefined;
  readonly hint?: string | undefined;
}

/** Engines read the last line of the log; longer ones would be cut there. */
const MESSAGE_MAX = 3500;

/** Where warnings and the final error go: the `--log` file (appended, 0644) or stderr; errors always on stderr too. */
export interface Report extends Log {
  error(error: unknown): void;
}

export function openReport(settings: { readonly file: string | undefined; readonly format: LogFormat; readonly debug: boolean }): Report {
  const file = settings.file === undefined ? undefined : openLog(settings.file);
  const format = settings.format === 'json' ? jsonLine : textLine;
  const line = (level: Level, message: string, extra: Extra = {}): void => {
    const text = format(level, oneLine(message), extra);
    if (file === undefined || !tryWrite(file, text)) tryWrite(2, text); // a full disk must not hide what there is to say
  };
  return {
    debug(message) {
      if (settings.debug) line('debug', message);
    },
    warn(message, pointer) {
      line('warning', withPointer(message, pointer), { pointer });
    },
    error(error) {
      const { code, message, pointer, hint } = explain(error);
      const text = withPointer(message, pointer);
      line('error', text, { code, pointer, hint });
      if (file !== undefined) tryWrite(2, `${oneLine(text)}\n`);
      if (settings.debug && error instanceof Error && error.stack !== undefined) line('debug', error.stack);
    },
  };
}

/** False where it cannot be written: a closed stderr has nobody behind it who could be told. */
function tryWrite(fd: number, text: string): boolean {
  try {
    writeAll(fd, text);
    return true;
  } catch {
    return false;
  }
}

function openLog(file: string): number {
  try {
    return openSync(file, 'a', 0o644);
  } catch (error) {
    throw new TsrunError('USAGE', `open ${file}: ${reasonOf(error)}`, { cause: error });
  }
}

/** Everything that is no TsrunError is a fault of ours or of the system, and says so by its code. */
function explain(error: unknown): {
  readonly code: string;
  readonly message: string;
  readonly pointer?: string | undefined;
  readonly hint?: string | undefined;
} {
  if (error instanceof TsrunError) return error;
  return { code: 'SYSTEM', message: reasonOf(error) };
}

function withPointer(message: string, pointer: string | undefined): string {
  return pointer === undefined || pointer === '' || message.includes(pointer) ? message : `${message} (config.json ${pointer})`;
}

function oneLine(message: string): string {
  // What is cut off is not looked at: spaces before each other take their square in steps.
  const line = message
    .trim()
    .slice(0, 2 * MESSAGE_MAX)
    .replace(/\s*[\r\n]+\s*/g, '; ')
    .replace(/[\u0000-\u001f\u007f]/g, '?'); // eslint-disable-line no-control-regex
  return line.length > MESSAGE_MAX ? `${line.slice(0, MESSAGE_MAX)}…` : line;
}

function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

/** As logrus writes it, with our keys after its own. */
function jsonLine(level: Level, message: string, extra: Extra): string {
  return `${JSON.stringify({ level, msg: message, time: now(), ...extra })}\n`;
}

function textLine(level: Level, message: string, extra: Extra): string {
  const hint = extra.hint === undefined ? '' : ` hint=${JSON.stringify(extra.hint)}`;
  return `time="${now()}" level=${level} msg=${JSON.stringify(message)}${hint}\n`;
}
