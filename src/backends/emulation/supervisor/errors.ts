/** Errors as data, so that what failed in the supervisor is told by the command in the same words. */
import { type ErrorCode, TsrunError } from '../../../core/errors.ts';

export interface ErrorData {
  readonly code: ErrorCode;
  readonly message: string;
  readonly pointer?: string;
  readonly hint?: string;
  readonly step?: { readonly op: string; readonly index: number; readonly errno: string };
}

export function errorData(error: unknown): ErrorData {
  if (!(error instanceof TsrunError)) {
    return { code: 'SYSTEM', message: `the process of the container failed: ${textOf(error)}` };
  }
  const { code, message, pointer, hint, step } = error;
  return {
    code,
    message,
    ...(pointer === undefined ? {} : { pointer }),
    ...(hint === undefined ? {} : { hint }),
    ...(step === undefined ? {} : { step }),
  };
}

/** A failed call to the system says what failed; anything else is a fault of ours, and where it happened helps. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (error as NodeJS.ErrnoException).syscall === undefined ? (error.stack ?? error.message) : error.message;
}

export function errorOf({ code, message, ...detail }: ErrorData): TsrunError {
  return new TsrunError(code, message, detail);
}
