/** The parts of the WebAssembly JavaScript interface that this backend uses; @types/node has none and lib.dom brings a browser. */
declare namespace WebAssembly {
  type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'externref' | 'anyfunc';
  type ExternKind = 'function' | 'global' | 'memory' | 'table' | 'tag';
  type ExportValue = CallableFunction | Global | Memory | Table;
  type Exports = Record<string, ExportValue>;
  type Imports = Record<string, Record<string, unknown>>;
  interface ModuleImport {
    readonly module: string;
    readonly name: string;
    readonly kind: ExternKind;
  }
  interface ModuleExport {
    readonly name: string;
    readonly kind: ExternKind;
  }
  class Module {
    constructor(bytes: Uint8Array);
    static imports(module: Module): ModuleImport[];
    static exports(module: Module): ModuleExport[];
    static customSections(module: Module, name: string): ArrayBuffer[];
  }
  class Instance {
    constructor(module: Module, imports?: Imports);
    readonly exports: Exports;
  }
  class Memory {
    constructor(descriptor: { readonly initial: number; readonly maximum?: number; readonly shared?: boolean });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Global<T = number | bigint> {
    constructor(descriptor: { readonly value: ValueType; readonly mutable?: boolean }, value?: T);
    value: T;
  }
  class Table {
    constructor(descriptor: { readonly element: 'anyfunc' | 'externref'; readonly initial: number; readonly maximum?: number });
    readonly length: number;
  }
  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}
  /** Exceptions of the guest's own. */
  const Exception: (new (...args: never[]) => Error) | undefined;
  /** JSPI: Node 24 (later releases) and 26, Bun. */
  const Suspending: (new (call: (...args: never[]) => unknown) => object) | undefined;
  const promising: ((exported: CallableFunction) => (...args: unknown[]) => Promise<unknown>) | undefined;
  function validate(bytes: Uint8Array): boolean;
}
