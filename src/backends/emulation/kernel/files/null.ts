import { makedev, S_IFCHR, type Stat } from '../../vfs/types.ts';
import { type OpenFile, POLLIN, POLLOUT } from '../types.ts';
import { anonymousStat, BaseFile } from './base.ts';

/** /dev/null without a file system: stdio that goes nowhere. */
export class NullFile extends BaseFile {
  readonly kind: OpenFile['kind'] = 'device';

  constructor(flags: number) {
    super(flags, undefined);
  }

  override get description(): string {
    return '/dev/null';
  }

  override read(): number {
    return 0;
  }

  override write(_process: unknown, bytes: Uint8Array): number {
    return bytes.length;
  }

  override stat(): Stat {
    return { ...anonymousStat(1, S_IFCHR | 0o666), rdev: makedev(1, 3) };
  }

  override poll(_process: unknown, events: number): number {
    return events & (POLLIN | POLLOUT);
  }
}
