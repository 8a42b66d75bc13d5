/**
 * id maps of an unprivileged caller: newuidmap and newgidmap (setuid programs of the uidmap package) write them,
 * within the ranges that /etc/subuid and /etc/subgid give the caller.
 */
import { spawnSync } from 'node:child_process';
import { TsrunError } from '../../core/errors.ts';
import type { IDMapping } from '../../oci/spec.ts';

export function writeIdMaps(pid: number, uidMappings: readonly IDMapping[], gidMappings: readonly IDMapping[]): Promise<void> {
  try {
    run('newuidmap', pid, uidMappings, '/linux/uidMappings');
    run('newgidmap', pid, gidMappings, '/linux/gidMappings');
    return Promise.resolve();
  } catch (error) {
    return Promise.reject(error);
  }
}

function run(program: string, pid: number, mappings: readonly IDMapping[], pointer: string): void {
  const args = mappings.flatMap(({ containerID, hostID, size }) => [containerID, hostID, size].map(String));
  // A fixed PATH: engines call us with none, and a caller's own must not choose a setuid program's stand-in.
  const { status, error, stderr } = spawnSync(program, [String(pid), ...args], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (error) {
    throw new TsrunError('CONFIG_UNSUPPORTED', `mapping more than your own id needs ${program}: ${error.message}`, {
      pointer,
      hint: 'install the package uidmap, or map a single id',
      cause: error,
    });
  }
  if (status !== 0) {
    throw new TsrunError('CONFIG_UNSUPPORTED', `${program} refused the mapping: ${stderr.trim()}`, {
      pointer,
      hint: `the ranges must be yours in /etc/sub${program === 'newuidmap' ? 'uid' : 'gid'}`,
    });
  }
}
