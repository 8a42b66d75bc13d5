import type { Finding } from '../backends/backend.ts';
import type { RuntimeContext } from './context.ts';
import { TsrunError } from './errors.ts';

/** Nothing of a config is ignored in silence: what is refused fails the create, the rest is logged; `strict` fails on all. */
export function reportFindings(
  findings: readonly Finding[],
  backend: string,
  { options, log }: Pick<RuntimeContext, 'options' | 'log'>,
): void {
  const failing = findings.find(({ level }) => options.strict || level === 'refused');
  if (failing !== undefined) {
    throw new TsrunError('CONFIG_UNSUPPORTED', failing.message, {
      pointer: failing.pointer,
      hint: failing.level === 'refused' ? `the ${backend} backend cannot apply it on this host` : 'refused because of --strict',
    });
  }
  for (const { level, message, pointer } of findings) {
    if (level === 'visible') log.debug(`${message} (config.json ${pointer})`);
    else log.warn(message, pointer);
  }
}
