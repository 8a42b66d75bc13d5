/** The compiled schemas (scripts/gen-spec.ts). */
export interface SchemaError {
  /** JSON pointer of the value at fault. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params?: Readonly<Record<string, unknown>>;
  /** The error is about this property's name. */
  readonly propertyName?: string;
}
export interface SchemaValidator {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}
export declare const validateConfig: SchemaValidator;
export declare const validateProcess: SchemaValidator;
export declare const validateResources: SchemaValidator;
/** `errors` with this many is cut off. */
export declare const MOST_ERRORS: number;
