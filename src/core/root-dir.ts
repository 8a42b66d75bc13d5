import { lstatSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TsrunError } from './errors.ts';

/** What decides where state goes when there is no `--root`. */
export interface RootFacts {
  readonly platform: NodeJS.Platform;
  readonly euid: number;
  readonly xdgRuntimeDir: string | undefined;
  readonly user: string | undefined;
  inUserNamespace(): boolean;
}

/**
 * As runc: /run/tsrun, or $XDG_RUNTIME_DIR/tsrun for who is not root or is root only in a user namespace (rootless
 * podman: there /run cannot be written). Without XDG_RUNTIME_DIR an ordinary user gets /tmp/tsrun-UID. Other systems have no
 * /run, and macOS lets nobody make one.
 */
export function defaultRoot(facts: RootFacts): string {
  const { platform, euid, xdgRuntimeDir, user } = facts;
  if (xdgRuntimeDir && (euid !== 0 || (facts.inUserNamespace() && user !== 'root'))) return resolve('/', xdgRuntimeDir, 'tsrun');
  if (euid !== 0) return `/tmp/tsrun-${euid}`;
  return platform === 'linux' ? '/run/tsrun' : '/var/run/tsrun';
}

/** `--root` as given, or the default of this process. Absolute. */
export function chooseRoot(given: string | undefined): string {
  if (given === undefined || given === '') {
    const euid = process.geteuid?.() ?? 0;
    const { platform, env } = process;
    const chosen = defaultRoot({ platform, euid, xdgRuntimeDir: env['XDG_RUNTIME_DIR'], user: env['USER'], inUserNamespace });
    if (chosen.startsWith('/tmp/')) refuseForeign(chosen, euid);
    return chosen;
  }
  const root = absolute(given, '--root');
  if (root === '/') throw new TsrunError('USAGE', 'Option --root argument should not be set to /');
  return root;
}

/** Against the working directory, which may have been deleted: then only absolute paths can be used. */
export function absolute(path: string, what: string): string {
  if (path.startsWith('/')) return resolve(path);
  let cwd: string;
  try {
    cwd = process.cwd();
  } catch (error) {
    throw new TsrunError('USAGE', `${what}: cannot resolve ${JSON.stringify(path)}, the working directory was deleted`, {
      cause: error,
      hint: 'give an absolute path',
    });
  }
  return resolve(cwd, path);
}

/** user_namespaces(7): only the initial namespace maps all ids onto themselves. */
function inUserNamespace(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return readFileSync('/proc/self/uid_map', 'latin1').trim().split(/\s+/).join(' ') !== '0 0 4294967295';
  } catch {
    return false; // no /proc: no namespaces either
  }
}

/** /tmp is everybody's: a directory that another user has put there must not get our state. */
function refuseForeign(path: string, euid: number): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined || (stat.isDirectory() && stat.uid === euid && (stat.mode & 0o077) === 0)) return;
  throw new TsrunError('SYSTEM', `${path} is not a private directory of user ${euid}`, { hint: 'set XDG_RUNTIME_DIR or give --root' });
}
