/** The engine for a prepared module. */
import type { Process, Program } from '../../kernel/types.ts';
import { AsyncifyProgram } from './asyncify.ts';
import { DeferredProgram } from './deferred.ts';
import type { Launch } from './instance.ts';
import { JspiProgram } from './jspi.ts';
import { PlainProgram } from './plain.ts';
import { ThreadProgram } from './thread.ts';

export function makeProgram(launch: Launch, process: Process): Program {
  const { engine, instrument } = launch.prepared;
  if (engine === 'asyncify') return AsyncifyProgram.load(launch, process);
  if (engine === 'jspi') return new JspiProgram(launch, process);
  if (engine === 'thread') return new ThreadProgram(launch, process);
  if (instrument === undefined) return new PlainProgram(launch, process);
  return new DeferredProgram(launch, process, instrument, makeProgram);
}
