import { writeAtomic } from './atomic-file.ts';

/** The host's pid in decimal without a newline, complete as soon as it can be seen at all (conmon and the shim read it). */
export function writePidFile(path: string, pid: number): void {
  writeAtomic(path, String(pid), 0o644);
}
