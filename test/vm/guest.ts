/**
 * Boots a Linux guest under QEMU without KVM, with an initramfs made of busybox and given files, and runs a script in
 * it as root. cgroup v2 alone is mounted, with all controllers of the kernel.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Kernel, moduleFiles, prepareVm } from './kernel.ts';

export interface Guest {
  /** Run by /bin/sh (busybox ash), with / as its directory. */
  readonly script: string;
  /** Host file → absolute path in the guest. Shared libraries of dynamic executables come along. */
  readonly files: ReadonlyMap<string, string>;
  /** Kernel modules to load, with what they depend on. */
  readonly modules: readonly string[];
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

export interface GuestResult {
  /** Exit code of the script; undefined when the guest ended or was ended without telling. */
  readonly code: number | undefined;
  /** The script's output, without what kernel and firmware say before it. */
  readonly output: string;
  /** The whole console. */
  readonly console: string;
}

const BEGIN = '@@guest-script-begins@@';
const END = /@@guest-script-exit (\d+)@@/;

export async function runGuest(guest: Guest): Promise<GuestResult> {
  const kernel = prepareVm();
  const work = mkdtempSync(join(tmpdir(), 'tsrun-vm-'));
  try {
    const initramfs = buildInitramfs(kernel, guest, work);
    const console = await boot(kernel, guest, initramfs);
    const begin = console.indexOf(BEGIN);
    const end = END.exec(console);
    const output = begin < 0 ? '' : console.slice(begin + BEGIN.length, end?.index).replaceAll('\r', '');
    return { code: end === null ? undefined : Number(end[1]), output, console };
  } finally {
    rmSync(work, { recursive: true });
  }
}

function buildInitramfs(kernel: Kernel, { files, modules, script }: Guest, work: string): string {
  const root = join(work, 'root');
  for (const dir of ['bin', 'proc', 'sys', 'dev', 'tmp', 'run', 'root', 'etc', 'modules']) mkdirSync(join(root, dir), { recursive: true });
  copy('/bin/busybox', join(root, 'bin/busybox'));
  symlinkSync('busybox', join(root, 'bin/sh'));
  const loaded = moduleFiles(kernel, modules);
  for (const file of loaded) copy(file, join(root, 'modules', basename(file)));
  for (const [from, to] of files) {
    copy(from, join(root, to));
    for (const library of librariesOf(from)) copy(library, join(root, library));
  }
  writeFileSync(join(root, 'script'), script, { mode: 0o755 });
  writeFileSync(join(root, 'init'), initScript(loaded.map((file) => basename(file))), { mode: 0o755 });
  const image = join(work, 'initramfs');
  const out = openSync(image, 'w');
  const list = spawnSync('find', ['.', '-print0'], { cwd: root, maxBuffer: 1 << 24 }).stdout;
  const { status } = spawnSync('cpio', ['--null', '--create', '--format=newc', '--owner=0:0', '--quiet'], {
    cwd: root,
    input: list,
    stdio: ['pipe', out, 'inherit'],
  });
  closeSync(out);
  if (status !== 0) throw new Error('cpio failed');
  return image;
}

/**
 * pivot_root needs a root mount with a parent, which the initramfs is not: so the tree is bound over itself first, as
 * an early user space would switch to a disk.
 */
function initScript(modules: readonly string[]): string {
  return `#!/bin/busybox sh
export PATH=/bin:/sbin:/usr/bin HOME=/root
/bin/busybox --install -s /bin
mkdir -p /newroot
mount --bind / /newroot
cd /newroot
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t devtmpfs dev dev
mkdir -p dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount --move . /
exec chroot . /bin/sh -c '
${modules.map((name) => `insmod /modules/${name}`).join('\n')}
ip link set lo up
dmesg -n 1
echo ${BEGIN}
/bin/sh /script </dev/null 2>&1
echo "@@guest-script-exit $?@@"
poweroff -f'
`;
}

/** Shared libraries and loader of a dynamic executable, by the host's ldd. */
function librariesOf(file: string): readonly string[] {
  const { status, stdout } = spawnSync('ldd', [file], { encoding: 'utf8' });
  return status === 0 ? [...stdout.matchAll(/(\/\S+) \(0x/g)].flatMap((match) => match[1] ?? []) : [];
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  if (/\/s?bin\/|ld-linux/.test(to)) chmodSync(to, 0o755);
}

function boot(kernel: Kernel, { timeoutMs, memoryMb }: Guest, initramfs: string): Promise<string> {
  const args = ['-accel', 'tcg', '-cpu', 'max', '-smp', '1', '-m', String(memoryMb), '-nodefaults', '-no-user-config', '-no-reboot'];
  args.push('-display', 'none', '-monitor', 'none', '-serial', 'stdio', '-kernel', kernel.image, '-initrd', initramfs);
  args.push('-append', 'console=ttyS0 quiet panic=-1 tsc=reliable mitigations=off random.trust_cpu=on hugepages=2');
  const qemu = spawn('qemu-system-x86_64', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => qemu.kill('SIGKILL'), timeoutMs);
    qemu.stdout.on('data', (data: Buffer) => chunks.push(data));
    qemu.on('error', reject);
    qemu.on('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks).toString('utf8'));
    });
  });
}
