/** Why a program cannot be executed: what engines match on, and the true cause that the kernel's one errno hides. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { blames } from '../helpers/assert.ts';
import { test } from '../helpers/test.ts';

/** The first 64 bytes of an ELF file for another machine, and a dynamic one whose loader is not in the rootfs. */
function elf(machine: number, interpreter?: string): Buffer {
  const name = Buffer.from(interpreter === undefined ? '' : `${interpreter}\0`);
  const headers = interpreter === undefined ? 1 : 2;
  const file = Buffer.alloc(64 + 56 * headers + name.length);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  file.writeUInt16LE(2, 16); // ET_EXEC
  file.writeUInt16LE(machine, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(0x400078n, 24);
  file.writeBigUInt64LE(64n, 32);
  file.writeUInt16LE(64, 52);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(headers, 56);
  const header = (at: number, type: number, offset: number, size: number): void => {
    file.writeUInt32LE(type, at);
    file.writeUInt32LE(5, at + 4);
    file.writeBigUInt64LE(BigInt(offset), at + 8);
    file.writeBigUInt64LE(BigInt(0x400000 + offset), at + 16);
    file.writeBigUInt64LE(BigInt(0x400000 + offset), at + 24);
    file.writeBigUInt64LE(BigInt(size), at + 32);
    file.writeBigUInt64LE(BigInt(size), at + 40);
    file.writeBigUInt64LE(type === 1 ? 0x1000n : 1n, at + 48);
  };
  if (interpreter !== undefined) header(64, 3, 64 + 56 * headers, name.length);
  header(64 + 56 * (headers - 1), 1, 0, file.length);
  name.copy(file, 64 + 56 * headers);
  return file;
}

const x86 = process.arch === 'x64';
const [own, other, otherName] = x86 ? [62, 183, /aarch64|arm64/] : [183, 62, /x86-64|x86_64|amd64/];

interface Case {
  readonly what: string;
  readonly program: string;
  readonly content?: string | Buffer;
  readonly mode?: number;
  readonly directory?: boolean;
  /** What runc's clients look for. */
  readonly words: RegExp;
  /** What tsrun says beyond. */
  readonly cause: RegExp;
}

const cases: readonly Case[] = [
  {
    what: 'an absolute path that does not exist',
    program: '/nope',
    words: /exec: "\/nope": stat \/nope: no such file or directory/,
    cause: /no such file/,
  },
  { what: 'a name that is nowhere in PATH', program: 'nope', words: /exec: "nope": executable file not found in \$PATH/, cause: /PATH/ },
  {
    what: 'a file without execute permission',
    program: '/prog',
    content: '#!/bin/sh\n',
    mode: 0o644,
    words: /permission denied/,
    cause: /0?644/,
  },
  { what: 'a directory', program: '/dir', directory: true, words: /permission denied|is a directory/, cause: /directory/ },
  {
    what: 'a script whose interpreter does not exist',
    program: '/prog',
    content: '#!/nope/interp\n',
    words: /no such file or directory/,
    cause: /\/nope\/interp/,
  },
  {
    what: 'a script with CRLF in its first line',
    program: '/prog',
    content: '#!/bin/sh\r\necho\r\n',
    words: /no such file or directory/,
    cause: /CR/,
  },
  {
    what: 'a dynamic program whose loader is absent',
    program: '/prog',
    content: elf(own, '/lib64/ld-nope.so.2'),
    words: /no such file or directory/,
    cause: /loader.*\/lib64\/ld-nope\.so\.2/,
  },
  { what: 'a program for another machine', program: '/prog', content: elf(other), words: /exec format error/, cause: otherName },
  { what: 'text without a #! line', program: '/prog', content: 'echo hello\n', words: /exec format error/, cause: /#!/ },
  { what: 'an empty file', program: '/prog', content: '', words: /exec format error/, cause: /empty/ },
];

describe('clients.md §4: a program that cannot be executed', () => {
  for (const entry of cases) {
    test(entry.what, async ({ box }) => {
      const bundle = box.bundle('true', { '/process/args': [entry.program] });
      const path = join(bundle.rootfs, entry.program);
      if (entry.directory === true) mkdirSync(path);
      if (entry.content !== undefined) {
        writeFileSync(path, entry.content);
        chmodSync(path, entry.mode ?? 0o755);
      }
      // Some of these runc notices at create already, the others only as the program is executed, at start.
      const failure = await box.fails(['run', '--bundle', bundle.path, bundle.id]);
      const said = `${failure.msg} ${failure.hint ?? ''} ${failure.stderr}`;
      expect(said).toMatch(entry.words);
      expect(said).toMatch(entry.cause);
      expect(failure.code).toBe(1);
      blames(failure, '/process/args');
      expect(box.ids()).toEqual([]);
    });
  }

  for (const [what, env] of [
    ['no PATH', []],
    ['an empty PATH', ['PATH=']],
    ['a PATH of relative entries', ['PATH=.:bin:']],
  ] as const) {
    test(`with ${what} a name without a slash is nowhere`, async ({ box }) => {
      const bundle = box.bundle('true', { '/process/args': ['sh', '-c', 'true'], '/process/env': env });
      const { msg } = await box.fails(['run', '--bundle', bundle.path, bundle.id]);
      expect(msg).toContain('exec: "sh": executable file not found in $PATH');
    });
  }

  test('what is missing at create is an error of create', async ({ box }) => {
    const bundle = box.bundle('true', { '/process/args': ['/nope'] });
    const failure = await box.fails(['create', '--bundle', bundle.path, bundle.id]);
    expect(failure.msg).toMatch(
      /^\w+ create failed: unable to start container process: exec: "\/nope": stat \/nope: no such file or directory/,
    );
  });

  test('what execve refuses at start is an error of start', async ({ box }) => {
    const bundle = box.bundle('true', { '/process/args': ['/prog'] });
    writeFileSync(join(bundle.rootfs, 'prog'), 'echo hello\n', { mode: 0o755 });
    const created = await box.tsrun(['create', '--bundle', bundle.path, bundle.id]);
    if (created.code === 0) expect((await box.tsrun(['start', bundle.id])).code).toBe(1);
    expect(box.ids().length === 0 || (await box.state(bundle.id))['status'] === 'stopped').toBe(true);
  });
});
