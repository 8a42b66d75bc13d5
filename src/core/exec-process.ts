import type { Process } from '../oci/spec.ts';
import { TsrunError } from './errors.ts';

/** What `exec` changes of the container's own process. */
export interface ProcessChanges {
  /** argv; at least one. */
  readonly args: readonly string[];
  readonly cwd?: string;
  /** KEY=value, after the container's own. */
  readonly env: readonly string[];
  readonly terminal: boolean;
  readonly uid?: number;
  /** The container's own where only a uid is given. */
  readonly gid?: number;
  readonly additionalGids: readonly number[];
  /** Added to bounding, effective and permitted, to ambient only if there are inheritable ones (runc; CVE-2022-29162). */
  readonly capabilities: readonly string[];
  readonly noNewPrivileges?: boolean;
  readonly apparmorProfile?: string;
  readonly selinuxLabel?: string;
}

/** `own`: the process of the container's config as it was at create. */
export function execProcess(own: Process | undefined, changes: ProcessChanges): Process {
  if (changes.args.length === 0 || changes.args[0] === undefined) throw new TsrunError('USAGE', 'exec args cannot be empty');
  const { args, cwd, env, terminal, uid, gid, additionalGids, capabilities } = changes;
  if (cwd !== undefined && !cwd.startsWith('/')) throw new TsrunError('USAGE', `Cwd must be an absolute path, got ${JSON.stringify(cwd)}`);
  const { consoleSize: _of_another_terminal, ...rest } = own ?? { cwd: '/' };
  return {
    ...rest,
    args,
    terminal,
    cwd: cwd ?? rest.cwd,
    env: [...(rest.env ?? []), ...env],
    user: {
      ...rest.user,
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
      ...(additionalGids.length === 0 ? {} : { additionalGids: [...(rest.user?.additionalGids ?? []), ...additionalGids] }),
    },
    ...(capabilities.length === 0 ? {} : { capabilities: withCapabilities(rest.capabilities, capabilities) }),
    ...(changes.noNewPrivileges === undefined ? {} : { noNewPrivileges: changes.noNewPrivileges }),
    ...(changes.apparmorProfile === undefined ? {} : { apparmorProfile: changes.apparmorProfile }),
    ...(changes.selinuxLabel === undefined ? {} : { selinuxLabel: changes.selinuxLabel }),
  };
}

function withCapabilities(own: Process['capabilities'], added: readonly string[]): NonNullable<Process['capabilities']> {
  const union = (names: readonly string[] | undefined): string[] => [...new Set([...(names ?? []), ...added])];
  return {
    ...own,
    bounding: union(own?.bounding),
    effective: union(own?.effective),
    permitted: union(own?.permitted),
    ...(own?.inheritable?.length ? { ambient: union(own.ambient) } : {}),
  };
}
