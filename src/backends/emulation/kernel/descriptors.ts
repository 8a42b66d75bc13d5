import { errno } from '../errno.ts';
import type { Proc } from './process.ts';
import type { Descriptor, OpenFile } from './types.ts';

/** The open file of a descriptor. EBADF. */
export function fileOf(process: Proc, fd: number): OpenFile {
  const descriptor = process.descriptors[fd];
  if (descriptor === undefined) throw errno('EBADF');
  return descriptor.file;
}

export function descriptorOf(process: Proc, fd: number): Descriptor {
  const descriptor = process.descriptors[fd];
  if (descriptor === undefined) throw errno('EBADF');
  return descriptor;
}

/** The lowest free descriptor from `min` on, below RLIMIT_NOFILE. EMFILE, EINVAL for a min beyond the limit. */
export function freeDescriptor(process: Proc, min = 0): number {
  const { descriptors } = process;
  if (min < 0 || (min > 0 && min >= process.maxDescriptors)) throw errno('EINVAL');
  let fd = Math.max(min, process.lowestFree);
  while (descriptors[fd] !== undefined) fd++;
  if (min <= process.lowestFree) process.lowestFree = fd;
  if (fd >= process.maxDescriptors) throw errno('EMFILE');
  return fd;
}

/** Puts an open file at a free descriptor; the table takes over the caller's reference. */
export function put(process: Proc, fd: number, file: OpenFile, cloexec: boolean, wasi?: unknown): void {
  const { descriptors } = process;
  // No holes: an array with holes is slow, and `length` is the number of slots.
  while (descriptors.length < fd) descriptors.push(undefined);
  descriptors[fd] = wasi === undefined ? { file, cloexec } : { file, cloexec, wasi };
  if (fd === process.lowestFree) process.lowestFree = fd + 1;
}

/** A new file at the lowest free descriptor; the file is released when there is none. */
export function install(process: Proc, file: OpenFile, cloexec: boolean): number {
  let fd: number;
  try {
    fd = freeDescriptor(process);
  } catch (error) {
    file.release();
    throw error;
  }
  put(process, fd, file, cloexec);
  return fd;
}

export function close(process: Proc, fd: number): void {
  const { file } = descriptorOf(process, fd);
  process.descriptors[fd] = undefined;
  if (fd < process.lowestFree) process.lowestFree = fd;
  file.release();
}

/** dup(2), F_DUPFD: lowest free from min on. */
export function duplicate(process: Proc, fd: number, min: number, cloexec: boolean): number {
  const { file, wasi } = descriptorOf(process, fd);
  const target = freeDescriptor(process, min);
  file.retain();
  put(process, target, file, cloexec, wasi);
  return target;
}

/** dup3(2): EINVAL when both are the same (dup2 is the caller's). */
export function duplicateTo(process: Proc, fd: number, target: number, cloexec: boolean): number {
  const { file, wasi } = descriptorOf(process, fd);
  if (fd === target) throw errno('EINVAL');
  if (target < 0 || target >= process.maxDescriptors) throw errno('EBADF');
  file.retain();
  const old = process.descriptors[target];
  put(process, target, file, cloexec, wasi);
  old?.file.release();
  return target;
}

/** fork(2): the same open files in a table of its own. */
export function copyDescriptors(from: Proc, to: Proc): void {
  to.descriptors = from.descriptors.map((descriptor) => {
    if (descriptor === undefined) return undefined;
    descriptor.file.retain();
    return { ...descriptor };
  });
  to.lowestFree = from.lowestFree;
}

export function closeOnExec(process: Proc): void {
  for (const [fd, descriptor] of process.descriptors.entries()) if (descriptor?.cloexec === true) close(process, fd);
}

export function closeAll(process: Proc): void {
  const { descriptors } = process;
  process.descriptors = [];
  process.lowestFree = 0;
  for (const descriptor of descriptors) descriptor?.file.release();
}
