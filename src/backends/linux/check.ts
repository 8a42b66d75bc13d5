/**
 * What this host and backend would not really apply of a valid config: nothing is ignored in silence. `refused`
 * findings fail `create` (runtime.md: a property that cannot be applied MUST be an error); the others are reported.
 */
import type { LinuxDeviceCgroup, Spec } from '../../oci/spec.ts';
import type { HostFacts } from '../../plan/facts.ts';
import type { BackendOptions, Finding } from '../backend.ts';
import { gatherHostFacts, isRootless } from './host.ts';

export function checkConfig(config: Spec, options: BackendOptions): readonly Finding[] {
  return findings(config, options, gatherHostFacts());
}

/** One row per rule: when it holds, what is said. */
export function findings(config: Spec, options: BackendOptions, facts: HostFacts): readonly Finding[] {
  const { process, linux } = config;
  const found: Finding[] = [];
  const say = (level: Finding['level'], pointer: string, message: string): void => void found.push({ level, pointer, message });

  if (process?.apparmorProfile && !facts.apparmor) say('refused', '/process/apparmorProfile', 'AppArmor is not enabled on this host');
  if (process?.selinuxLabel && !facts.selinux) say('refused', '/process/selinuxLabel', 'SELinux is not enabled on this host');
  if (linux?.mountLabel && !facts.selinux) say('refused', '/linux/mountLabel', 'SELinux is not enabled on this host');
  if (process?.commandLine !== undefined) say('recorded', '/process/commandLine', 'commandLine is for Windows; args is what runs');
  if (process?.user?.username !== undefined) say('recorded', '/process/user/username', 'username is for Windows; uid is what counts');
  if (linux?.intelRdt !== undefined) say('refused', '/linux/intelRdt', 'intelRdt is not supported yet');
  if (linux?.personality?.flags?.length) say('refused', '/linux/personality/flags', 'no personality flags are supported');
  if (linux?.memoryPolicy !== undefined && !atLeast(facts, 5, 15) && linux.memoryPolicy.mode === 'MPOL_PREFERRED_MANY') {
    say('refused', '/linux/memoryPolicy/mode', 'MPOL_PREFERRED_MANY needs kernel 5.15');
  }
  const { memory } = linux?.resources ?? {};
  if (memory?.kernel !== undefined && memory.kernel > 0)
    say('recorded', '/linux/resources/memory/kernel', 'the kernel memory limit is obsolete and not applied');
  if (memory?.kernelTCP !== undefined && memory.kernelTCP > 0 && facts.cgroup.mode === 'v2') {
    say('recorded', '/linux/resources/memory/kernelTCP', 'cgroup v2 has no kernel TCP memory limit');
  }
  if (options.cgroupManager === 'disabled') {
    for (const [name, value] of Object.entries(linux?.resources ?? {})) {
      if (name !== 'devices' && value !== undefined) say('recorded', `/linux/resources/${name}`, 'not applied: cgroups are disabled');
    }
  }
  const loose = whyDevicesAreLoose(options, facts);
  if (loose !== undefined && deniesSome(linux?.resources?.devices ?? [])) {
    say('recorded', '/linux/resources/devices', `device rules are not applied: ${loose}`);
  }
  return found;
}

/** Why nothing holds the container to its device rules; undefined where something does. */
function whyDevicesAreLoose(options: BackendOptions, facts: HostFacts): string | undefined {
  if (options.cgroupManager === 'disabled') return 'cgroups are disabled';
  if (facts.cgroup.mode === 'none') return 'no cgroups are mounted';
  // Of v1 files and v2 programs alike. What tsrun's user may not open, the container may not either.
  return isRootless(facts) ? 'the kernel takes them from root of the host only' : undefined;
}

/** What comes before a rule that allows everything (`--privileged`) has no effect. */
function deniesSome(rules: readonly LinuxDeviceCgroup[]): boolean {
  const allowsAll = ({ allow, type, major, minor, access }: LinuxDeviceCgroup): boolean =>
    allow &&
    (type ?? 'a') === 'a' &&
    (major ?? -1) < 0 &&
    (minor ?? -1) < 0 &&
    [...'rwm'].every((letter) => (access || 'rwm').includes(letter));
  return rules.slice(rules.findLastIndex(allowsAll) + 1).some(({ allow }) => !allow);
}

function atLeast(facts: HostFacts, major: number, minor: number): boolean {
  return facts.kernel[0] > major || (facts.kernel[0] === major && facts.kernel[1] >= minor);
}
