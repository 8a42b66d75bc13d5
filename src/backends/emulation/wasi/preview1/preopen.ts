/**
 * Preopened directories. Our own libc needs none. A program that asks (it imports fd_prestat_get and nothing of `tsrun`) gets
 * them at the first free descriptors from 3 on. wasi-libc asks for 3, 4, … until EBADF, so
 * descriptors below that one which the program inherited answer under a name that no path can begin with by accident.
 */
import { errno } from '../../errno.ts';
import { BLOCKED } from '../../kernel/types.ts';
import { O_CLOEXEC, O_DIRECTORY } from '../../vfs/types.ts';
import type { Guest } from '../guest.ts';
import { descriptorOf, DIRECTORY_RIGHTS, FILE_RIGHTS, wasiOf, type WasiRights } from './rights.ts';

const FIRST = 3;
const AT_FDCWD = -100;

/** A directory of the container and the name that the program knows it by. */
export interface Preopen {
  readonly name: string;
  readonly path: string;
}

/** Opens the directories for a program that looks for preopens; closed by the next exec. */
export function addPreopens(guest: Guest, preopens: readonly Preopen[]): void {
  const { sys, process } = guest;
  for (const { name, path } of preopens) {
    const opened = sys.openat(process, AT_FDCWD, path, O_DIRECTORY | O_CLOEXEC, 0);
    if (opened === BLOCKED) throw errno('EIO');
    let fd = opened;
    if (fd < FIRST) {
      fd = sys.dup(process, opened, FIRST, true);
      sys.close(process, opened);
    }
    const rights: WasiRights = { base: DIRECTORY_RIGHTS, inheriting: DIRECTORY_RIGHTS | FILE_RIGHTS, preopen: name };
    descriptorOf(guest, fd).wasi = rights;
  }
}

/** The name of a preopen; EBADF: it is none. */
export function preopenName(guest: Guest, fd: number): string {
  const name = wasiOf(descriptorOf(guest, fd))?.preopen;
  if (name !== undefined) return name;
  const { descriptors } = guest.process;
  if (fd >= FIRST && descriptors.some((later, index) => index > fd && later !== undefined && wasiOf(later)?.preopen !== undefined))
    return `/dev/fd/${fd}`;
  throw errno('EBADF');
}
