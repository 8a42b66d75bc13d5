import { type Checked, type Problem, problemText } from '../oci/problem.ts';
import type { RuntimeContext } from './context.ts';
import { TsrunError } from './errors.ts';

/**
 * The value of a checked file, its warnings logged; CONFIG_INVALID with every error in one line. Properties that the
 * specification does not know must be ignored (config.md#extensibility): shown with --debug, refused with --strict.
 */
export function acceptChecked<T>(checked: Checked<T>, { options, log }: Pick<RuntimeContext, 'options' | 'log'>): T {
  const strictly = options.strict ? checked.warnings.filter(({ kind }) => kind === 'unknown-property') : [];
  const errors = [...checked.errors, ...strictly];
  for (const warning of checked.warnings) {
    if (strictly.includes(warning)) continue;
    if (warning.kind === 'unknown-property') log.debug(problemText(warning) + hintText(warning));
    else log.warn(problemText(warning), warning.pointer);
  }
  const [first, ...more] = errors;
  if (first !== undefined) {
    throw new TsrunError('CONFIG_INVALID', [first, ...more].map(problemText).join('; '), {
      pointer: first.pointer,
      ...(first.hint === undefined ? {} : { hint: first.hint }),
    });
  }
  if (checked.value === undefined) throw new Error('a checked file without errors has no value');
  return checked.value;
}

function hintText({ hint }: Problem): string {
  return hint === undefined ? '' : ` (${hint})`;
}
