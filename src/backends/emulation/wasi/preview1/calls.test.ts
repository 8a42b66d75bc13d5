/** Preview1 beside the testsuite's claims: listings, polling, preopens, container mode, odd arguments. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Calls } from '../testing/calls.ts';

interface Entry {
  readonly next: bigint;
  readonly type: number;
  readonly name: string;
}

describe('preview1', () => {
  let calls: Calls;
  beforeEach(() => {
    calls = new Calls('memory', false);
  });
  afterEach(() => calls.close());

  const list = (fd: number, room: number, cookie = 0n): { entries: Entry[]; used: number } => {
    const [buffer] = calls.put(new Uint8Array(room));
    expect(calls.call('fd_readdir', fd, buffer, room, cookie, calls.out)).toBe('SUCCESS');
    const used = calls.u32();
    const entries: Entry[] = [];
    for (let at = buffer; at + 24 <= buffer + used;) {
      const length = calls.guest.getU32(at + 16);
      if (at + 24 + length > buffer + used) break;
      const type = calls.guest.u8[at + 20] as number;
      entries.push({ next: calls.guest.getU64(at), type, name: length === 0 ? '' : calls.guest.string(at + 24, length) });
      at += 24 + length;
    }
    return { entries, used };
  };

  it('lists `.`, `..` and all entries with their types, from any cookie and through any buffer', () => {
    calls.at('path_create_directory', 'many');
    const names = Array.from({ length: 30 }, (_, index) => `file-${index}`);
    for (const name of names) calls.open(`many/${name}`, { oflags: 1 });
    calls.symlink('file-1', 'many/link');
    const fd = calls.open('many', { oflags: 2, base: 1 << 14 }) as number;
    const all = list(fd, 8192).entries;
    expect(all.map(({ name }) => name).toSorted()).toEqual(['.', '..', 'link', ...names].toSorted());
    expect(all.slice(0, 2)).toMatchObject([
      { name: '.', type: 3 },
      { name: '..', type: 3 },
    ]);
    expect(all.find(({ name }) => name === 'link')?.type).toBe(7);
    const piecewise: string[] = [];
    for (let cookie = 0n; ;) {
      const { entries, used } = list(fd, 70, cookie);
      if (used === 0) break;
      piecewise.push(...entries.map(({ name }) => name));
      cookie = entries.at(-1)?.next ?? cookie;
    }
    expect(piecewise).toEqual(all.map(({ name }) => name));
    expect(list(fd, 8192, 1000n).used).toBe(0);
    expect(list(fd, 10).used).toBe(10);
  });

  it('shows `/` as the preopened directory and nothing after it', () => {
    expect(calls.call('fd_prestat_get', 3, calls.out)).toBe('SUCCESS');
    expect(calls.u32(4)).toBe(1);
    const [name] = calls.put(new Uint8Array(4));
    expect(calls.call('fd_prestat_dir_name', 3, name, 0)).toBe('NAMETOOLONG');
    expect(calls.call('fd_prestat_dir_name', 3, name, 4)).toBe('SUCCESS');
    expect(calls.guest.string(name, 1)).toBe('/');
    expect(calls.call('fd_prestat_get', 4, calls.out)).toBe('BADF');
    expect(calls.call('fd_prestat_get', 0, calls.out)).toBe('BADF');
  });

  it('lets a program find its preopened directory behind a descriptor that it inherited', () => {
    const file = calls.open('file', { oflags: 1, base: 3 }) as number;
    expect(file).toBe(4);
    calls.guest.sys.dup3(calls.guest.process, 3, 5, true);
    const five = calls.guest.process.descriptors[5];
    const three = calls.guest.process.descriptors[3];
    if (five === undefined || three === undefined) throw new Error('dup3 did nothing');
    five.wasi = three.wasi;
    three.wasi = undefined;
    expect(calls.call('fd_prestat_get', 3, calls.out)).toBe('SUCCESS');
    expect(calls.u32(4)).toBe('/dev/fd/3'.length);
    expect(calls.call('fd_prestat_get', 5, calls.out)).toBe('SUCCESS');
    expect(calls.u32(4)).toBe(1);
  });

  it('resolves absolute symbolic links and `..` inside the container', () => {
    calls.at('path_create_directory', 'a');
    calls.open('target', { oflags: 1 });
    expect(calls.symlink('/target', 'a/absolute')).toBe('SUCCESS');
    expect(calls.open('a/absolute', { follow: true })).toBeTypeOf('number');
    expect(calls.open('a/../../../target')).toBeTypeOf('number');
    const [path, length] = calls.put('/target');
    expect(calls.call('path_filestat_get', -100, 1, path, length, calls.out)).toBe('SUCCESS');
  });

  const subscribe = (
    ...subscriptions: { userdata: bigint; type: number; fd?: number; clock?: number; timeout?: bigint; flags?: number }[]
  ) => {
    const bytes = new Uint8Array(subscriptions.length * 48);
    const view = new DataView(bytes.buffer);
    for (const [index, one] of subscriptions.entries()) {
      view.setBigUint64(index * 48, one.userdata, true);
      view.setUint8(index * 48 + 8, one.type);
      view.setUint32(index * 48 + 16, one.fd ?? one.clock ?? 1, true);
      view.setBigUint64(index * 48 + 24, one.timeout ?? 0n, true);
      view.setUint16(index * 48 + 40, one.flags ?? 0, true);
    }
    const [input] = calls.put(bytes);
    const [events] = calls.put(new Uint8Array(subscriptions.length * 32));
    const error = calls.call('poll_oneoff', input, events, subscriptions.length, calls.out);
    if (error !== 'SUCCESS') return error;
    return Array.from({ length: calls.u32() }, (_, index) => {
      const at = events + index * 32;
      return {
        userdata: calls.guest.getU64(at),
        error: calls.guest.view.getUint16(at + 8, true),
        type: calls.guest.u8[at + 10],
        bytes: Number(calls.guest.getU64(at + 16)),
      };
    });
  };

  it('polls what is ready at once, clocks in the past, and wrong subscriptions', () => {
    const stdout = { userdata: 7n, type: 2, fd: 1 };
    expect(subscribe(stdout)).toMatchObject([{ userdata: 7n, error: 0, type: 2 }]);
    expect(subscribe({ userdata: 1n, type: 0, timeout: 0n })).toMatchObject([{ userdata: 1n, type: 0 }]);
    expect(subscribe({ userdata: 1n, type: 0, timeout: 5n, flags: 1 })).toMatchObject([{ userdata: 1n, type: 0 }]);
    expect(subscribe({ userdata: 2n, type: 1, fd: 99 })).toMatchObject([{ userdata: 2n, error: 8 }]);
    expect(subscribe({ userdata: 3n, type: 9 })).toMatchObject([{ userdata: 3n, error: 28 }]);
    expect(subscribe({ userdata: 4n, type: 0, clock: 2, timeout: 1n })).toMatchObject([{ userdata: 4n, error: 28 }]);
    expect(calls.call('poll_oneoff', 0, 0, 0, calls.out)).toBe('INVAL');
  });

  it('tells how many bytes of a file are left to read', () => {
    const fd = calls.open('file', { oflags: 1, base: 0x0fffffff }) as number;
    calls.write(fd, '0123456789');
    calls.call('fd_seek', fd, 4n, 0, calls.out);
    expect(subscribe({ userdata: 1n, type: 1, fd })).toMatchObject([{ bytes: 6 }]);
  });

  it('waits when nothing is ready and there is time', () => {
    expect(subscribe({ userdata: 1n, type: 1, fd: 0 }, { userdata: 2n, type: 0, timeout: 10_000_000_000n })).toBe('SUSPEND');
  });

  it('gives arguments and environment as C strings', () => {
    expect(calls.call('args_sizes_get', calls.out, calls.out + 4)).toBe('SUCCESS');
    expect([calls.u32(), calls.u32(4)]).toEqual([2, 'program'.length + 1 + 'two words'.length + 1]);
    const [vector] = calls.put(new Uint8Array(8));
    const [buffer] = calls.put(new Uint8Array(64));
    calls.call('args_get', vector, buffer);
    expect(calls.guest.cString(calls.guest.getU32(vector + 4))).toBe('two words');
  });

  it('gathers several buffers into one write and fills several with one read', () => {
    const fd = calls.open('file', { oflags: 1, base: 0x0fffffff }) as number;
    const parts = ['one', '', 'two', 'three'].map((text) => calls.put(text));
    expect(calls.call('fd_write', fd, calls.vector(...parts), 4, calls.out)).toBe('SUCCESS');
    expect(calls.u32()).toBe(11);
    calls.call('fd_seek', fd, 0n, 0, calls.out);
    const [first] = calls.put(new Uint8Array(16));
    calls.call('fd_read', fd, calls.vector([first, 4], [first + 8, 0], [first + 4, 12]), 3, calls.out);
    expect(calls.guest.string(first, calls.u32())).toBe('onetwothree');
  });

  it('reads the vector once: a buffer may lie over it', () => {
    const fd = calls.open('file', { oflags: 1, base: 0x0fffffff }) as number;
    calls.write(fd, `${'\xff'.repeat(8)}tail`);
    calls.call('fd_seek', fd, 0n, 0, calls.out);
    const [other] = calls.put(new Uint8Array(16));
    const [vector] = calls.put(new Uint8Array(16));
    calls.guest.u8.set(new Uint8Array(new Uint32Array([vector, 16, other, 4]).buffer), vector);
    expect(calls.call('fd_read', fd, vector, 2, calls.out)).toBe('SUCCESS');
    expect(calls.u32()).toBe(20);
    expect(calls.guest.string(other, 4)).toBe('tail');
  });

  it('refuses pointers outside the memory, and names that are no UTF-8', () => {
    expect(calls.call('fd_write', 1, 0xfffffff0 | 0, 1, calls.out)).toBe('FAULT');
    expect(calls.call('fd_write', 1, calls.vector([0xfffff000, 0x2000]), 1, calls.out)).toBe('FAULT');
    expect(calls.call('random_get', 4 * 65536 - 1, 2)).toBe('FAULT');
    expect(calls.call('path_unlink_file', 3, ...calls.put(new Uint8Array([0x66, 0xff])))).toBe('ILSEQ');
    expect(calls.at('path_unlink_file', 'a\0b')).toBe('INVAL');
    expect(calls.at('path_unlink_file', 'x'.repeat(5000))).toBe('NAMETOOLONG');
  });

  it('has no sockets', () => {
    expect(calls.call('sock_shutdown', 3, 1)).toBe('NOTSOCK');
    expect(calls.call('sock_shutdown', 99, 1)).toBe('BADF');
  });
});
