/** Capability names; the index is the number (linux/capability.h, complete up to Linux 6.x). */
export const CAPABILITIES: readonly string[] = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETPCAP',
  'CAP_LINUX_IMMUTABLE',
  'CAP_NET_BIND_SERVICE',
  'CAP_NET_BROADCAST',
  'CAP_NET_ADMIN',
  'CAP_NET_RAW',
  'CAP_IPC_LOCK',
  'CAP_IPC_OWNER',
  'CAP_SYS_MODULE',
  'CAP_SYS_RAWIO',
  'CAP_SYS_CHROOT',
  'CAP_SYS_PTRACE',
  'CAP_SYS_PACCT',
  'CAP_SYS_ADMIN',
  'CAP_SYS_BOOT',
  'CAP_SYS_NICE',
  'CAP_SYS_RESOURCE',
  'CAP_SYS_TIME',
  'CAP_SYS_TTY_CONFIG',
  'CAP_MKNOD',
  'CAP_LEASE',
  'CAP_AUDIT_WRITE',
  'CAP_AUDIT_CONTROL',
  'CAP_SETFCAP',
  'CAP_MAC_OVERRIDE',
  'CAP_MAC_ADMIN',
  'CAP_SYSLOG',
  'CAP_WAKE_ALARM',
  'CAP_BLOCK_SUSPEND',
  'CAP_AUDIT_READ',
  'CAP_PERFMON',
  'CAP_BPF',
  'CAP_CHECKPOINT_RESTORE',
];

/** The five sets of `process.capabilities`, in the order of the plan's `capabilities` instruction. */
export const CAPABILITY_SETS = ['bounding', 'effective', 'inheritable', 'permitted', 'ambient'] as const;

/** The number of a CAP_* name; undefined for an unknown one. */
export function capabilityNumber(name: string): number | undefined {
  const index = CAPABILITIES.indexOf(name);
  return index < 0 ? undefined : index;
}

/** Bit set (bit n: capability n) of `names`, and those that are unknown: a warning, never an error (config.md#linux-process). */
export function capabilityMask(names: readonly string[]): { readonly mask: bigint; readonly unknown: readonly string[] } {
  let mask = 0n;
  const unknown: string[] = [];
  for (const name of names) {
    const number = capabilityNumber(name);
    if (number === undefined) unknown.push(name);
    else mask |= 1n << BigInt(number);
  }
  return { mask, unknown };
}

/** Names of the bits set, by number; bits without a name are left out. */
export function capabilityNames(mask: bigint): string[] {
  return CAPABILITIES.filter((_, number) => (mask & (1n << BigInt(number))) !== 0n);
}
