import { beforeEach, describe, expect, it } from 'vitest';
import { memoryFileSystem, pseudoFileSystem, type PseudoEntry } from './index.ts';
import { Box, outcome } from './test-kit.ts';
import { MS_RDONLY, O_RDONLY, O_TRUNC, O_WRONLY, S_IFCHR } from './types.ts';

let box: Box;
let tasks: Map<string, { uid: number }>;
let uptime = 0;
let hostname = 'box';

const task = (name: string): PseudoEntry | undefined => {
  const found = tasks.get(name);
  if (found === undefined) return undefined;
  return {
    kind: 'directory',
    key: found,
    get uid() {
      return found.uid;
    },
    entries: {
      status: { kind: 'file', read: () => `uid ${found.uid}\n` },
      cwd: { kind: 'link', target: () => '/home', magic: () => box.at('/home') },
      exe: { kind: 'link', target: () => '/gone (deleted)', magic: () => box.at('/none') },
    },
  };
};

beforeEach(() => {
  box = new Box(memoryFileSystem({ mode: 0o755 }));
  for (const path of ['/proc', '/home', '/home/sub']) box.mkdir(path);
  tasks = new Map([
    ['1', { uid: 0 }],
    ['7', { uid: 7 }],
  ]);
  const proc = pseudoFileSystem({
    type: 'proc',
    magic: 0x9fa0,
    root: {
      kind: 'directory',
      entries: {
        uptime: { kind: 'file', read: () => `${++uptime}\n` },
        self: { kind: 'link', target: () => '7' },
        null: { kind: 'device', mode: S_IFCHR | 0o666, rdev: 259 },
        sys: {
          kind: 'directory',
          entries: {
            hostname: { kind: 'file', read: () => hostname, write: (bytes) => void (hostname = Buffer.from(bytes).toString()) },
          },
        },
      },
      list: () => tasks.keys(),
      lookup: task,
    },
  });
  box.vfs.mount(proc, box.at('/proc'), { flags: 0, source: 'proc' });
});

describe('a pseudo file system', () => {
  it('lists fixed and computed entries', () => {
    expect(box.list('/proc')).toEqual(['1', '7', 'null', 'self', 'sys', 'uptime']);
    expect(box.stat('/proc').mode).toBe(0o040555);
    expect(box.stat('/proc/uptime')).toMatchObject({ mode: 0o100444, size: 0 });
    expect(box.stat('/proc/null')).toMatchObject({ mode: S_IFCHR | 0o666, rdev: 259 });
  });

  it('makes the content when it is read, once for each pass', () => {
    const file = box.open('/proc/uptime').inode.openSpecial!(O_RDONLY);
    const buffer = Buffer.alloc(1);
    const first = [file.readAt(0, buffer), buffer.toString(), file.readAt(1, buffer), file.readAt(2, buffer)];
    const second = [file.readAt(0, buffer), buffer.toString()];
    expect(first).toEqual([1, String(uptime - 1), 1, 0]);
    expect(second).toEqual([1, String(uptime)]);
  });

  it('passes writes on, takes O_TRUNC, and refuses to open for writing what has no writer', () => {
    const { inode } = box.open('/proc/sys/hostname', O_WRONLY | O_TRUNC);
    inode.openSpecial!(O_WRONLY).writeAt(0, Buffer.from('renamed'));
    expect(hostname).toBe('renamed');
    expect(outcome(() => box.at('/proc/uptime').inode.openSpecial!(O_WRONLY))).toBe('EACCES');
  });

  it('gives one inode while the key is the same, another for another', () => {
    const one = box.at('/proc/7').inode;
    expect(box.at('/proc/self').inode).toBe(one);
    expect(box.stat('/proc/7').uid).toBe(7);
    tasks.get('7')!.uid = 8;
    expect(box.stat('/proc/7').uid).toBe(8);
    tasks.set('7', { uid: 9 });
    expect(box.at('/proc/7').inode).not.toBe(one);
    tasks.delete('7');
    expect(outcome(() => box.at('/proc/7'))).toBe('ENOENT');
    expect(outcome(() => box.at('/proc/self/status'))).toBe('ENOENT');
  });

  it('forgets processes that are gone, though nobody asks for them again', () => {
    const asked: string[] = [];
    let live = '';
    const fileSystem = pseudoFileSystem({
      type: 'proc',
      magic: 0x9fa0,
      root: {
        kind: 'directory',
        lookup: (name) => {
          asked.push(name);
          return name === live ? { kind: 'directory', key: name } : undefined;
        },
      },
    });
    for (let pid = 0; pid < 1000; pid++) expect(fileSystem.root.lookup((live = String(pid)))).toBeDefined();
    // Each was looked up once by us and at most once by a sweep, which drops it.
    expect(asked.length).toBeGreaterThan(1000);
    expect(asked.length).toBeLessThan(2100);
    expect(asked.filter((name) => name === '0').length).toBe(2);
  });

  it('magic links lead to objects, and on from there', () => {
    expect(box.vfs.readlink(box.context, '/proc/1/cwd')).toBe('/home');
    expect(box.pathOf('/proc/1/cwd')).toBe('/home');
    expect(box.pathOf('/proc/1/cwd/')).toBe('/home');
    expect(box.pathOf('/proc/1/cwd/sub/..')).toBe('/home');
    expect(box.pathOf('/proc/1/cwd/..')).toBe('/');
    expect(outcome(() => box.at('/proc/1/exe'))).toBe('ENOENT');
    expect(outcome(() => box.in('/proc').as({ beneath: true }).at('1/cwd'))).toBe('ENOTCAPABLE');
    expect(
      outcome(() =>
        box
          .in('/proc')
          .as({ beneath: true, cwd: box.at('/proc') })
          .at('1/cwd'),
      ),
    ).toBe('ENOTCAPABLE');
  });

  it('a magic link to a file opens it with its own path, O_CREAT or not', () => {
    box.write('/home/f', 'text');
    const location = box.open('/home/f');
    location.inode.acquire();
    const fds = pseudoFileSystem({
      type: 'proc',
      magic: 0x9fa0,
      root: { kind: 'directory', entries: { 3: { kind: 'link', target: () => '/home/f (deleted)', magic: () => location } } },
    });
    box.mkdir('/fd');
    box.vfs.mount(fds, box.at('/fd'), { flags: 0, source: 'proc' });
    box.unlink('/home/f');
    expect(box.open('/fd/3', 0o100).inode).toBe(location.inode);
    expect(box.read('/fd/3')).toBe('text');
    expect(box.vfs.pathOf(box.at('/fd/3'))).toBe('/home/f (deleted)');
    expect(outcome(() => box.at('/fd/3/'))).toBe('ENOTDIR');
  });

  it('takes no new entries and no new attributes', () => {
    const attempts = [
      () => box.mkdir('/proc/x'),
      () => box.write('/proc/x', ''),
      () => box.unlink('/proc/uptime'),
      () => box.rmdir('/proc/sys'),
      () => box.rename('/proc/uptime', '/proc/x'),
      () => box.chmod('/proc/uptime', 0o777),
      () => box.chown('/proc/uptime', 1, 1),
    ];
    expect(attempts.map(outcome)).toEqual(attempts.map(() => 'EPERM'));
  });

  it('can be covered and bound over: masked and read-only paths', () => {
    box.write('/null', '');
    box.vfs.bind(box.at('/null'), box.at('/proc/uptime'), { flags: 0, recursive: false });
    expect(box.read('/proc/uptime')).toBe('');
    const sys = box.vfs.bind(box.at('/proc/sys'), box.at('/proc/sys'), { flags: 0, recursive: false });
    box.vfs.remount(sys, MS_RDONLY);
    expect(outcome(() => box.open('/proc/sys/hostname', O_WRONLY))).toBe('EROFS');
    expect(box.pathOf('/proc/sys/..')).toBe('/proc');
    box.vfs.mount(memoryFileSystem(), box.at('/proc/1'), { flags: MS_RDONLY, source: 'tmpfs' });
    expect(box.list('/proc/1')).toEqual([]);
  });
});
