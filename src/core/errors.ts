/** Every failure a user can meet has one code; tests assert codes, people read the text, engines match runc's words. */
export type ErrorCode =
  /** Bad command line or argument. */
  | 'USAGE'
  /** The container id is not of the allowed form. */
  | 'ID_INVALID'
  /** create/run: the id is taken. */
  | 'ID_IN_USE'
  /** No container has this id. */
  | 'NOT_FOUND'
  /** config.json (or process.json, resources) breaks the specification. */
  | 'CONFIG_INVALID'
  /** It is valid, but this backend or host cannot apply it. */
  | 'CONFIG_UNSUPPORTED'
  /** The container is not in a status in which the command is allowed. */
  | 'STATE_CONFLICT'
  /** The backend lacks the whole command (a facet). */
  | 'NOT_SUPPORTED'
  /** The chosen backend cannot work on this host. */
  | 'BACKEND_UNAVAILABLE'
  /** Helper and tsrun come from different builds, or the helper is missing. */
  | 'HELPER_MISMATCH'
  /** One step of the plan failed. */
  | 'STEP_FAILED'
  /** The user's program cannot be executed. */
  | 'EXEC_FAILED'
  | 'HOOK_FAILED'
  /** State on disk is damaged or was written by something else. */
  | 'STATE_CORRUPT'
  /** A system call of tsrun itself failed. */
  | 'SYSTEM'
  | 'CANCELLED';

export interface ErrorDetail {
  /** JSON pointer into config.json of the entry to blame. */
  readonly pointer?: string;
  /** What the user can do about it, one short sentence. */
  readonly hint?: string;
  /** The plan step that failed and the kernel's answer. */
  readonly step?: { readonly op: string; readonly index: number; readonly errno: string };
  readonly cause?: unknown;
}

/** The one error class of tsrun. `message` is one line, in runc's words where engines match on them (docs/cli.md). */
export class TsrunError extends Error {
  static {
    this.prototype.name = 'TsrunError';
  }
  readonly code: ErrorCode;
  readonly pointer: string | undefined;
  readonly hint: string | undefined;
  readonly step: ErrorDetail['step'];
  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.pointer = detail.pointer;
    this.hint = detail.hint;
    this.step = detail.step;
  }
}
