import type { CliCommand } from './command.ts';

interface Entry {
  readonly description: string;
  readonly load: () => Promise<{ readonly command: CliCommand<never> }>;
}

/** Every command; its code is loaded only when it runs. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  create: { description: 'create a container from a bundle', load: () => import('./commands/create.ts') },
  start: { description: 'run the program of a created container', load: () => import('./commands/start.ts') },
  run: { description: 'create and start a container', load: () => import('./commands/run.ts') },
  state: { description: "print a container's state", load: () => import('./commands/state.ts') },
  kill: { description: "send a signal to a container's first process", load: () => import('./commands/kill.ts') },
  stop: { description: 'end a container: TERM, then KILL', load: () => import('./commands/stop.ts') },
  delete: { description: 'remove a stopped container and all it held', load: () => import('./commands/delete.ts') },
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
