/** One `attach` as the side that runs the container has it. */
import type { Connection } from './connection.ts';
import { sizeOf } from './orders.ts';
import type { Requests } from './protocol.ts';
import { remoteSource } from './remote-stdio.ts';
import type { SharedStdio } from './shared-stdio.ts';

/** So much may be under way before the container waits for the client … */
const BEHIND_MAX = 1024 * 1024;
/** … which has this long to take it all. A container that writes as fast as it can is no reason to drop one; one that takes nothing is. */
const GRACE_MS = 1000;

/** From now on what the first process writes is sent too, and what the client types is typed. */
export function attachClient(connection: Connection, stdio: SharedStdio, { stdin, size }: Requests['attach']['params']): void {
  let grace: NodeJS.Timeout | undefined;
  const leave = (): void => {
    clearTimeout(grace);
    membership.leave();
  };
  const drop = (): void => {
    leave();
    connection.event('dropped', null);
    connection.close();
  };
  const membership = stdio.join({
    output(descriptor, bytes) {
      connection.sendData(descriptor, bytes);
      if (connection.pending <= BEHIND_MAX) return true;
      grace ??= setTimeout(drop, GRACE_MS);
      return false;
    },
    drop,
    input: stdin ? remoteSource(connection) : undefined,
    inputOver: (why) => connection.event('inputOver', { why }),
  });
  connection.onDrain = () => {
    clearTimeout(grace);
    grace = undefined;
    membership.caughtUp();
  };
  void connection.closed.then(leave);
  connection.on.resize = (now) => stdio.resize(sizeOf(now));
  if (size !== undefined) stdio.redraw(size);
}
