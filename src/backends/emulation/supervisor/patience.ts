/** How long to wait for the process of a container: a guest that computes and cannot be preempted keeps its answers away. */
import { TsrunError } from '../../../core/errors.ts';

/** `what` was asked. Rejects with SYSTEM when there is no answer in time, else as `answer` does. */
export async function answered<T>(what: string, answer: Promise<T>, patienceMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new TsrunError('SYSTEM', `the process of the container does not answer (${what})`, {
          hint: 'a program may compute without end; kill KILL and delete --force end the container',
        }),
      );
    }, patienceMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
