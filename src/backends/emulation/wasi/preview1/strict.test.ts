/** What the official wasi-testsuite asserts of preview1, claim by claim, in memory and on an overlay over a host directory. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Calls } from '../testing/calls.ts';
import { RIGHT } from './rights.ts';

const CREAT = 1;
const DIRECTORY = 2;
const EXCL = 4;
const TRUNC = 8;
const RW = RIGHT.FD_READ | RIGHT.FD_WRITE | RIGHT.FD_SEEK | RIGHT.FD_TELL | RIGHT.FD_FDSTAT_SET_FLAGS;
const STAT = RIGHT.FD_FILESTAT_GET | RIGHT.FD_FILESTAT_SET_SIZE | RIGHT.FD_FILESTAT_SET_TIMES | RIGHT.FD_ALLOCATE | RIGHT.FD_ADVISE;

describe.each(['memory', 'overlay'] as const)('strict preview1 on a directory (%s)', (where) => {
  let calls: Calls;
  beforeEach(() => {
    calls = new Calls(where);
  });
  afterEach(() => calls.close());
  const create = (path: string, base = RW | STAT, fdflags = 0): number => calls.open(path, { oflags: CREAT, base, fdflags }) as number;
  const size = (fd: number): number => {
    expect(calls.call('fd_filestat_get', fd, calls.out)).toBe('SUCCESS');
    return Number(calls.u64(32));
  };
  const oneOf = (actual: unknown, ...allowed: string[]): void => expect(allowed).toContain(actual);

  it('opens with a relative path, `.` and `..` inside the directory', () => {
    calls.at('path_create_directory', 'dir');
    calls.at('path_create_directory', 'dir/nested');
    create('dir/nested/file');
    expect(calls.open('dir/.//nested/../../dir/nested/../nested///./file')).toBeTypeOf('number');
    expect(calls.open('dir/nested/')).toBeTypeOf('number');
    expect(calls.open('dir/nested///')).toBeTypeOf('number');
    oneOf(calls.open('/dir/nested/file'), 'PERM', 'NOTCAPABLE');
    oneOf(calls.open('dir/nested/../../../dir/nested/file'), 'PERM', 'NOTCAPABLE');
    oneOf(calls.open('dir/nested/file\0'), 'INVAL', 'ILSEQ', 'NOENT');
    oneOf(calls.open('dir/nested/file/'), 'NOTDIR', 'NOENT');
    oneOf(calls.open('dir/nested/file///'), 'NOTDIR', 'NOENT');
  });

  it('refuses `..` above a directory descriptor that is not the preopened one', () => {
    calls.at('path_create_directory', 'dir');
    create('outside');
    const rights = { base: RIGHT.PATH_OPEN, inheriting: RW, oflags: DIRECTORY };
    const directory = calls.open('dir', rights) as number;
    oneOf(calls.open('../outside', {}, directory), 'PERM', 'NOTCAPABLE');
  });

  it('refuses to make or to follow absolute symbolic links', () => {
    expect(calls.symlink('/', 'link')).not.toBe('SUCCESS');
    expect(calls.symlink('target', 'relative')).toBe('SUCCESS');
    create('target');
    expect(calls.open('relative', { follow: true })).toBeTypeOf('number');
  });

  it('does not follow a symbolic link without SYMLINK_FOLLOW', () => {
    calls.at('path_create_directory', 'target');
    calls.symlink('target', 'link');
    oneOf(calls.open('link', { oflags: DIRECTORY }), 'LOOP', 'NOTDIR');
    oneOf(calls.open('link'), 'LOOP', 'ACCES');
    expect(calls.open('link', { oflags: DIRECTORY, follow: true })).toBeTypeOf('number');
    calls.at('path_unlink_file', 'link');
    calls.at('path_remove_directory', 'target');
    create('target');
    calls.symlink('target', 'link');
    expect(calls.open('link')).toBe('LOOP');
    expect(calls.open('link', { oflags: DIRECTORY, follow: true })).toBe('NOTDIR');
  });

  it('says LOOP for a link to itself and does not create through a dangling one without following', () => {
    calls.symlink('self', 'self');
    expect(calls.open('self')).toBe('LOOP');
    expect(calls.open('self', { follow: true })).toBe('LOOP');
    calls.symlink('nowhere', 'dangling');
    expect(calls.open('dangling', { oflags: DIRECTORY })).toMatch(/LOOP|NOTDIR/);
    expect(calls.open('dangling')).toBe('LOOP');
  });

  it('combines CREAT, EXCL, DIRECTORY and TRUNC as open(2) does', () => {
    create('file');
    expect(calls.open('file', { oflags: CREAT | EXCL })).toBe('EXIST');
    expect(calls.open('missing')).toBe('NOENT');
    expect(calls.open('missing', { oflags: TRUNC })).toBe('NOENT');
    expect(calls.open('missing', { oflags: CREAT | DIRECTORY })).toBe('INVAL');
    calls.at('path_create_directory', 'dir');
    expect(calls.open('dir', { oflags: CREAT | EXCL })).toBe('EXIST');
    expect(calls.open('file', { oflags: DIRECTORY })).toBe('NOTDIR');
  });

  it('truncates with the right on the directory and refuses without it', () => {
    calls.write(create('file'), 'content');
    expect(calls.open('file', { oflags: TRUNC })).toBeTypeOf('number');
    calls.call('path_filestat_get', 3, 0, ...calls.put('file'), calls.out);
    expect(calls.u64(32)).toBe(0n);
    calls.call('fd_fdstat_get', 3, calls.out);
    expect(Number(calls.u64(8)) & RIGHT.FD_FILESTAT_SET_SIZE).toBe(0);
    const base = calls.u64(8) & ~BigInt(RIGHT.PATH_FILESTAT_SET_SIZE);
    expect(calls.call('fd_fdstat_set_rights', 3, base, calls.u64(16))).toBe('SUCCESS');
    oneOf(calls.open('file', { oflags: TRUNC }), 'PERM', 'NOTCAPABLE');
  });

  it('drops rights for good', () => {
    const fd = create('file', RW);
    expect(calls.write(fd, 'abcd')).toBe(4);
    calls.call('fd_fdstat_get', fd, calls.out);
    const base = calls.u64(8);
    expect(calls.call('fd_fdstat_set_rights', fd, base & ~BigInt(RIGHT.FD_READ | RIGHT.FD_WRITE), 0n)).toBe('SUCCESS');
    oneOf(calls.read(fd, 4), 'BADF', 'NOTCAPABLE');
    oneOf(calls.write(fd, 'x'), 'BADF', 'NOTCAPABLE');
    expect(calls.call('fd_fdstat_set_rights', fd, base, 0n)).toBe('NOTCAPABLE');
  });

  it('opens for reading or writing by the rights asked for', () => {
    create('file');
    const reader = calls.open('file', { base: RIGHT.FD_READ }) as number;
    expect(calls.read(reader, 10)).toBe('');
    oneOf(calls.write(reader, 'x'), 'BADF', 'NOTCAPABLE', 'ACCES');
    const writer = calls.open('file', { base: RIGHT.FD_WRITE }) as number;
    oneOf(calls.read(writer, 10), 'BADF', 'NOTCAPABLE', 'ACCES');
    expect(calls.write(writer, 'abc')).toBe(3);
    expect(calls.read(reader, 10)).toBe('abc');
  });

  it('appends, and stops appending when the flag is taken away', () => {
    const fd = create('file', RW | STAT, 1);
    calls.write(fd, 'aaaa');
    calls.call('fd_seek', fd, 0n, 0, calls.out);
    calls.write(fd, 'bbbb');
    calls.call('fd_fdstat_get', fd, calls.out);
    expect(calls.u32(2) & 0xffff).toBe(1);
    expect(calls.call('fd_fdstat_set_flags', fd, 0)).toBe('SUCCESS');
    calls.call('fd_seek', fd, 0n, 0, calls.out);
    calls.write(fd, 'cccc');
    calls.call('fd_seek', fd, 0n, 0, calls.out);
    expect(calls.read(fd, 100)).toBe('ccccbbbb');
  });

  it('seeks and tells, refuses negative positions, and neither on a directory', () => {
    const fd = create('file');
    calls.write(fd, 'x'.repeat(100));
    expect(calls.call('fd_tell', fd, calls.out)).toBe('SUCCESS');
    expect(calls.u64()).toBe(100n);
    calls.call('fd_seek', fd, -50n, 1, calls.out);
    expect(calls.u64()).toBe(50n);
    calls.call('fd_seek', fd, 0n, 0, calls.out);
    expect(calls.call('fd_seek', fd, -2000n, 1, calls.out)).toBe('INVAL');
    calls.call('fd_seek', fd, 1000n, 2, calls.out);
    expect(calls.u64()).toBe(1100n);
    oneOf(calls.call('fd_seek', 3, 0n, 1, calls.out), 'ISDIR', 'BADF', 'NOTCAPABLE');
    oneOf(calls.call('fd_tell', 3, calls.out), 'ISDIR', 'BADF', 'NOTCAPABLE');
  });

  it('reads and writes at positions, through several buffers, and leaves the position alone', () => {
    const fd = create('file');
    const [a] = calls.put('ab');
    const [b] = calls.put('cd');
    expect(calls.call('fd_pwrite', fd, calls.vector([a, 2], [b, 2]), 2, 0n, calls.out)).toBe('SUCCESS');
    expect(calls.u32()).toBe(4);
    const [target] = calls.put(new Uint8Array(8));
    calls.call('fd_pread', fd, calls.vector([target, 3], [target + 3, 5]), 2, 1n, calls.out);
    expect(calls.u32()).toBe(3);
    expect(calls.guest.string(target, 3)).toBe('bcd');
    calls.call('fd_tell', fd, calls.out);
    expect(calls.u64()).toBe(0n);
  });

  it('changes size by set_size and allocate, and by allocate never down', () => {
    const fd = create('file');
    expect(calls.call('fd_filestat_set_size', fd, 100n)).toBe('SUCCESS');
    expect(size(fd)).toBe(100);
    expect(calls.call('fd_advise', fd, 10n, 50n, 0)).toBe('SUCCESS');
    expect(calls.call('fd_advise', fd, 10n, 50n, 6)).toBe('INVAL');
    expect(calls.call('fd_allocate', fd, 10n, 10n)).toBe('SUCCESS');
    expect(size(fd)).toBe(100);
    expect(calls.call('fd_allocate', fd, 90n, 20n)).toBe('SUCCESS');
    expect(size(fd)).toBe(110);
    expect(calls.call('fd_filestat_set_size', fd, 1n)).toBe('SUCCESS');
    expect(size(fd)).toBe(1);
  });

  it('sets times to the nanosecond, and refuses contradicting flags', () => {
    const fd = create('file');
    calls.call('fd_filestat_get', fd, calls.out);
    const [atime, mtime] = [calls.u64(40), calls.u64(48)];
    expect(calls.call('fd_filestat_set_times', fd, 0n, mtime - 100n, 4)).toBe('SUCCESS');
    calls.call('fd_filestat_get', fd, calls.out);
    expect([calls.u64(40), calls.u64(48)]).toEqual([atime, mtime - 100n]);
    const [path, length] = calls.put('file');
    expect(calls.call('path_filestat_set_times', 3, 0, path, length, 0n, 0n, 4 | 8)).toBe('INVAL');
    expect(calls.call('path_filestat_set_times', 3, 0, path, length, 0n, 0n, 1 | 2)).toBe('INVAL');
    expect(calls.call('fd_filestat_set_times', fd, 0n, 0n, 16)).toBe('INVAL');
  });

  it('refuses byte operations on a directory', () => {
    const vector = calls.vector(calls.put('x'));
    for (const name of ['fd_read', 'fd_write']) oneOf(calls.call(name, 3, vector, 1, calls.out), 'ISDIR', 'BADF', 'NOTCAPABLE');
    for (const name of ['fd_pread', 'fd_pwrite']) oneOf(calls.call(name, 3, vector, 1, 0n, calls.out), 'ISDIR', 'BADF', 'NOTCAPABLE');
    oneOf(calls.call('fd_allocate', 3, 0n, 1n), 'ISDIR', 'BADF', 'NOTCAPABLE');
    oneOf(calls.call('fd_filestat_set_size', 3, 0n), 'ISDIR', 'INVAL', 'BADF', 'NOTCAPABLE');
  });

  it('renumbers over another descriptor, which is closed, and keeps flags and rights', () => {
    const from = create('file1', RIGHT.FD_READ | RIGHT.FD_WRITE);
    const to = create('file2', RIGHT.FD_READ | RIGHT.FD_WRITE);
    calls.call('fd_fdstat_get', from, calls.out);
    const before = calls.guest.bytes(calls.out, 24).slice();
    expect(calls.call('fd_renumber', from, to)).toBe('SUCCESS');
    expect(calls.call('fd_close', from)).toBe('BADF');
    calls.call('fd_fdstat_get', to, calls.out);
    expect(calls.guest.bytes(calls.out, 24)).toEqual(before);
    expect(calls.call('fd_renumber', to, from)).toBe('BADF');
  });

  it('renames as rename(2) does', () => {
    const rename = (from: string, to: string): string => calls.call('path_rename', 3, ...calls.put(from), 3, ...calls.put(to));
    calls.at('path_create_directory', 'source');
    calls.at('path_create_directory', 'target');
    expect(rename('source', 'target')).toBe('SUCCESS');
    expect(calls.open('source')).toBe('NOENT');
    create('target/file');
    calls.at('path_create_directory', 'source');
    expect(rename('source', 'target')).toBe('NOTEMPTY');
    expect(rename('source', 'target/file')).toBe('NOTDIR');
    create('file');
    expect(rename('file', 'source')).toBe('ISDIR');
    expect(rename('source/', 'moved/')).toBe('SUCCESS');
    oneOf(rename('file', 'other/'), 'NOTDIR', 'NOENT');
  });

  it('links as link(2) does: not over what exists, not directories, not to a name with a slash', () => {
    const link = (from: string, to: string, lookup = 0): string =>
      calls.call('path_link', 3, lookup, ...calls.put(from), 3, ...calls.put(to));
    create('file');
    expect(link('file', 'link')).toBe('SUCCESS');
    calls.call('path_filestat_get', 3, 0, ...calls.put('link'), calls.out);
    expect(calls.u64(24)).toBe(2n);
    expect(link('file', 'link')).toBe('EXIST');
    expect(link('file', 'file')).toBe('EXIST');
    calls.at('path_create_directory', 'dir');
    oneOf(link('dir', 'dirlink'), 'PERM', 'ACCES');
    expect(link('file', 'new/')).toBe('NOENT');
    calls.symlink('nowhere', 'dangling');
    expect(link('dangling', 'danglinglink')).toBe('SUCCESS');
    oneOf(link('dangling', 'followed', 1), 'INVAL', 'NOENT');
  });

  it('minds trailing slashes when it removes', () => {
    create('file');
    oneOf(calls.at('path_unlink_file', 'file/'), 'NOTDIR', 'NOENT');
    oneOf(calls.at('path_remove_directory', 'file'), 'NOTDIR');
    oneOf(calls.at('path_remove_directory', 'file/'), 'NOTDIR', 'NOENT');
    calls.at('path_create_directory', 'dir');
    oneOf(calls.at('path_unlink_file', 'dir'), 'ISDIR', 'PERM', 'ACCES');
    oneOf(calls.at('path_unlink_file', 'dir/'), 'ISDIR', 'PERM', 'ACCES');
    create('dir/file');
    expect(calls.at('path_remove_directory', 'dir')).toBe('NOTEMPTY');
    calls.at('path_unlink_file', 'dir/file');
    expect(calls.at('path_remove_directory', 'dir/')).toBe('SUCCESS');
    expect(calls.at('path_unlink_file', 'file')).toBe('SUCCESS');
  });

  it('makes no symbolic link under a name with a slash at its end', () => {
    expect(calls.symlink('source', 'name/')).toBe('NOENT');
    calls.at('path_create_directory', 'name');
    expect(calls.symlink('source', 'name/')).toBe('EXIST');
    expect(calls.symlink('source', 'name')).toBe('EXIST');
    create('file');
    expect(calls.symlink('source', 'file/')).toBe('NOTDIR');
    expect(calls.symlink('source', 'file')).toBe('EXIST');
  });

  it('opens a directory with the rights it has, with none and for reading, not for writing', () => {
    calls.call('fd_fdstat_get', 3, calls.out);
    const [base, inheriting] = [Number(calls.u64(8)), Number(calls.u64(16))];
    expect(calls.open('.', { base, inheriting })).toBeTypeOf('number');
    expect(calls.open('.', { base: 0 })).toBeTypeOf('number');
    expect(calls.open('.', { oflags: DIRECTORY, base: RIGHT.FD_READ })).toBeTypeOf('number');
    expect(calls.open('.', { oflags: DIRECTORY, base: RIGHT.FD_READ | RIGHT.FD_WRITE })).toBe('ISDIR');
    create('file');
    expect(calls.open('file', { oflags: DIRECTORY, base: RIGHT.FD_READ | RIGHT.FD_WRITE })).toBe('NOTDIR');
  });

  it('cuts a link that does not fit into the buffer', () => {
    calls.symlink('target', 'link');
    const [buffer] = calls.put(new Uint8Array(16));
    const readlink = (room: number): string =>
      calls.call('path_readlink', 3, ...calls.put('link'), buffer, room, calls.out) === 'SUCCESS'
        ? calls.guest.string(buffer, calls.u32())
        : '';
    expect(readlink(16)).toBe('target');
    expect(readlink(4)).toBe('targ');
  });

  it('uses a file after its name is gone', () => {
    const fd = create('file');
    calls.write(fd, 'still here');
    calls.at('path_unlink_file', 'file');
    calls.call('fd_seek', fd, 0n, 0, calls.out);
    expect(calls.read(fd, 20)).toBe('still here');
  });

  it('says of what is no socket that it is none', () => {
    for (const name of ['sock_shutdown', 'sock_accept']) {
      expect(calls.call(name, create('file'), 1, calls.out)).toBe('NOTSOCK');
      expect(calls.call(name, 99, 1, calls.out)).toBe('BADF');
    }
  });

  it('gives directories no right to seek, whatever was asked for', () => {
    calls.at('path_create_directory', 'dir');
    const fd = calls.open('dir', { oflags: DIRECTORY, base: RIGHT.FD_SEEK }) as number;
    calls.call('fd_fdstat_get', fd, calls.out);
    expect(calls.guest.u8[calls.out]).toBe(3);
    expect(Number(calls.u64(8)) & RIGHT.FD_SEEK).toBe(0);
    expect(calls.open('dir/x', {}, create('plain'))).toBe('NOTDIR');
  });
});
