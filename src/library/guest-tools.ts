/** The shell and tools that come with tsrun, built for WASI: what a container needs to be looked around in. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TsrunError } from '../core/errors.ts';
import type { FileEntry, Files } from './files.ts';

/** `wasm-guest/bin` of the package that this module is part of, bundled or not. BACKEND_UNAVAILABLE when it is not there. */
export function guestDirectory(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); at !== dirname(at); at = dirname(at)) {
    const candidate = join(at, 'wasm-guest/bin');
    if (existsSync(join(candidate, 'sh.wasm'))) return candidate;
  }
  throw new TsrunError('BACKEND_UNAVAILABLE', 'the guest programs (wasm-guest/bin) are not beside this program');
}

let read: Files | undefined;

/**
 * A root file system of `/bin/sh`, the multi-call tools under their names in `/bin`, `/etc/passwd`, `/etc/group`, and the
 * usual empty directories. Read once.
 */
export function guestTools(): Files {
  if (read !== undefined) return read;
  const from = guestDirectory();
  const names = readFileSync(join(from, 'applets.txt'), 'utf8').split('\n').filter(Boolean);
  const directory: FileEntry = { directory: true };
  read = {
    ...Object.fromEntries(['/dev', '/home', '/mnt', '/proc', '/root', '/run', '/sys', '/var'].map((path) => [path, directory])),
    '/tmp': { directory: true, mode: 0o1777 },
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000::/home:/bin/sh\n',
    '/etc/group': 'root:x:0:\nuser:x:1000:\n',
    '/bin/box': readFileSync(join(from, 'box.wasm')),
    ...Object.fromEntries(names.map((name) => [`/bin/${name}`, { symlink: 'box' }])),
    '/bin/sh': readFileSync(join(from, 'sh.wasm')),
  };
  return read;
}
