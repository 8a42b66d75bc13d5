import { describe, expect, test } from 'vitest';
import { config, errors } from './config.fixture.ts';

describe('seccomp', () => {
  const seccomp = (patch: object): string[] => errors(config({ linux: { seccomp: { defaultAction: 'SCMP_ACT_ALLOW', ...patch } } }));
  test('an errno with an action that has none is refused', () => {
    expect(seccomp({ defaultErrnoRet: 1 })[0]).toContain('/linux/seccomp/defaultErrnoRet: SCMP_ACT_ALLOW has no errno');
    expect(seccomp({ syscalls: [{ names: ['a'], action: 'SCMP_ACT_KILL', errnoRet: 1 }] })[0]).toContain(
      '/linux/seccomp/syscalls/0/errnoRet: SCMP_ACT_KILL',
    );
    expect(seccomp({ syscalls: [{ names: ['a'], action: 'SCMP_ACT_ERRNO', errnoRet: 1 }] })).toEqual([]);
    expect(seccomp({ syscalls: [{ names: ['a'], action: 'SCMP_ACT_ERRNO', errnoRet: 5000 }] })[0]).toContain('expected 0 to 4095');
    expect(seccomp({ syscalls: [{ names: ['a'], action: 'SCMP_ACT_TRACE', errnoRet: 5000 }] })).toEqual([]);
  });
  test('a rule needs a name and arguments from 0 to 5', () => {
    expect(seccomp({ syscalls: [{ names: [], action: 'SCMP_ACT_KILL' }] })[0]).toContain(
      '/linux/seccomp/syscalls/0/names: expected an array of strings with at least one',
    );
    const args = [{ index: 6, value: 0, op: 'SCMP_CMP_EQ' }];
    expect(seccomp({ syscalls: [{ names: ['a'], action: 'SCMP_ACT_KILL', args }] })[0]).toContain(
      '/args/0/index: expected an integer from 0 to 5, got 6',
    );
  });
  test('SCMP_ACT_NOTIFY needs a listener, which is of no use without and then a warning', () => {
    const notify = { syscalls: [{ names: ['mount'], action: 'SCMP_ACT_NOTIFY' }] };
    expect(seccomp({ ...notify, listenerPath: '/run/l', listenerMetadata: 'm' })).toEqual([]);
    expect(seccomp(notify)).toEqual(['/linux/seccomp/listenerPath: is required with SCMP_ACT_NOTIFY']);
    expect(seccomp({ listenerPath: '/run/l' })).toEqual([]);
    expect(seccomp({ listenerMetadata: 'm' })[0]).toContain('/linux/seccomp/listenerMetadata: MUST NOT be set without');
    expect(seccomp({ defaultAction: 'SCMP_ACT_NOTIFY', listenerPath: '/l' })[0]).toContain('cannot be used as default action');
  });
});
