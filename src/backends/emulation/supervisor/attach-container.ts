/** `attach` as its client sees it: descriptors 0-2 of this process beside those of the container's first process. */
import { isatty } from 'node:tty';
import { TsrunError } from '../../../core/errors.ts';
import type { Attachment, AttachRequest, Exit } from '../../backend.ts';
import { clientStdio } from './client-stdio.ts';
import { DetachKeys } from './detach-keys.ts';
import { terminalSize } from './host-terminal.ts';
import { answered } from './patience.ts';
import { CONTROL_SOCKET, connectTo } from './sockets.ts';

const PATIENCE_MS = 10_000;
/** A burst that a terminal takes seconds for; the container's process keeps much less for us (attached-client.ts). */
const KEEP = 16 * 1024 * 1024;
const SIGPIPE = 13;

/** Resolves once the output of the container comes here too. */
export async function attachToContainer(stateDir: string, { stdin, terminal, detachKeys, warn }: AttachRequest): Promise<Attachment> {
  const connection = await connectTo(stateDir, CONTROL_SOCKET);
  let settle: (exit: Exit | undefined) => void = () => undefined;
  let fail: (error: TsrunError) => void = () => undefined;
  const over = new Promise<Exit | undefined>((resolve, reject) => {
    [settle, fail] = [resolve, reject];
  });
  over.catch(() => undefined); // whoever waits sees it
  const keys = terminal && stdin && isatty(0) ? new DetachKeys(detachKeys) : undefined;
  const stdio = clientStdio(connection, {
    input: stdin,
    terminal,
    keep: KEEP,
    typed(bytes) {
      const sent = keys?.pass(bytes) ?? bytes;
      if (keys?.seen === true) settle(undefined);
      return sent;
    },
    // Who reads our output went away, as who is killed by SIGPIPE finds out.
    broken: (_, why) => (why === 'EPIPE' ? settle({ signal: SIGPIPE }) : fail(failed(`cannot write its output here: ${why}`))),
  });
  connection.on.exit = settle;
  connection.on.dropped = () => fail(failed('detached, since its output was not taken fast enough; the container goes on'));
  connection.on.inputOver = ({ why }) => {
    stdio.closeInput();
    warn(`what is typed here goes nowhere: ${why}`);
  };
  void connection.closed.then(() =>
    fail(new TsrunError('STATE_CONFLICT', 'the process of the container ended before it said how the container did')),
  );
  const leave = (): void => {
    connection.close();
    stdio.close();
  };
  const size = stdin && terminal ? terminalSize() : undefined;
  try {
    await answered('attach', connection.request('attach', { stdin, ...(size === undefined ? {} : { size }) }), PATIENCE_MS);
  } catch (error) {
    leave();
    throw error;
  }
  return {
    ended: (async () => {
      try {
        return await over;
      } finally {
        await stdio.flush();
        leave();
      }
    })(),
    signal: (signal) => void connection.request('signal', { signal, all: false }).catch(() => undefined), // it has ended
    leave,
  };
}

function failed(message: string): TsrunError {
  return new TsrunError('SYSTEM', message);
}
