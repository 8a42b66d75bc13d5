/** Can the linux backend make a container on this host? Cheap; only asked where nobody has chosen a backend. */
import { readFileSync } from 'node:fs';

const CAP_SYS_ADMIN = 21n;

/** With the rights to make namespaces, or with user namespaces that give them. */
export async function linuxCanWork(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const effective = /^CapEff:\s*([0-9a-f]+)/m.exec(read('/proc/self/status'))?.[1] ?? '0';
  return ((BigInt(`0x${effective}`) >> CAP_SYS_ADMIN) & 1n) === 1n || (await mayMakeUserNamespaces());
}

async function mayMakeUserNamespaces(): Promise<boolean> {
  if (read('/proc/sys/user/max_user_namespaces').trim() === '0') return false;
  if (read('/proc/sys/kernel/unprivileged_userns_clone').trim() === '0') return false; // Debian's switch
  // A seccomp profile (docker's) or AppArmor (Ubuntu's) can forbid it too: only trying tells.
  const { spawnSync } = await import('node:child_process'); // not free to load
  const { error, status } = spawnSync('unshare', ['--user', 'true'], { stdio: 'ignore' });
  return error !== undefined || status === 0;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // not there: no such limit
  }
}
