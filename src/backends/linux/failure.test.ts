import { constants } from 'node:os';
import { expect, test } from 'vitest';
import { EVENTS } from '../../plan/ops.ts';
import type { HelperEvent } from './events.ts';
import { exitOfWaitStatus, stepFailure } from './failure.ts';
import type { Step } from './handle.ts';

const { ENOENT, EACCES, EPERM, ENODEV } = constants.errno;

function failed(value: number, payload: Uint8Array = new Uint8Array(0)): HelperEvent {
  return { type: EVENTS.FAILED, stage: 3, op: 7, value, pid: 0, payload };
}

/** docs/plan-format.md: u32 st_mode, the path with its NUL, the file's first bytes. */
function execPayload(mode: number, path: string, head = ''): Uint8Array {
  const bytes = new TextEncoder().encode(`1234${path}\0${head}`);
  new DataView(bytes.buffer).setUint32(0, mode, true);
  return bytes;
}

const program = (name: string): Step => ({ op: 'awaitStart', origin: '/process/args', text: '', program: name });

test('a program that is in no directory of PATH is reported in the words engines match', () => {
  const error = stepFailure(program('nosuch'), failed(ENOENT));
  expect(error.code).toBe('EXEC_FAILED');
  expect(error.message).toBe('unable to start container process: exec: "nosuch": executable file not found in $PATH');
});
test('a program path that does not exist is reported with stat, as runc does', () => {
  expect(stepFailure(program('/no/such'), failed(ENOENT)).message).toContain('exec: "/no/such": stat /no/such: no such file or directory');
});
test('a file without the execute bit names its mode, a directory says that it is one', () => {
  expect(stepFailure(program('/etc/passwd'), failed(EACCES, execPayload(0o100644, '/etc/passwd'))).message).toMatch(
    /permission denied.*mode 0644/,
  );
  expect(stepFailure(program('/etc'), failed(EACCES, execPayload(0o040755, '/etc'))).message).toMatch(/permission denied.*is a directory/);
});
test('ENOENT of a file that exists names the missing interpreter', () => {
  const error = stepFailure(program('greet'), failed(ENOENT, execPayload(0o100755, '/bin/greet', '#!/nope/interp\n')));
  expect(error.message).toBe(
    'unable to start container process: exec /bin/greet: no such file or directory: interpreter /nope/interp of its #! line does not exist in the rootfs',
  );
});
test('a failing step names the config entry, what was done and the kernel’s answer', () => {
  const step: Step = { op: 'mount', origin: '/mounts/0', text: 'mounting proc on /proc' };
  const error = stepFailure(step, failed(EPERM));
  expect(error.message).toBe('unable to start container process: mounting proc on /proc (config.json /mounts/0): operation not permitted');
  expect(error.pointer).toBe('/mounts/0');
  expect(error.step).toEqual({ op: 'mount', index: 7, errno: 'EPERM' });
  expect(stepFailure(step, failed(ENODEV)).hint).toContain('/proc/filesystems');
  expect(stepFailure({ ...step, op: 'scheduler' }, failed(EPERM)).hint).toContain('linux.resources.cpu.cpus');
});
test('wait statuses become codes and signals', () => {
  expect(exitOfWaitStatus(7 << 8)).toEqual({ code: 7 });
  expect(exitOfWaitStatus(9)).toEqual({ signal: 9 });
  expect(exitOfWaitStatus(11 | 0x80)).toEqual({ signal: 11 });
});
