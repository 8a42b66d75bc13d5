/**
 * Sections of other platforms (config-windows.md and its siblings). They are never applied here; they are checked so
 * that `validate` says what is wrong in them too.
 */
import { boolean, integer, list, object, oneOf, string, strings, uint16, uint32, uint64, uint8, type Schema } from './shapes.ts';

export const solarisSchema = (): Schema =>
  object({
    milestone: string,
    limitpriv: string,
    maxShmMemory: string,
    cappedCPU: object({ ncpus: string }),
    cappedMemory: object({ physical: string, swap: string }),
    anet: list(
      object({
        linkname: string,
        lowerLink: string,
        allowedAddress: string,
        configureAllowedAddress: string,
        defrouter: string,
        macAddress: string,
        linkProtection: string,
      }),
    ),
  });

export const windowsSchema = (): Schema =>
  object(
    {
      layerFolders: list(string, 1),
      devices: list(object({ id: string, idType: oneOf(['class']) }, ['id', 'idType'])),
      resources: object({
        memory: object({ limit: uint64 }),
        cpu: object({ count: uint64, shares: uint16, maximum: uint16, affinity: object({ mask: uint64, group: uint32 }) }),
        storage: object({ iops: uint64, bps: uint64, sandboxSize: uint64 }),
      }),
      network: object({
        endpointList: strings,
        allowUnqualifiedDNSQuery: boolean,
        DNSSearchList: strings,
        networkSharedContainerName: string,
        networkNamespace: string,
      }),
      credentialSpec: { type: 'object' },
      servicing: boolean,
      ignoreFlushesDuringBoot: boolean,
      hyperv: object({ utilityVMPath: string }),
    },
    ['layerFolders'],
  );

export const vmSchema = (): Schema =>
  object(
    {
      hypervisor: object({ path: string, parameters: strings }, ['path']),
      kernel: object({ path: string, parameters: strings, initrd: string }, ['path']),
      image: object({ path: string, format: oneOf(['raw', 'qcow2', 'vdi', 'vmdk', 'vhd']) }, ['path', 'format']),
      hwConfig: object({
        deviceTree: string,
        vcpus: uint32,
        memory: uint64,
        dtdevs: strings,
        iomems: list(object({ firstGFN: uint64, firstMFN: uint64, nrMFNs: uint64 }, ['firstMFN', 'nrMFNs'])),
        irqs: list(uint32),
      }),
    },
    ['kernel'],
  );

export const zosSchema = (): Schema =>
  object({
    namespaces: list(object({ type: oneOf(['mount', 'pid', 'uts', 'ipc']), path: string }, ['type'])),
  });

const sharing = oneOf(['disable', 'new', 'inherit']);
const sharingOrNew = oneOf(['new', 'inherit']);

export const freebsdSchema = (): Schema =>
  object({
    devices: list(object({ path: string, mode: integer(0, 0o777) })),
    jail: object({
      parent: string,
      host: sharingOrNew,
      ip4: sharing,
      ip4Addr: strings,
      ip6: sharing,
      ip6Addr: strings,
      vnet: sharingOrNew,
      interface: string,
      vnetInterfaces: strings,
      sysvmsg: sharing,
      sysvsem: sharing,
      sysvshm: sharing,
      enforceStatfs: uint8,
      allow: object({
        setHostname: boolean,
        rawSockets: boolean,
        chflags: boolean,
        mount: strings,
        quotas: boolean,
        socketAf: boolean,
        mlock: boolean,
        reservedPorts: boolean,
        suser: boolean,
      }),
    }),
  });
