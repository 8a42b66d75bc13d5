/** Our own calls, called as a guest does. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Calls } from '../testing/calls.ts';
import { tsrun } from './index.ts';

const AT_FDCWD = -100;

describe('the import module tsrun', () => {
  let calls: Calls;
  beforeEach(() => {
    calls = new Calls('memory', false);
  });
  afterEach(() => calls.close());

  it('has every call that the guests header declares', () => {
    const header = readFileSync(new URL('../../../../../wasm-guest/libc/include/tsrun/syscalls.h', import.meta.url), 'utf8');
    const declared = [...header.matchAll(/^TSRUN_CALL\((\w+)\)/gm)].map(([, name]) => name);
    expect(declared.length).toBeGreaterThan(50);
    expect(new Set(declared)).toEqual(new Set(Object.keys(tsrun)));
  });

  it('stats with Linux modes and owners', () => {
    const [path, length] = calls.put('/hello');
    expect(calls.call('path_stat', AT_FDCWD, path, length, 0, calls.out)).toBe('SUCCESS');
    expect(calls.u32(16)).toBe(0o100755);
    expect(calls.u32(20)).toBe(1);
    expect(calls.call('path_chmod', AT_FDCWD, path, length, 0o600, 0)).toBe('SUCCESS');
    expect(calls.call('path_chown', AT_FDCWD, path, length, 5, -1, 0)).toBe('SUCCESS');
    calls.call('path_stat', AT_FDCWD, path, length, 0, calls.out);
    expect([calls.u32(16) & 0o777, calls.u32(24), calls.u32(28)]).toEqual([0o600, 5, 0]);
  });

  it('says what a descriptor is with an empty path, and ENOENT without the flag', () => {
    expect(calls.call('path_stat', 3, 0, 0, 0x1000, calls.out)).toBe('SUCCESS');
    expect(calls.u32(16) & 0o170000).toBe(0o040000);
    expect(calls.call('path_stat', 3, 0, 0, 0, calls.out)).toBe('NOENT');
  });

  it('gives the working directory and its length, or RANGE', () => {
    const [buffer] = calls.put(new Uint8Array(16));
    calls.guest.setU32(calls.out, 16);
    expect(calls.call('chdir', ...calls.put('/dir'))).toBe('SUCCESS');
    expect(calls.call('getcwd', buffer, calls.out)).toBe('SUCCESS');
    expect(calls.guest.string(buffer, calls.u32())).toBe('/dir');
    calls.guest.setU32(calls.out, 2);
    expect(calls.call('getcwd', buffer, calls.out)).toBe('RANGE');
  });

  it('makes pipes, which carry bytes, and duplicates with close-on-exec', () => {
    expect(calls.call('fd_pipe2', calls.out, calls.out + 4, 0o2000000)).toBe('SUCCESS');
    const [read, write] = [calls.u32(), calls.u32(4)];
    expect(calls.write(write, 'through')).toBe(7);
    expect(calls.read(read, 20)).toBe('through');
    expect(calls.call('fd_dup_from', read, 20, 0, calls.out)).toBe('SUCCESS');
    expect(calls.u32()).toBe(20);
    calls.call('fd_flags_get', read, calls.out, calls.out + 4);
    expect(calls.u32(4)).toBe(1);
    calls.call('fd_flags_get', 20, calls.out, calls.out + 4);
    expect(calls.u32(4)).toBe(0);
    expect(calls.call('fd_write', 99, 0, 0, calls.out)).toBe('BADF');
  });

  it('polls descriptors and ignores negative ones', () => {
    const fds = new DataView(new ArrayBuffer(16));
    fds.setInt32(0, -1, true);
    fds.setInt32(8, 1, true);
    fds.setInt16(12, 4, true);
    const [pointer] = calls.put(new Uint8Array(fds.buffer));
    expect(calls.call('fd_poll', pointer, 2, -1n, 0, calls.out)).toBe('SUCCESS');
    expect(calls.u32()).toBe(1);
    expect(calls.guest.view.getInt16(pointer + 14, true)).toBe(4);
  });

  it('names the system', () => {
    expect(calls.call('sys_uname', calls.out)).toBe('SUCCESS');
    expect([0, 65, 260].map((field) => calls.guest.cString(calls.out + field))).toEqual(['Linux', 'test', 'wasm32']);
  });

  it('cannot fork where the engine keeps no stacks', () => {
    expect(calls.call('proc_fork', 1, calls.out)).toBe('NOSYS');
  });
});
