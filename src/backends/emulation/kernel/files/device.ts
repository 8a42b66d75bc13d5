import { errno } from '../../errno.ts';
import type { Location } from '../../vfs/types.ts';
import type { Proc } from '../process.ts';
import { type OpenFile, POLLIN, POLLOUT } from '../types.ts';
import { BaseFile } from './base.ts';

/** A character device without state: what reads and writes do. */
export interface Driver {
  read(buffer: Uint8Array): number;
  write(bytes: Uint8Array): number;
}

export class DeviceFile extends BaseFile {
  readonly kind: OpenFile['kind'] = 'device';
  private readonly driver: Driver;

  constructor(driver: Driver, flags: number, location: Location) {
    super(flags, location);
    this.driver = driver;
  }

  override read(_process: Proc, buffer: Uint8Array): number {
    return this.driver.read(buffer);
  }

  override write(_process: Proc, bytes: Uint8Array): number {
    return this.driver.write(bytes);
  }

  readAt(_process: Proc, _position: number, buffer: Uint8Array): number {
    return this.driver.read(buffer);
  }

  writeAt(_process: Proc, _position: number, bytes: Uint8Array): number {
    return this.driver.write(bytes);
  }

  override poll(_process: Proc, events: number): number {
    return events & (POLLIN | POLLOUT);
  }
}

/** getRandomValues takes no more at a time. */
const RANDOM_MAX = 65536;

function zeros(buffer: Uint8Array): number {
  buffer.fill(0);
  return buffer.length;
}

const swallow = (bytes: Uint8Array): number => bytes.length;

/** What random(4) gives in one read at most. */
const RANDOM_READ = 32 * 1024 * 1024 - 1;

function random(buffer: Uint8Array): number {
  const length = Math.min(buffer.length, RANDOM_READ);
  for (let at = 0; at < length; at += RANDOM_MAX) {
    // Guests' memory may be shared, which getRandomValues refuses.
    const part = buffer.subarray(at, Math.min(at + RANDOM_MAX, length));
    part.set(crypto.getRandomValues(new Uint8Array(part.length)));
  }
  return length;
}

/** Minor numbers of major 1 (mem(4), null(4), full(4), random(4)). */
export const MEMORY_DEVICES: ReadonlyMap<number, Driver> = new Map([
  [3, { read: () => 0, write: swallow }],
  [5, { read: zeros, write: swallow }],
  [
    7,
    {
      read: zeros,
      write: (): number => {
        throw errno('ENOSPC');
      },
    },
  ],
  [8, { read: random, write: swallow }],
  [9, { read: random, write: swallow }],
]);
