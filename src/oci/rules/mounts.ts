import { parseMountOptions } from '../mount-options.ts';
import { hasNewNamespace } from '../namespaces.ts';
import type { Mount, Spec } from '../spec.ts';
import { checkMappings } from './namespaces.ts';
import type { Report } from './rule.ts';

/** config.md#mounts */
export function mounts(spec: Spec, report: Report): void {
  for (const [index, mount] of (spec.mounts ?? []).entries()) {
    const pointer = `/mounts/${index}`;
    const options = parseMountOptions(mount.options ?? []);
    if (!mount.destination.startsWith('/')) {
      report.warn(`${pointer}/destination`, `${JSON.stringify(mount.destination)} is relative (deprecated): taken from "/"`, {
        section: SECTION,
      });
    }
    if (options.bind !== 'none' && !mount.source) report.error(`${pointer}/source`, 'a bind mount needs a source', { section: SECTION });
    if (options.tmpcopyup && mount.type !== 'tmpfs')
      report.warn(`${pointer}/options`, 'tmpcopyup has an effect on a tmpfs only', { section: SECTION });
    idMapped(spec, mount, options, pointer, report);
  }
}

const SECTION = 'config.md#mounts';

/** uidMappings and gidMappings: both or none; without them `idmap` means the user namespace's own. */
function idMapped(spec: Spec, mount: Mount, options: ReturnType<typeof parseMountOptions>, pointer: string, report: Report): void {
  const uids = mount.uidMappings?.length ?? 0;
  const gids = mount.gidMappings?.length ?? 0;
  if (uids > 0) checkMappings(mount.uidMappings ?? [], `${pointer}/uidMappings`, report);
  if (gids > 0) checkMappings(mount.gidMappings ?? [], `${pointer}/gidMappings`, report);
  if (uids > 0 !== gids > 0) {
    const [has, lacks] = uids > 0 ? ['uidMappings', 'gidMappings'] : ['gidMappings', 'uidMappings'];
    report.error(`${pointer}/${lacks}`, `is required with ${has}`, { section: SECTION });
  }
  const mapped = options.idmap !== 'none' || uids + gids > 0;
  if (mapped && options.bind === 'none') report.error(pointer, 'only a bind mount can be id-mapped', { section: SECTION });
  if (options.idmap !== 'none' && uids + gids === 0 && !hasNewNamespace(spec, 'user')) {
    report.error(
      `${pointer}/options`,
      `${options.idmap} needs uidMappings and gidMappings, or a new "user" namespace whose mappings it takes`,
      {
        section: SECTION,
      },
    );
  }
}

/** maskedPaths and readonlyPaths MUST be absolute (config-linux.md#masked-paths, #readonly-paths). */
export function absolutePaths(spec: Spec, report: Report): void {
  for (const kind of ['maskedPaths', 'readonlyPaths'] as const) {
    for (const [index, path] of (spec.linux?.[kind] ?? []).entries()) {
      if (path.startsWith('/')) continue;
      report.error(`/linux/${kind}/${index}`, `must be an absolute path, got ${JSON.stringify(path)}`, {
        section: kind === 'maskedPaths' ? 'config-linux.md#masked-paths' : 'config-linux.md#readonly-paths',
      });
    }
  }
}
