/** The guest's kernel: Debian's cloud kernel, unpacked from its package and cached outside the repository. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../helpers/host.ts';

export const cacheDir: string = join(repository, 'node_modules/.cache/tsrun-vm');
const unpacked = join(cacheDir, 'kernel');

export interface Kernel {
  readonly image: string;
  /** Directory with modules.dep. */
  readonly modules: string;
}

/** What makes a guest impossible here, said to the user as the reason of a skip. */
export class VmUnavailable extends Error {}

/** Installs qemu and cpio and unpacks a kernel where they are missing and we are root; throws VmUnavailable where that cannot be. */
export function prepareVm(): Kernel {
  needPrograms({ 'qemu-system-x86_64': 'qemu-system-x86', cpio: 'cpio', busybox: 'busybox-static' });
  if (!existsSync(join(unpacked, 'boot'))) fetchKernel();
  const image = readdirSync(join(unpacked, 'boot')).find((name) => name.startsWith('vmlinuz-'));
  if (image === undefined) throw new VmUnavailable(`no vmlinuz in ${unpacked}/boot; remove that directory and try again`);
  return { image: join(unpacked, 'boot', image), modules: join(unpacked, 'lib/modules', image.slice('vmlinuz-'.length)) };
}

function needPrograms(wanted: Readonly<Record<string, string>>): void {
  const missing = Object.entries(wanted).filter(([program]) => run('which', [program]).status !== 0);
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  if (process.geteuid?.() !== 0) throw new VmUnavailable(`${packages.join(', ')} not installed, and only root can install packages`);
  const { status } = run('apt-get', ['install', '-y', '--no-install-recommends', ...packages]);
  if (status !== 0) throw new VmUnavailable(`apt-get cannot install ${packages.join(', ')}`);
}

/** `apt-get download`, not install: the host keeps its own kernel. */
function fetchKernel(): void {
  const depends = run('apt-cache', ['depends', 'linux-image-cloud-amd64']).stdout;
  const name = /Depends: (linux-image-\S+-cloud-amd64)/.exec(depends)?.[1];
  if (name === undefined) throw new VmUnavailable('apt knows no linux-image-cloud-amd64');
  mkdirSync(unpacked, { recursive: true });
  if (run('apt-get', ['download', name], cacheDir).status !== 0) throw new VmUnavailable(`apt-get cannot download ${name}`);
  const deb = readdirSync(cacheDir).find((file) => file.startsWith(name) && file.endsWith('.deb'));
  if (deb === undefined || run('dpkg-deb', ['-x', deb, unpacked], cacheDir).status !== 0) throw new VmUnavailable(`cannot unpack ${name}`);
}

/** Module names → files in the order to load them, from modules.dep. A module that is built in has none. */
export function moduleFiles(kernel: Kernel, names: readonly string[]): readonly string[] {
  const dep = modulesDep(kernel);
  const files: string[] = [];
  for (const name of names) {
    const [file, dependencies] = [...dep].find(([path]) => path.endsWith(`/${name}.ko`)) ?? [];
    if (file === undefined || dependencies === undefined) continue;
    // modules.dep lists the nearest dependency first.
    for (const each of [...dependencies.toReversed(), file]) if (!files.includes(each)) files.push(each);
  }
  return files.map((file) => join(kernel.modules, file));
}

/** Debian makes modules.dep when the package is installed; unpacked, it is ours to make. */
function modulesDep({ modules }: Kernel): ReadonlyMap<string, readonly string[]> {
  const file = join(modules, 'modules.dep');
  if (!existsSync(file)) {
    const version = modules.slice(modules.lastIndexOf('/') + 1);
    const { status } = run('/sbin/depmod', ['-b', unpacked, version]);
    if (status !== 0) throw new VmUnavailable('depmod (package kmod) cannot index the modules of the guest kernel');
  }
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return new Map(
    lines.map((line): [string, readonly string[]] => [
      line.slice(0, line.indexOf(':')),
      line
        .slice(line.indexOf(':') + 1)
        .trim()
        .split(' ')
        .filter(Boolean),
    ]),
  );
}

function run(command: string, args: readonly string[], cwd?: string): { readonly status: number | null; readonly stdout: string } {
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    ...(cwd !== undefined && { cwd }),
  });
  return { status, stdout: stdout ?? '' };
}
