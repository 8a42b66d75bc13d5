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
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { code: 'SYSTEM', message: `the supervisor failed: ${text}` };
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

export function errorOf({ code, message, ...detail }: ErrorData): TsrunError {
  return new TsrunError(code, message, detail);
}
