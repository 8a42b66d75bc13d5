/** A root file system of our own guest programs (wasm-guest/bin), for the emulation backend: the same names as busybox has. */
import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './host.ts';

const guests = join(repository, 'wasm-guest/bin');
export const GUESTS = ['sh', 'box', 'probe'] as const;

/** Copies, so that nothing a test does reaches the committed files. */
export function copyGuests(template: string): void {
  for (const name of GUESTS) {
    const from = join(guests, `${name}.wasm`);
    if (!existsSync(from)) continue; // tests of the Linux backend need none
    copyFileSync(from, join(template, `${name}.wasm`));
    chmodSync(join(template, `${name}.wasm`), 0o755);
  }
}

/** `/bin` with sh, probe and the tools: hard links to the template (a copy where the file system refuses). */
export function fillGuestBin(bin: string, template: string): void {
  mkdirSync(bin, { recursive: true });
  for (const name of GUESTS) {
    try {
      linkSync(join(template, `${name}.wasm`), join(bin, name));
    } catch {
      copyFileSync(join(template, `${name}.wasm`), join(bin, name));
    }
  }
  const applets = readFileSync(join(guests, 'applets.txt'), 'utf8').split('\n').filter(Boolean);
  for (const applet of applets) symlinkSync('box', join(bin, applet));
}

/** The least that a root file system needs beside /bin. */
export function fillEtc(path: string): void {
  mkdirSync(join(path, 'etc'), { recursive: true });
  writeFileSync(join(path, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000::/home:/bin/sh\n');
  writeFileSync(join(path, 'etc/group'), 'root:x:0:\nuser:x:1000:\n');
  writeFileSync(join(path, 'etc/marker'), 'container\n');
}
