/** Devices of a config, and the rules for opening them. */
import { describe, expect } from 'vitest';
import { blames } from '../helpers/assert.ts';
import { test } from '../helpers/test.ts';

describe('linux.devices', () => {
  test('of numbers that the kernel has get the path, mode and owner of the config, and work; others are refused', async ({ box }) => {
    const devices = [
      { type: 'c', path: '/dev/mine', major: 1, minor: 5, fileMode: 0o640, uid: 5, gid: 6 },
      { type: 'u', path: '/opt/deep/null', major: 1, minor: 3, fileMode: 0o666 },
      { type: 'p', path: '/dev/fifo', fileMode: 0o622 },
    ];
    const script = `stat -c "%n %F %t:%T %a %u:%g" /dev/mine /opt/deep/null /dev/fifo
      head -c 2 /dev/mine | od -An -tx1; echo x > /opt/deep/null && wc -c < /opt/deep/null`;
    expect((await box.run(script, { '/linux/devices': devices })).stdout).toBe(
      '/dev/mine character special file 1:5 640 5:6\n/opt/deep/null character special file 1:3 666 0:0\n/dev/fifo fifo 0:0 622 0:0\n 00 00\n0\n',
    );
    const failure = await box.runFails('true', { '/linux/devices/-': { type: 'b', path: '/dev/disk', major: 8, minor: 0 } });
    blames(failure, '/linux/devices/0');
  });
});

describe('linux.resources.devices', () => {
  const open = 'mknod /dev/x c 1 12; mknod /dev/y b 8 0; for d in x y; do (: < /dev/$d) 2>&1; (: >> /dev/$d) 2>&1; done | sed "s/.*: //"';

  test('rules apply in order to each kind of access: EPERM, or what the driver says', async ({ box }) => {
    const rules = [
      { allow: false, access: 'rwm' },
      { allow: true, type: 'c', major: 1, access: 'rw' },
      { allow: false, type: 'c', major: 1, minor: 12, access: 'w' },
    ];
    const { stdout } = await box.run(open, { '/linux/resources/devices': rules });
    expect(stdout.toLowerCase()).toMatch(/^no such device.*\noperation not permitted\noperation not permitted\noperation not permitted\n$/);
  });

  test('the default devices are allowed whatever the rules deny, as on Linux, and without rules nothing else is', async ({ box }) => {
    const use = 'echo x > /dev/null && head -c 1 /dev/zero | wc -c && head -c 1 /dev/urandom | wc -c && echo $(tty < /dev/ptmx)';
    const rules = [{ allow: false, type: 'c', major: 1, minor: 3, access: 'rwm' }];
    expect((await box.run(use, { '/linux/resources/devices': rules })).stdout).toMatch(/^1\n1\n/);
    const denied = 'operation not permitted\n'.repeat(4);
    expect((await box.run(open, { '/linux/resources/devices': undefined })).stdout.toLowerCase()).toBe(denied);
    expect((await box.run(open, { '/linux/resources/devices': [{ allow: true }] })).stdout).not.toContain('permitted');
  });
});
