/** linux.resources → cgroup files, at create and at update. */
import type { LinuxResources } from '../../../oci/spec.ts';
import type { CgroupRecord } from '../../../plan/facts.ts';
import { applyCpu } from './cpu.ts';
import { applyDevices } from './devices.ts';
import { applyBlockIO } from './io.ts';
import { applyMemory } from './memory.ts';
import { applyPids } from './pids.ts';
import { applyHugepages, applyNetwork, applyRdma } from './small-controllers.ts';
import { applyUnified } from './unified.ts';

/**
 * `first`: at create, when the device rules are set as well. Throws TsrunError with the pointer of the entry that
 * could not be set. With the manager `disabled` nothing is applied (`check` reports it).
 */
export function applyResources(record: CgroupRecord, resources: LinuxResources, { first }: { readonly first: boolean }): void {
  if (record.manager === 'disabled') return;
  const { cpu, memory, pids, blockIO, hugepageLimits, network, rdma, unified } = resources;
  if (first) applyDevices(record, resources.devices ?? []);
  if (memory) applyMemory(record, memory);
  if (cpu) applyCpu(record, cpu);
  if (pids?.limit !== undefined && (first || pids.limit !== 0)) applyPids(record, pids.limit, first);
  if (blockIO) applyBlockIO(record, blockIO);
  if (hugepageLimits) applyHugepages(record, hugepageLimits);
  if (network) applyNetwork(record, network);
  if (rdma) applyRdma(record, rdma);
  if (unified) applyUnified(record, unified);
}

/** `update`: zeros and absent values leave alone what is set; never touches devices. */
export function updateResources(record: CgroupRecord, resources: LinuxResources): void {
  applyResources(record, resources, { first: false });
}
