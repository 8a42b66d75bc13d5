/** What the process that runs a container does for one connection to its control socket. */
import { TsrunError } from '../../../core/errors.ts';
import { attachClient } from './attached-client.ts';
import type { ExecutedProcess } from '../execute/container.ts';
import type { Connection } from './connection.ts';
import type { ContainerHost } from './container-host.ts';
import { attachOrder, execOrder, signalOrder, updateOrder } from './orders.ts';
import { processLines } from './process-lines.ts';
import type { ExecOrder } from './protocol.ts';
import { remoteStdio } from './remote-stdio.ts';

const SIGKILL = 9;

export function serve(connection: Connection, host: ContainerHost): void {
  const { container } = host;
  let executed: ExecutedProcess | undefined;
  const { handlers } = connection;
  handlers.start = async () => {
    await host.start();
    return null;
  };
  handlers.exec = async (params) => {
    executed = await connection.holding(execOrder(params), (order) => execute(connection, host, order));
    return { pid: executed.pid, findings: executed.findings };
  };
  handlers.attach = async (order) => {
    attachClient(connection, host.stdio, attachOrder(order));
    host.attached.add(connection);
    return null;
  };
  handlers.execSignal = async (order) => {
    const { signal } = signalOrder(order);
    executed?.signal(signal);
    return null;
  };
  handlers.signal = async (order) => {
    const { signal, all } = signalOrder(order);
    if (all) container.signalAll(signal);
    else container.signal(signal);
    return null;
  };
  handlers.pause = async () => {
    container.pause();
    host.note();
    return null;
  };
  handlers.resume = async () => {
    container.resume();
    host.note();
    return null;
  };
  handlers.update = async (resources) => {
    container.update(await updateOrder(resources));
    return null;
  };
  handlers.stats = async () => container.stats();
  handlers.processes = async () => processLines(container.kernel);
  handlers.watchOom = async () => {
    host.oomWatchers.add(connection);
    return null;
  };
  handlers.shutdown = async () => {
    container.dispose();
    return null;
  };
}

/**
 * Ties the connection to a new process, whose end closes it. Whose connection goes before has lost what the process reads and
 * writes, as with a pipe or a terminal, and no more than that, unless he stands for it or has not yet heard of it.
 */
async function execute(
  connection: Connection,
  host: ContainerHost,
  { process, terminal, standIn, preserved }: ExecOrder,
): Promise<ExecutedProcess> {
  if (host.container.status === 'stopped') throw new TsrunError('STATE_CONFLICT', 'cannot exec in a stopped container');
  const config =
    terminal === undefined ? process : { ...process, terminal: true, consoleSize: { width: terminal.columns, height: terminal.rows } };
  let gone = false;
  let executed: ExecutedProcess | undefined;
  void connection.closed.then(() => {
    gone = true;
    if (standIn) executed?.signal(SIGKILL);
  });
  executed = await host.container.exec(config, remoteStdio(connection, preserved));
  if (gone) executed.signal(SIGKILL);
  host.report(connection, executed.exited);
  return executed;
}
