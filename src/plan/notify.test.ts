import { describe, expect, it } from 'vitest';
import { disassemble } from './disassemble.ts';
import { planReady } from './notify.ts';

describe('waiting for READY=1', () => {
  it('listens, finds the service manager, lets the program be started, waits', () => {
    const ops = planReady({ dir: '/run/tsrun/box/notify', manager: '@systemd', pid: 4321, startTime: 99_999, mainPid: 4000 });
    expect(disassemble(ops).trimEnd().split('\n')).toEqual([
      'host   notifySocket    dir="/run/tsrun/box/notify"',
      'host   serviceManager  path="@systemd"',
      'host   barrier         name="the program to be started"',
      'host   awaitReady      pid=4321 mainPid=4000 n=0x1869f',
    ]);
  });
});
