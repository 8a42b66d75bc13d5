import { describe, expect, it } from 'vitest';
import type { Spec } from '../oci/spec.ts';
import { listenFdsOf, notifySocketOf, withListenFds } from './service-manager.ts';

describe('socket activation', () => {
  it('counts only descriptors meant for this process', () => {
    expect(listenFdsOf({ LISTEN_FDS: '2', LISTEN_PID: '7' }, 7)).toBe(2);
    expect(listenFdsOf({ LISTEN_FDS: '2', LISTEN_PID: '8' }, 7)).toBe(0);
    expect(listenFdsOf({ LISTEN_FDS: 'x', LISTEN_PID: '7' }, 7)).toBe(0);
    expect(listenFdsOf({}, 7)).toBe(0);
  });

  it('tells the first process, as pid 1', () => {
    const config: Spec = { ociVersion: '1.0.2', process: { cwd: '/', env: ['A=b'] } };
    expect(withListenFds(config, 2).process?.env).toEqual(['A=b', 'LISTEN_FDS=2', 'LISTEN_PID=1']);
    expect(withListenFds(config, 0)).toBe(config);
  });
});

describe('sd_notify(3)', () => {
  it('an empty NOTIFY_SOCKET is none', () => {
    expect([notifySocketOf({ NOTIFY_SOCKET: '@x' }), notifySocketOf({ NOTIFY_SOCKET: '' }), notifySocketOf({})]).toEqual([
      '@x',
      undefined,
      undefined,
    ]);
  });
});
