/** A valid config that cannot become a plan on this host. The backend reports it as CONFIG_UNSUPPORTED. */
export class PlanProblem extends Error {
  static {
    this.prototype.name = 'PlanProblem';
  }
  /** JSON pointer into config.json. */
  readonly pointer: string;
  readonly hint: string | undefined;
  constructor(pointer: string, message: string, hint?: string) {
    super(message);
    this.pointer = pointer;
    this.hint = hint;
  }
}
