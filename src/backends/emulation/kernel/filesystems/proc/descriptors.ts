import { type PseudoDirectoryEntry, type PseudoEntry } from '../../../vfs/pseudo.ts';
import { locationOf } from '../../files/anonymous.ts';
import { isReadable, isWritable } from '../../files/base.ts';
import type { Proc } from '../../process.ts';
import type { OpenFile } from '../../types.ts';
import { callerOf, demandInspect } from '../caller.ts';

/** /proc/PID/fd: a magic link for each descriptor. */
export function descriptorLinks(process: Proc): PseudoDirectoryEntry {
  return listing(process, (file) => ({
    kind: 'link',
    key: file,
    mode: 0o100 | (isReadable(file.flags) ? 0o400 : 0) | (isWritable(file.flags) ? 0o200 : 0),
    uid: process.ids.euid,
    gid: process.ids.egid,
    target: () => nameOf(process, file),
    magic: () => {
      demandInspect(process.kernel, process);
      return locationOf(file);
    },
  }));
}

/** /proc/PID/fdinfo. */
export function descriptorInfo(process: Proc): PseudoDirectoryEntry {
  return listing(process, (file, cloexec) => ({
    kind: 'file',
    key: file,
    mode: 0o400,
    uid: process.ids.euid,
    gid: process.ids.egid,
    read: () => {
      const flags = (file.flags | (cloexec ? 0o2000000 : 0)).toString(8);
      return `pos:\t${file.position}\nflags:\t0${flags}\nmnt_id:\t${file.location?.mount.id ?? 0}\nino:\t${file.stat().ino}\n`;
    },
  }));
}

function listing(process: Proc, entry: (file: OpenFile, cloexec: boolean) => PseudoEntry): PseudoDirectoryEntry {
  return {
    kind: 'directory',
    mode: 0o500,
    uid: process.ids.euid,
    gid: process.ids.egid,
    lookup: (name) => {
      const descriptor = /^(0|[1-9][0-9]*)$/.test(name) ? process.descriptors[Number(name)] : undefined;
      return descriptor === undefined ? undefined : entry(descriptor.file, descriptor.cloexec);
    },
    *list() {
      for (const [fd, descriptor] of process.descriptors.entries()) if (descriptor !== undefined) yield String(fd);
    },
  };
}

/** The path as the caller sees it, or what the file says of itself. */
function nameOf(process: Proc, file: OpenFile): string {
  if (file.location === undefined) return file.description;
  const { kernel } = process;
  return kernel.vfs.pathOf(file.location, (callerOf(kernel) ?? process).root);
}
