/** The `memory` part of `events --stats`. */
import type { CgroupRecord } from '../../../plan/facts.ts';
import type { Json } from '../../backend.ts';
import { readCgroupFile } from './files.ts';
import { findPlace } from './place.ts';
import { flatKeyed, number, pressure, sparse } from './stats-parse.ts';

const NOTHING = { limit: 0, failcnt: 0 };

export function memoryStats(record: CgroupRecord): Json {
  const place = findPlace(record, 'memory');
  if (place === undefined) return { usage: NOTHING, swap: NOTHING, kernel: NOTHING, kernelTCP: NOTHING };
  return place.version === 1 ? statsV1(place.dir) : statsV2(place.dir);
}

function statsV1(dir: string): Json {
  const raw = flatKeyed(readCgroupFile(dir, 'memory.stat'));
  return {
    ...sparse({ cache: raw['cache'] }),
    usage: entryV1(dir, 'memory'),
    swap: entryV1(dir, 'memory.memsw'),
    kernel: entryV1(dir, 'memory.kmem'),
    kernelTCP: entryV1(dir, 'memory.kmem.tcp'),
    raw,
  };
}

function entryV1(dir: string, prefix: string): Json {
  const read = (name: string): number => number(readCgroupFile(dir, `${prefix}.${name}`));
  return {
    limit: read('limit_in_bytes'),
    ...sparse({ usage: read('usage_in_bytes'), max: read('max_usage_in_bytes') }),
    failcnt: read('failcnt'),
  };
}

/** `swap` is memory and swap together, as v1 and runc have it. */
function statsV2(dir: string): Json {
  const raw = flatKeyed(readCgroupFile(dir, 'memory.stat'));
  const read = (name: string): number => number(readCgroupFile(dir, name));
  const [usage, limit] = [read('memory.current'), read('memory.max')];
  const failcnt = flatKeyed(readCgroupFile(dir, 'memory.events'))['max'] ?? 0;
  const swapFailcnt = flatKeyed(readCgroupFile(dir, 'memory.swap.events'))['max'] ?? 0;
  return {
    ...sparse({ cache: raw['file'] }),
    usage: { limit, ...sparse({ usage, max: read('memory.peak') }), failcnt },
    swap: {
      limit: readCgroupFile(dir, 'memory.swap.max') === 'max' ? number('max') : Math.min(limit + read('memory.swap.max'), number('max')),
      ...sparse({ usage: usage + read('memory.swap.current') }),
      failcnt: swapFailcnt,
    },
    kernel: { limit: 0, ...sparse({ usage: raw['kernel'] }), failcnt: 0 },
    kernelTCP: { limit: 0, ...sparse({ usage: raw['sock'] }), failcnt: 0 },
    raw,
    ...pressure(dir, 'memory'),
  };
}
