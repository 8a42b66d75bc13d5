import { hasNewNamespace, namespaceOf } from '../namespaces.ts';
import type { HookKind, Spec } from '../spec.ts';
import type { Report } from './rule.ts';

/** UTS names of the kernel: __NEW_UTS_LEN. */
const UTS_MAX = 64;

/** root is REQUIRED on all platforms but Windows (config.md#root). */
export function rootRequired(spec: Spec, report: Report): void {
  const section = 'config.md#root';
  if (spec.root === undefined) report.error('/root', 'root must be specified', { section });
  else if (spec.root.path === '') report.error('/root/path', 'must not be empty', { section });
}

/** hostname and domainname belong to the UTS namespace; the host's must not change (config.md#hostname, #domainname). */
export function utsNames(spec: Spec, report: Report): void {
  for (const name of ['hostname', 'domainname'] as const) {
    const value = spec[name];
    if (!value) continue;
    const section = `config.md#${name}`;
    if (!namespaceOf(spec, 'uts')) report.error(`/${name}`, `needs a "uts" namespace: the host's ${name} would change`, { section });
    if (new TextEncoder().encode(value).length > UTS_MAX) report.error(`/${name}`, `is longer than ${UTS_MAX} bytes`, { section });
  }
}

/** Sections of other platforms are not applied (config.md#platform-specific-configuration). */
export function otherPlatforms(spec: Spec, report: Report): void {
  const section = 'config.md#platform-specific-configuration';
  if (spec.windows !== undefined && spec.linux === undefined) {
    report.error('/windows', 'this bundle is for windows: it has no "linux" section', { section });
    return;
  }
  for (const platform of ['solaris', 'windows', 'vm', 'zos', 'freebsd'] as const) {
    if (spec[platform] !== undefined) report.warn(`/${platform}`, `section \`${platform}\` is for another platform; ignored`, { section });
  }
}

/** The path of a hook MUST be absolute; its timeout is in the schema (config.md#posix-platform-hooks). */
export function hookPaths(spec: Spec, report: Report): void {
  const kinds: readonly HookKind[] = ['prestart', 'createRuntime', 'createContainer', 'startContainer', 'poststart', 'poststop'];
  for (const kind of kinds) {
    for (const [index, { path }] of (spec.hooks?.[kind] ?? []).entries()) {
      if (path.startsWith('/')) continue;
      report.error(`/hooks/${kind}/${index}/path`, `must be an absolute path, got ${JSON.stringify(path)}`, {
        section: 'config.md#posix-platform-hooks',
      });
    }
  }
}

/**
 * Without a mount namespace of its own (or one to join) every mount would be made in the host's: refused, although the
 * specification lets a container inherit it.
 */
export function mountsStayInside(spec: Spec, report: Report): void {
  if (spec.linux === undefined || namespaceOf(spec, 'mount')) return;
  const { linux } = spec;
  const changes = [
    spec.mounts?.length ? '/mounts' : '',
    spec.root?.readonly ? '/root/readonly' : '',
    spec.process?.terminal ? '/process/terminal' : '',
    linux.maskedPaths?.length ? '/linux/maskedPaths' : '',
    linux.readonlyPaths?.length ? '/linux/readonlyPaths' : '',
    linux.rootfsPropagation ? '/linux/rootfsPropagation' : '',
  ].filter((pointer) => pointer !== '');
  if (changes.length === 0) return;
  report.error('/linux/namespaces', `has no "mount" namespace, so that ${changes.join(', ')} would change the host's mounts`, {
    hint: 'add {"type": "mount"}',
    section: 'config-linux.md#namespaces',
  });
}

/** Clocks can only be set in a new time namespace (config-linux.md#offset-for-time-namespace). */
export function timeOffsets(spec: Spec, report: Report): void {
  const offsets = spec.linux?.timeOffsets;
  if (!offsets || (!offsets.monotonic && !offsets.boottime) || hasNewNamespace(spec, 'time')) return;
  const why = namespaceOf(spec, 'time') ? 'cannot be set in a time namespace that is joined by path' : 'needs a "time" namespace';
  report.error('/linux/timeOffsets', why, { section: 'config-linux.md#offset-for-time-namespace' });
}
