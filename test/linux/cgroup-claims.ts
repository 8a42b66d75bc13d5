/**
 * What src/backends/linux/cgroup does on a real kernel, on v1, hybrid and v2 alike. Free of a test runner: vitest runs the
 * claims on this host (cgroup.test.ts), a compiled program runs them in the cgroup v2 guest (test/vm).
 */
import { cpuMemoryClaims } from './cgroup-cpu-memory-claims.ts';
import type { Claim } from './cgroup-kit.ts';
import { lifeClaims } from './cgroup-life-claims.ts';
import { otherClaims } from './cgroup-other-claims.ts';

export { cleanUp, facts } from './cgroup-kit.ts';
export const claims: readonly Claim[] = [...lifeClaims, ...cpuMemoryClaims, ...otherClaims];
