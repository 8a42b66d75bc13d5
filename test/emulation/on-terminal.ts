import type { Box } from '../helpers/box.ts';
import { cleanEnv, run } from '../helpers/process.ts';

/** null: close the terminal emulator. */
type Action = string | { readonly rows: number; readonly columns: number } | null;

/** One command on a pty of its own: each action once its text has been seen. stderr says what became of the terminal's settings. */
export const onTerminal = (
  box: Box,
  args: readonly string[],
  steps: readonly (readonly [until: string, action: Action])[],
): ReturnType<typeof run> =>
  run(['python3', new URL('terminal.py', import.meta.url).pathname, JSON.stringify(steps), '--', ...box.argv(args)], {
    env: { ...cleanEnv, TERM: 'xterm' },
  });
