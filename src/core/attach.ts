import { isatty } from 'node:tty';
import { findContainer, type RuntimeContext, statusOf } from './context.ts';
import { exitCodeOf } from './exit-code.ts';
import { facet } from './facet.ts';
import { allow } from './lifecycle.ts';
import { CANCELLING, catchSignals, relayedSignals } from './relay.ts';
import { readConfig } from './store.ts';

export interface AttachOptions {
  readonly id: string;
  readonly stdin: boolean;
  /** Signals are the container's; else those that end a command end this one, and the container goes on. */
  readonly relaySignals: boolean;
  readonly detachKeys: Uint8Array;
}

/** The container's standard streams are this process's too, until it ends. Gives its exit code, 0 when the user let go of it. */
export async function attach(context: RuntimeContext, options: AttachOptions): Promise<number> {
  const container = await findContainer(context, options.id);
  const { record, dir, backend } = container;
  allow('attach', statusOf(container).status, options.id);
  const join = facet(container, 'attach', 'attach');
  const relay = catchSignals(options.relaySignals ? relayed() : CANCELLING);
  try {
    const attachment = await join.attach(backend.parseHandle(record.handle), {
      stdin: options.stdin,
      terminal: readConfig(dir, options.id).process?.terminal ?? false,
      detachKeys: options.detachKeys,
      warn: (message) => context.log.warn(message),
    });
    try {
      if (options.relaySignals) relay.to(attachment);
      const exit = await Promise.race([attachment.ended, relay.cancelled]);
      return exit === undefined ? 0 : exitCodeOf(exit);
    } finally {
      attachment.leave();
    }
  } finally {
    relay.stop();
  }
}

/** The hang-up of a terminal is about its user, who is not the container's only one: it ends this process alone. */
function relayed(): readonly string[] {
  return isatty(0) ? relayedSignals().filter((name) => name !== 'SIGHUP') : relayedSignals();
}
