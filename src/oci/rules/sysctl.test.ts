import { describe, expect, test } from 'vitest';
import { config, errors, types } from './config.fixture.ts';

describe('sysctl', () => {
  const all = types('mount', 'ipc', 'uts', 'network');
  test.each(['kernel.shmmax', 'fs.mqueue.msg_max', 'net.ipv4.ip_forward', 'net/ipv4/conf/eth0.1/forwarding', 'kernel.domainname'])(
    '%s may be set',
    (name) => {
      expect(errors(config({ linux: { namespaces: all, sysctl: { [name]: '1' } } }))).toEqual([]);
    },
  );
  test.each([
    'kernel.panic',
    'kernel.core_pattern',
    'kernel.shm_rmid_forced/../core_pattern',
    'kernel/shm_rmid_forced/../core_pattern',
    'net/../kernel/core_pattern',
    'net.././kernel/core_pattern',
    'fs/mqueue/../../kernel/core_pattern',
    'kernel/../../sys/kernel/core_pattern',
    'kernel.hostname',
    'kernel/hostname',
    'vm.swappiness',
    'user.max_user_namespaces',
    'kernel.shmmax\n',
    'net',
  ])('%j may not (CVE-2022-0811)', (name) => {
    expect(errors(config({ linux: { namespaces: all, sysctl: { [name]: '1' } } }))).toHaveLength(1);
  });
  test.each([
    ['kernel.shmmax', 'ipc'],
    ['net.ipv4.ip_forward', 'network'],
    ['kernel.domainname', 'uts'],
    ['user.max_user_namespaces', 'user'],
  ])('%s needs a namespace of type %s', (name, type) => {
    expect(errors(config({ linux: { namespaces: types('mount'), sysctl: { [name]: '1' } } }))[0]).toContain(
      `it needs a "${type}" namespace`,
    );
  });
  test('a value with a line break is refused', () => {
    expect(errors(config({ linux: { sysctl: { 'net.x': '1\n2' } } }))).toEqual(['/linux/sysctl/net.x: the value has a control character']);
  });
});
