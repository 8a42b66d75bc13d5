import { beforeEach, describe, expect, it } from 'vitest';
import { dropPrivilegesOnWrite, memoryFileSystem } from './index.ts';
import { CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER, CAP_FSETID, CAP_MKNOD } from './permissions.ts';
import { Box, outcome, user } from './test-kit.ts';
import { MS_NODEV, MS_NOEXEC, MS_RDONLY, O_CREAT, O_RDWR, O_WRONLY, S_IFCHR, S_IFIFO, type Credentials } from './types.ts';

let box: Box;
beforeEach(() => {
  box = new Box(memoryFileSystem({ mode: 0o1777 }));
  box.write('/f', 'x');
  box.chown('/f', 10, 20);
});

const may = (credentials: Credentials, path: string, want: number): boolean =>
  outcome(() => box.vfs.access({ ...box.context, credentials }, box.at(path), want)) === 'ok';

describe('mode bits', () => {
  it('exactly one class decides: owner, else group, else others', () => {
    box.chmod('/f', 0o074);
    expect([
      may(user(10, 20), '/f', 4),
      may(user(11, 20), '/f', 7),
      may(user(11, 1, [20]), '/f', 7),
      may(user(11), '/f', 4),
      may(user(11), '/f', 2),
    ]).toEqual([false, true, true, true, false]);
    box.chmod('/f', 0o707);
    expect(may(user(11, 20), '/f', 4)).toBe(false);
  });

  it('CAP_DAC_OVERRIDE passes all but the execution of a file that nobody may execute', () => {
    box.chmod('/f', 0);
    const who = user(11, 11, [], CAP_DAC_OVERRIDE);
    expect([may(who, '/f', 6), may(who, '/f', 1)]).toEqual([true, false]);
    box.chmod('/f', 0o010);
    expect(may(who, '/f', 1)).toBe(true);
    box.mkdir('/d', 0);
    expect(may(who, '/d', 7)).toBe(true);
  });

  it('CAP_DAC_READ_SEARCH reads files, reads and searches directories, writes nothing', () => {
    box.chmod('/f', 0);
    box.mkdir('/d', 0);
    const who = user(11, 11, [], CAP_DAC_READ_SEARCH);
    expect([may(who, '/f', 4), may(who, '/f', 2), may(who, '/f', 1), may(who, '/d', 5), may(who, '/d', 2)]).toEqual([
      true,
      false,
      false,
      true,
      false,
    ]);
  });

  it('uid 0 without capabilities is a user like others', () => {
    box.chmod('/f', 0o600);
    expect(may(user(0), '/f', 4)).toBe(false);
  });

  it('open asks for what the access mode needs', () => {
    box.chmod('/f', 0o604);
    const other = box.as({ credentials: user(11) });
    expect([0, O_WRONLY, O_RDWR].map((flags) => outcome(() => other.open('/f', flags)))).toEqual(['ok', 'EACCES', 'EACCES']);
    box.mkdir('/closed', 0o755);
    expect(outcome(() => other.open('/closed/new', O_CREAT))).toBe('EACCES');
    expect(outcome(() => other.mkdir('/closed/new'))).toBe('EACCES');
  });
});

describe('sticky directories', () => {
  it('let only the owner of the entry or of the directory remove and rename', () => {
    box.mkdir('/tmp', 0o1777);
    box.chown('/tmp', 1, 1);
    const remove = (who: Credentials): string => {
      box.write('/tmp/x', '');
      box.chown('/tmp/x', 2, 2);
      const as = box.as({ credentials: who });
      expect(outcome(() => as.rename('/tmp/x', '/tmp/x2'))).toBe(outcome(() => as.rename('/tmp/x2', '/tmp/x')) === 'ok' ? 'ok' : 'EPERM');
      return outcome(() => as.unlink('/tmp/x'));
    };
    expect([user(1), user(2), user(3), user(3, 3, [], CAP_FOWNER), user(3, 3, [], CAP_DAC_OVERRIDE)].map(remove)).toEqual([
      'ok',
      'ok',
      'EPERM',
      'ok',
      'EPERM',
    ]);
  });

  it('protect the target of a rename as well', () => {
    box.mkdir('/tmp', 0o1777);
    box.write('/tmp/theirs', '');
    const other = box.as({ credentials: user(3) });
    other.write('/tmp/mine', '');
    expect(outcome(() => other.rename('/tmp/mine', '/tmp/theirs'))).toBe('EPERM');
  });
});

describe('set-group-id directories', () => {
  it('give their group, and to directories the bit', () => {
    box.mkdir('/g', 0o777);
    box.chown('/g', 0, 50);
    box.chmod('/g', 0o2777);
    const other = box.as({ credentials: user(3, 3) });
    other.write('/g/f', '');
    other.mkdir('/g/d', 0o755);
    other.symlink('x', '/g/s');
    expect([box.stat('/g/f').gid, box.stat('/g/d').gid, box.stat('/g/s', false).gid]).toEqual([50, 50, 50]);
    expect([box.stat('/g/f').mode & 0o7777, box.stat('/g/d').mode & 0o7777]).toEqual([0o644, 0o2755]);
    other.open('/g/sgid', O_CREAT, 0o2755);
    expect(box.stat('/g/sgid').mode & 0o7777).toBe(0o755);
  });
});

describe('chmod, chown, utimens', () => {
  const set = (who: Credentials, attributes: object, path = '/f') =>
    outcome(() => box.vfs.setAttributes({ ...box.context, credentials: who }, box.at(path), attributes));

  it('chmod is for the owner or CAP_FOWNER, and drops set-group-id of a foreign group', () => {
    expect([set(user(11), { mode: 0o777 }), set(user(10), { mode: 0o2777 }), set(user(11, 11, [], CAP_FOWNER), { mode: 0o700 })]).toEqual([
      'EPERM',
      'ok',
      'ok',
    ]);
    set(user(10), { mode: 0o2777 });
    expect(box.stat('/f').mode & 0o7777).toBe(0o777);
    set(user(10, 10, [20]), { mode: 0o2777 });
    expect(box.stat('/f').mode & 0o7777).toBe(0o2777);
  });

  it('chown of the user needs CAP_CHOWN; an owner may give a file to a group of his', () => {
    expect(set(user(10, 20), { uid: 11 })).toBe('EPERM');
    expect(set(user(10, 20), { uid: 10 })).toBe('ok');
    expect(set(user(10, 20), { gid: 30 })).toBe('EPERM');
    expect(set(user(10, 20, [30]), { gid: 30 })).toBe('ok');
    expect(set(user(11, 30), { gid: 30 })).toBe('EPERM');
    expect(set(user(11, 11, [], CAP_CHOWN), { uid: 1, gid: 2 })).toBe('ok');
  });

  it('chown drops set-user-id, and set-group-id of executables, even for root', () => {
    box.chmod('/f', 0o6755);
    box.chown('/f', 1, 1);
    expect(box.stat('/f').mode & 0o7777).toBe(0o755);
    box.chmod('/f', 0o6745);
    box.chown('/f', 2, 2);
    expect(box.stat('/f').mode & 0o7777).toBe(0o2745);
  });

  it('a write drops them unless the writer has CAP_FSETID', () => {
    box.chmod('/f', 0o6777);
    dropPrivilegesOnWrite(user(3, 3, [], CAP_FSETID), box.at('/f').inode);
    expect(box.stat('/f').mode & 0o7777).toBe(0o6777);
    dropPrivilegesOnWrite(user(3), box.at('/f').inode);
    expect(box.stat('/f').mode & 0o7777).toBe(0o777);
  });

  it('times of one’s choice are for the owner; "now" for who may write', () => {
    box.chmod('/f', 0o622);
    expect(set(user(11), { mtime: 5n })).toBe('EPERM');
    expect(set(user(11), { mtime: 5n, timesAreNow: true })).toBe('ok');
    box.chmod('/f', 0o644);
    expect(set(user(11), { mtime: 5n, timesAreNow: true })).toBe('EACCES');
    expect(set(user(10), { atime: 1_234_567_890_123_456_789n, mtime: -1n })).toBe('ok');
    expect([box.stat('/f').atime, box.stat('/f').mtime]).toEqual([1_234_567_890_123_456_789n, -1n]);
  });

  it('truncation needs the right to write', () => {
    expect([set(user(11), { size: 0 }), set(user(10), { size: 0 }), set(user(10), { size: -1 })]).toEqual(['EACCES', 'ok', 'EINVAL']);
    box.mkdir('/d', 0o777);
    expect(set(user(10), { size: 0 }, '/d')).toBe('EISDIR');
  });
});

describe('mknod and mount flags', () => {
  it('devices need CAP_MKNOD, fifos nothing', () => {
    const mknod = (who: Credentials, mode: number, path: string) =>
      outcome(() => box.vfs.mknod({ ...box.context, credentials: who }, path, mode, 259));
    expect(mknod(user(3), S_IFCHR | 0o666, '/dev1')).toBe('EPERM');
    expect(mknod(user(3, 3, [], CAP_MKNOD), S_IFCHR | 0o666, '/dev1')).toBe('ok');
    expect(mknod(user(3), S_IFIFO | 0o666, '/fifo')).toBe('ok');
    expect(mknod(user(3), 0o040755, '/dir')).toBe('EPERM');
    expect([box.stat('/dev1').rdev, box.stat('/fifo').rdev]).toEqual([259, 0]);
  });

  it('nodev forbids opening devices, noexec executing, read-only every change', () => {
    box.mkdir('/m');
    const mount = box.vfs.mount(memoryFileSystem(), box.at('/m'), { flags: 0, source: 'tmpfs' });
    box.vfs.mknod(box.context, '/m/null', S_IFCHR | 0o666, 259);
    box.write('/m/x', '');
    box.chmod('/m/x', 0o755);
    box.vfs.remount(mount, MS_NODEV | MS_NOEXEC);
    expect([outcome(() => box.open('/m/null')), outcome(() => box.vfs.access(box.context, box.at('/m/x'), 1))]).toEqual([
      'EACCES',
      'EACCES',
    ]);
    box.vfs.remount(mount, MS_RDONLY);
    expect(outcome(() => box.open('/m/null', O_RDWR))).toBe('ok');
    const changes: (() => unknown)[] = [
      () => box.write('/m/x', 'y'),
      () => box.write('/m/new', 'y'),
      () => box.mkdir('/m/new'),
      () => box.symlink('x', '/m/new'),
      () => box.link('/m/x', '/m/new'),
      () => box.unlink('/m/x'),
      () => box.unlink('/m/none'),
      () => box.rmdir('/m/none'),
      () => box.rename('/m/x', '/m/y'),
      () => box.chmod('/m/x', 0),
      () => box.chown('/m/x', 1, 1),
      () => box.vfs.setAttributes(box.context, box.at('/m/x'), { size: 0 }),
      () => box.vfs.access(box.context, box.at('/m/x'), 2),
    ];
    expect(changes.map(outcome)).toEqual(changes.map(() => 'EROFS'));
    expect([outcome(() => box.mkdir('/m/x')), outcome(() => box.open('/m/x', O_CREAT))]).toEqual(['EEXIST', 'ok']);
  });

  it('who may not write a file may not link it to where it survives its owner', () => {
    const other = box.as({ credentials: user(3) });
    expect(outcome(() => other.link('/f', '/keep'))).toBe('EPERM');
    box.chmod('/f', 0o666);
    expect(outcome(() => other.link('/f', '/keep'))).toBe('ok');
  });
});
