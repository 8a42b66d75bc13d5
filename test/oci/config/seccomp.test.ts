import { describe, expect } from 'vitest';
import { statusField } from '../../helpers/assert.ts';
import type { JsonValue } from '../../helpers/config.ts';
import { test } from '../../helpers/test.ts';

const arch = process.arch === 'arm64' ? ['SCMP_ARCH_AARCH64'] : ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'];
const profile = (syscalls: readonly JsonValue[], more: { readonly [key: string]: JsonValue } = {}): { '/linux/seccomp': JsonValue } => ({
  '/linux/seccomp': { defaultAction: 'SCMP_ACT_ALLOW', architectures: arch, syscalls, ...more },
});
const rule = (names: readonly string[], action: string, more: { readonly [key: string]: JsonValue } = {}): JsonValue => ({
  names,
  action,
  ...more,
});
const mkdir = ['mkdir', 'mkdirat'];

describe('config-linux.md#seccomp', () => {
  test('a filter is installed, with and without noNewPrivileges', async ({ box }) => {
    const status = async (nnp: boolean): Promise<string> =>
      (await box.run('cat /proc/self/status', { ...profile([rule(mkdir, 'SCMP_ACT_ERRNO')]), '/process/noNewPrivileges': nnp })).stdout;
    for (const nnp of [true, false]) {
      // oxlint-disable-next-line no-await-in-loop
      const text = await status(nnp);
      expect(statusField(text, 'Seccomp')).toBe('2');
      expect(statusField(text, 'NoNewPrivs')).toBe(nnp ? '1' : '0');
    }
  });

  test('a profile that knows none of the newer system calls does not keep the set-up from its end', async ({ box }) => {
    const newer = ['close_range', 'faccessat2', 'fsopen', 'fsmount', 'openat2', 'open_tree', 'move_mount', 'mount_setattr', 'clone3'];
    for (const errnoRet of [1, 38]) {
      const changes = { ...profile([rule(newer, 'SCMP_ACT_ERRNO', { errnoRet })]), '/process/noNewPrivileges': false };
      // oxlint-disable-next-line no-await-in-loop
      expect((await box.run('ls /proc/self/fd | wc -l', changes)).stdout).toBe('4\n');
    }
  });

  test('SCMP_ACT_ERRNO gives EPERM by default, errnoRet where configured, and leaves other calls alone', async ({ box }) => {
    expect((await box.run('mkdir /tmp/x 2>&1; touch /tmp/y && echo ok', profile([rule(mkdir, 'SCMP_ACT_ERRNO')]))).stdout).toBe(
      "mkdir: can't create directory '/tmp/x': Operation not permitted\nok\n",
    );
    expect((await box.run('mkdir /tmp/x 2>&1', profile([rule(mkdir, 'SCMP_ACT_ERRNO', { errnoRet: 28 })]))).stdout).toContain(
      'No space left on device',
    );
  });

  test('defaultAction with defaultErrnoRet applies to what is not listed', async ({ box }) => {
    const deny = {
      '/linux/seccomp': {
        defaultAction: 'SCMP_ACT_ERRNO',
        defaultErrnoRet: 38,
        architectures: arch,
        syscalls: [rule(['mkdir'], 'SCMP_ACT_ALLOW')],
      },
    };
    const failure = await box.tsrun(['run', '--bundle', box.bundle('true', deny).path, box.newId()]);
    expect(failure.code).not.toBe(0);
  });

  test('the first matching rule of argument comparisons decides: EQ, NE, LT, LE, GT, GE, MASKED_EQ', async ({ box }) => {
    // kill(pid, signal): the second argument is compared; signal 0 of our own pid always succeeds otherwise.
    const denied = async (op: string, value: number, valueTwo?: number): Promise<string> => {
      const args = [{ index: 1, value, op, ...(valueTwo === undefined ? {} : { valueTwo }) }];
      const script = 'trap "" 10 12 17; for s in 0 10 12 17; do kill -$s $$ 2>/dev/null || echo -n "$s "; done';
      return (await box.run(script, profile([rule(['kill'], 'SCMP_ACT_ERRNO', { args })]))).stdout.trim();
    };
    expect(await denied('SCMP_CMP_EQ', 10)).toBe('10');
    expect(await denied('SCMP_CMP_NE', 10)).toBe('0 12 17');
    expect(await denied('SCMP_CMP_LT', 12)).toBe('0 10');
    expect(await denied('SCMP_CMP_LE', 12)).toBe('0 10 12');
    expect(await denied('SCMP_CMP_GT', 12)).toBe('17');
    expect(await denied('SCMP_CMP_GE', 12)).toBe('12 17');
    expect(await denied('SCMP_CMP_MASKED_EQ', 3, 2)).toBe('10');
  });

  test('several comparisons of one rule must all hold; several rules are alternatives', async ({ box }) => {
    const both = [
      { index: 0, value: 1, op: 'SCMP_CMP_EQ' },
      { index: 1, value: 10, op: 'SCMP_CMP_EQ' },
    ];
    const script = 'trap "" 10 12; kill -10 1 2>/dev/null || echo both; kill -12 1 2>/dev/null || echo other; true';
    expect((await box.run(script, profile([rule(['kill'], 'SCMP_ACT_ERRNO', { args: both })]))).stdout).toBe('both\n');
    const either = [10, 12].map((value) => rule(['kill'], 'SCMP_ACT_ERRNO', { args: [{ index: 1, value, op: 'SCMP_CMP_EQ' }] }));
    expect((await box.run(script, profile(either))).stdout).toBe('both\nother\n');
  });

  for (const action of ['SCMP_ACT_KILL', 'SCMP_ACT_KILL_THREAD', 'SCMP_ACT_KILL_PROCESS', 'SCMP_ACT_TRAP']) {
    test(`${action} ends the program by SIGSYS`, async ({ box }) => {
      const result = await box.run('mkdir /tmp/x; echo $?', profile([rule(mkdir, action)]));
      expect(result.stdout).toBe('159\n');
    });
  }

  test('SCMP_ACT_LOG and SCMP_ACT_ALLOW let the call through', async ({ box }) => {
    for (const action of ['SCMP_ACT_LOG', 'SCMP_ACT_ALLOW']) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await box.run('mkdir /tmp/x && echo made', profile([rule(mkdir, action)]))).stdout).toBe('made\n');
    }
  });

  test('SCMP_ACT_TRACE without a tracer gives ENOSYS', async ({ box }) => {
    expect((await box.run('mkdir /tmp/x 2>&1', profile([rule(mkdir, 'SCMP_ACT_TRACE', { errnoRet: 5 })]))).stdout).toContain(
      'Function not implemented',
    );
  });

  test('names the architecture does not have are ignored', async ({ box }) => {
    expect((await box.run('echo ok', profile([rule(['nosuchcall', 'mkdir'], 'SCMP_ACT_ERRNO')]))).stdout).toBe('ok\n');
  });

  test('flags are accepted', async ({ box }) => {
    const flags = { flags: ['SECCOMP_FILTER_FLAG_LOG', 'SECCOMP_FILTER_FLAG_SPEC_ALLOW'] };
    expect((await box.run('mkdir /tmp/x 2>/dev/null || echo denied', profile([rule(mkdir, 'SCMP_ACT_ERRNO')], flags))).stdout).toBe(
      'denied\n',
    );
  });

  test('exec gets the same filter', async ({ box }) => {
    const bundle = await box.started('sleep 100', profile([rule(mkdir, 'SCMP_ACT_ERRNO')]));
    expect((await box.exec(bundle.id, 'mkdir /tmp/x 2>/dev/null || echo denied')).stdout).toBe('denied\n');
  });

  test('calls the runtime itself needs may be denied to the program', async ({ box }) => {
    const names = [
      'mount',
      'umount2',
      'pivot_root',
      'setuid',
      'setgid',
      'setgroups',
      'chdir',
      'capset',
      'prctl',
      'unshare',
      'setns',
      'openat2',
    ];
    expect((await box.run('echo ok', { ...profile([rule(names, 'SCMP_ACT_ERRNO')]), '/process/noNewPrivileges': true })).stdout).toBe(
      'ok\n',
    );
  });
});
