import type { CliCommand } from './command.ts';
import { command as create } from './commands/create.ts';
import { command as remove } from './commands/delete.ts';
import { command as kill } from './commands/kill.ts';
import { command as run } from './commands/run.ts';
import { command as start } from './commands/start.ts';
import { command as state } from './commands/state.ts';

interface Module {
  readonly command: CliCommand<never>;
}
interface Entry {
  readonly description: string;
  readonly load: () => Module | Promise<Module>;
}

/**
 * Every command. Those of the lifecycle share most of their code, and are small without what only `create` needs (the validator,
 * the planner): they are there from the start, because each part that is loaded by itself costs 50 µs. The others are loaded when
 * they run.
 */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  create: { description: 'create a container from a bundle', load: () => ({ command: create }) },
  start: { description: 'run the program of a created container', load: () => ({ command: start }) },
  run: { description: 'create and start a container', load: () => ({ command: run }) },
  state: { description: "print a container's state", load: () => ({ command: state }) },
  kill: { description: "send a signal to a container's first process", load: () => ({ command: kill }) },
  stop: { description: 'end a container: TERM, then KILL', load: () => import('./commands/stop.ts') },
  delete: { description: 'remove a stopped container and all it held', load: () => ({ command: remove }) },
  list: { description: 'list the containers of this root', load: () => import('./commands/list.ts') },
  ps: { description: 'list the processes of a container', load: () => import('./commands/ps.ts') },
  exec: { description: 'run one more process in a container', load: () => import('./commands/exec.ts') },
  attach: { description: "join the standard streams of a container's first process", load: () => import('./commands/attach.ts') },
  pause: { description: 'freeze all processes of a container', load: () => import('./commands/pause.ts') },
  resume: { description: 'thaw a paused container', load: () => import('./commands/resume.ts') },
  update: { description: "change a container's resource limits", load: () => import('./commands/update.ts') },
  events: { description: 'print statistics and out-of-memory events', load: () => import('./commands/events.ts') },
  features: { description: 'print what the backend can do', load: () => import('./commands/features.ts') },
  spec: { description: 'write a config.json to start from', load: () => import('./commands/spec.ts') },
  checkpoint: { description: 'not supported', load: () => import('./commands/checkpoint.ts') },
  restore: { description: 'not supported', load: () => import('./commands/restore.ts') },
};
