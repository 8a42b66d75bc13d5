import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as k from './mount-flags.ts';
import { mountOptions, parseMountOptions, propagationFlag, type MountOptions } from './mount-options.ts';

const MOUNT_OPTIONS = mountOptions();

const NOTHING: MountOptions = {
  flags: 0,
  clearFlags: 0,
  attrSet: 0,
  attrClear: 0,
  recursiveAttrSet: 0,
  recursiveAttrClear: 0,
  propagation: [],
  data: '',
  bind: 'none',
  idmap: 'none',
  tmpcopyup: false,
  copySymlink: false,
};

/** config.md#mounts, "Linux mount options". */
const MUST =
  'async atime bind defaults dev diratime dirsync exec iversion lazytime loud noatime nodev nodiratime noexec noiversion nolazytime norelatime nostrictatime nosuid private rbind relatime remount ro rprivate rshared rslave runbindable rw shared silent slave strictatime suid sync unbindable';
const SHOULD =
  'nosymfollow symfollow ratime rdev rdiratime rexec rnoatime rnodev rnodiratime rnoexec rnorelatime rnostrictatime rnosuid rnosymfollow rrelatime rro rrw rstrictatime rsuid rsymfollow idmap ridmap';
const MAY = 'mand nomand tmpcopyup';

describe('parseMountOptions', () => {
  test.each(`${MUST} ${SHOULD} ${MAY}`.split(' '))('%s is known, listed, and never handed to the file system', (option) => {
    expect(parseMountOptions([option]).data).toBe('');
    expect(MOUNT_OPTIONS).toContain(option);
  });

  test('the list has no option twice and none that would be data', () => {
    expect(new Set(MOUNT_OPTIONS).size).toBe(MOUNT_OPTIONS.length);
    expect(parseMountOptions(MOUNT_OPTIONS).data).toBe('');
  });

  test.each<[string, Partial<MountOptions>]>([
    ['defaults', {}],
    ['ro', { flags: k.MS_RDONLY, attrSet: k.MOUNT_ATTR_RDONLY }],
    ['rw', { clearFlags: k.MS_RDONLY, attrClear: k.MOUNT_ATTR_RDONLY }],
    ['nosuid', { flags: k.MS_NOSUID, attrSet: k.MOUNT_ATTR_NOSUID }],
    ['nodev', { flags: k.MS_NODEV, attrSet: k.MOUNT_ATTR_NODEV }],
    ['exec', { clearFlags: k.MS_NOEXEC, attrClear: k.MOUNT_ATTR_NOEXEC }],
    ['nosymfollow', { flags: k.MS_NOSYMFOLLOW, attrSet: k.MOUNT_ATTR_NOSYMFOLLOW }],
    ['sync', { flags: k.MS_SYNCHRONOUS }],
    ['nomand', { clearFlags: k.MS_MANDLOCK }],
    [
      'noatime',
      { flags: k.MS_NOATIME, clearFlags: k.MS_RELATIME | k.MS_STRICTATIME, attrSet: k.MOUNT_ATTR_NOATIME, attrClear: k.MOUNT_ATTR__ATIME },
    ],
    ['atime', { clearFlags: k.MS_NOATIME, attrClear: k.MOUNT_ATTR__ATIME }],
    ['norelatime', { clearFlags: k.MS_RELATIME }],
    ['bind', { flags: k.MS_BIND, bind: 'bind' }],
    ['rbind', { flags: k.MS_BIND | k.MS_REC, bind: 'rbind' }],
    ['remount', { flags: k.MS_REMOUNT }],
    ['rslave', { propagation: [k.MS_SLAVE | k.MS_REC] }],
    ['rro', { recursiveAttrSet: k.MOUNT_ATTR_RDONLY }],
    ['rrw', { recursiveAttrClear: k.MOUNT_ATTR_RDONLY }],
    ['rstrictatime', { recursiveAttrSet: k.MOUNT_ATTR_STRICTATIME, recursiveAttrClear: k.MOUNT_ATTR__ATIME }],
    ['ratime', { recursiveAttrClear: k.MOUNT_ATTR__ATIME }],
    ['ridmap', { idmap: 'ridmap' }],
    ['tmpcopyup', { tmpcopyup: true }],
    ['copy-symlink', { copySymlink: true }],
    ['size=1m', { data: 'size=1m' }],
    ['rsync', { data: 'rsync' }],
  ])('%s', (option, wanted) => {
    const { flags, clearFlags, ...rest } = parseMountOptions([option]);
    expect({ flags, clearFlags, ...rest }).toEqual({ ...NOTHING, ...wanted });
  });

  test('of two that contradict each other the last wins', () => {
    expect(parseMountOptions(['ro', 'rw'])).toEqual({ ...NOTHING, clearFlags: k.MS_RDONLY, attrClear: k.MOUNT_ATTR_RDONLY });
    expect(parseMountOptions(['rw', 'ro']).flags).toBe(k.MS_RDONLY);
    expect(parseMountOptions(['noatime', 'strictatime'])).toMatchObject({ flags: k.MS_STRICTATIME, attrSet: k.MOUNT_ATTR_STRICTATIME });
  });

  test('what is not known goes to the file system in its order', () => {
    expect(parseMountOptions(['mode=755', 'nosuid', 'size=65536k', 'lowerdir=/a:/b'])).toMatchObject({
      data: 'mode=755,size=65536k,lowerdir=/a:/b',
    });
  });

  test('no bit is asked to be set and cleared at once, but for the atime field', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...MOUNT_OPTIONS), { maxLength: 12 }), (options) => {
        const parsed = parseMountOptions(options);
        expect(parsed.flags & parsed.clearFlags).toBe(0);
        for (const [set, clear] of [
          [parsed.attrSet, parsed.attrClear],
          [parsed.recursiveAttrSet, parsed.recursiveAttrClear],
        ] as const) {
          expect(set & clear & ~k.MOUNT_ATTR__ATIME).toBe(0);
          // mount_setattr(2) refuses a part of the field.
          expect([0, k.MOUNT_ATTR__ATIME]).toContain(clear & k.MOUNT_ATTR__ATIME);
          if ((set & k.MOUNT_ATTR__ATIME) !== 0) expect(clear & k.MOUNT_ATTR__ATIME).toBe(k.MOUNT_ATTR__ATIME);
        }
      }),
    );
  });
});

test('propagationFlag knows the eight words of rootfsPropagation', () => {
  expect(propagationFlag('rprivate')).toBe(k.MS_PRIVATE | k.MS_REC);
  expect(propagationFlag('ro')).toBeUndefined();
});
