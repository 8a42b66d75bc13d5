import { readFileSync } from 'node:fs';
import { TsrunError } from '../../core/errors.ts';
import { list } from '../../core/inspect.ts';
import type { CliCommand } from '../command.ts';
import { print } from '../output.ts';
import { table } from '../table.ts';

interface ListFlags {
  readonly format: string;
  readonly quiet?: boolean;
}

export const command: CliCommand<ListFlags> = {
  usage: '',
  arguments: { min: 0, max: 0 },
  options: [
    { flags: '-f, --format <format>', description: 'table or json', initial: 'table' },
    { flags: '-q, --quiet', description: 'only the ids' },
  ],
  async run(_args, { format, quiet }, { context, rootGiven }) {
    if (format !== 'table' && format !== 'json') throw new TsrunError('USAGE', 'invalid format option');
    const documents = await list(context, userName);
    if (documents === undefined && rootGiven) throw new TsrunError('USAGE', `open ${context.store.root}: no such file or directory`);
    const found = documents ?? [];
    if (quiet) print(found.map(({ id }) => `${id}\n`).join(''));
    else if (format === 'json') print(JSON.stringify(found.length === 0 ? null : found)); // Go's nil slice
    else {
      const rows = found.map(({ id, pid, status, bundle, created, owner }) => [id, String(pid), status, bundle, created, owner]);
      print(table([['ID', 'PID', 'STATUS', 'BUNDLE', 'CREATED', 'OWNER'], ...rows]));
    }
  },
};

/** `#UID` for an id without a name, as runc. */
function userName(uid: number): string {
  let text: string;
  try {
    text = readFileSync('/etc/passwd', 'utf8');
  } catch {
    return `#${uid}`; // a host without it has no names
  }
  const line = text.split('\n').find((entry) => entry.split(':')[2] === String(uid));
  return line?.split(':')[0] || `#${uid}`;
}
