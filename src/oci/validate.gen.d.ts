/** The compiled schemas (scripts/gen-spec.ts). */
export interface SchemaError {
  /** JSON pointer of the value at fault. */
  readonly instancePath: string;
  readonly keyword: string;
  /** Of the property that is missing, or that is not known. */
  readonly name?: string;
}
export type SchemaValidator = (value: unknown) => readonly SchemaError[];
export declare const validateConfig: SchemaValidator;
export declare const validateProcess: SchemaValidator;
export declare const validateResources: SchemaValidator;
/** A list of this many is cut off. */
export declare const MOST_ERRORS: number;
