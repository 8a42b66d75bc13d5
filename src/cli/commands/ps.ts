import { TsrunError } from '../../core/errors.ts';
import { processInfos } from '../../core/inspect.ts';
import type { CliCommand } from '../command.ts';
import { print } from '../output.ts';
import { filterPs, hostPs, ownTable, shownTable } from '../process-table.ts';

export const command: CliCommand<{ readonly format: string }> = {
  usage: '<container-id> [ps options]',
  arguments: { min: 1 },
  greedy: true,
  options: [{ flags: '-f, --format <format>', description: 'table or json', initial: 'table' }],
  async run([id = '', ...given], flags, { context }) {
    // runc takes its own option behind the id as well.
    const { format, psOptions } = trailingFormat(given, flags.format);
    if (format !== 'table' && format !== 'json') throw new TsrunError('USAGE', 'invalid format option');
    const infos = await processInfos(context, id);
    const pids = infos.map(({ pid }) => pid);
    if (format === 'json') return print(`${JSON.stringify(pids.length === 0 ? null : pids)}\n`); // Go's nil slice
    if (infos.some(({ shown }) => shown !== undefined)) {
      if (psOptions.length > 0) throw new TsrunError('NOT_SUPPORTED', 'ps options need processes of the host, and this container has none');
      return print(shownTable(infos));
    }
    const output = hostPs(psOptions.length === 0 ? ['-ef'] : psOptions);
    if (output !== undefined) print(filterPs(output, pids));
    else if (psOptions.length > 0)
      throw new TsrunError('NOT_SUPPORTED', 'ps options need a ps on the host', { hint: 'leave the options out' });
    else print(ownTable(pids));
  },
};

function trailingFormat(given: readonly string[], format: string): { readonly format: string; readonly psOptions: readonly string[] } {
  const [first = '', second] = given;
  const match = /^--?format(?:=(.*))?$/.exec(first);
  if (match === null) return { format, psOptions: given };
  return match[1] === undefined ? { format: second ?? '', psOptions: given.slice(2) } : { format: match[1], psOptions: given.slice(1) };
}
