/**
 * Compile the JSON Schemas of src/oci/schema to plain code: `src/oci/validate.gen.js`. ajv is needed here only; the
 * output imports nothing. `--check` fails where the committed file is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { configSchema } from '../src/oci/schema/config.ts';
import { ref, type Schema } from '../src/oci/schema/shapes.ts';

const OUT = new URL('../src/oci/validate.gen.js', import.meta.url);

/**
 * A hostile file can have millions of faults: joining lists must stay linear, and their length bounded. Unknown
 * properties are no errors and end earlier, so that they cannot crowd out an error.
 */
const HELPERS = `export const MOST_ERRORS = 2000;
function add(list, error) {
if (list === null) return [error];
if (list.length < (error.keyword === 'additionalProperties' ? 1000 : MOST_ERRORS)) list.push(error);
return list;
}
function merge(list, more) {
if (list === null) return more;
for (const error of more) add(list, error);
return list;
}
`;

export function generate(): string {
  const ajv = new Ajv({
    strict: true,
    allErrors: true,
    messages: false,
    // A shared schema becomes one function instead of a copy at each place.
    inlineRefs: false,
    // JSON has no NaN and no infinity.
    strictNumbers: false,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addSchema(hoist(configSchema), 'config');
  const compile = standalone.default;
  const code = shorten(
    compile(ajv, {
      validateConfig: 'config',
      validateProcess: 'config#/definitions/process',
      validateResources: 'config#/definitions/resources',
    }),
  );
  if (/\brequire\s*\(|^import /m.test(code)) throw new Error('the generated validators need a run-time module');
  return `// Made by scripts/gen-spec.ts from src/oci/schema. Do not edit.\n${code}\n${HELPERS}`;
}

/**
 * Each object with properties becomes a definition, and so a function of its own: engines compile a function when it is
 * first called, and of most sections a config has none.
 */
function hoist(root: Schema): Schema {
  const definitions: Record<string, Schema> = {};
  const hoisted = (node: Schema, name: string): Schema => {
    const inner = within(node, name);
    if (!node.properties) return inner;
    definitions[name] = inner;
    return ref(name);
  };
  const within = (node: Schema, name: string): Schema => ({
    ...node,
    ...(node.properties && {
      properties: Object.fromEntries(Object.entries(node.properties).map(([key, part]) => [key, hoisted(part, `${name}.${key}`)])),
    }),
    ...(node.items && { items: hoisted(node.items, `${name}.items`) }),
    ...(node.additionalProperties && { additionalProperties: hoisted(node.additionalProperties, `${name}.values`) }),
  });
  for (const [name, definition] of Object.entries(root.definitions ?? {})) definitions[name] = within(definition, name);
  return { ...within(root, 'config'), definitions };
}

/** ajv's code for one error is five statements with texts nobody reads; a third of the size matters to a process that lives 10 ms. */
function shorten(code: string): string {
  return code
    .replace(/^(const schema\d+ = )(\{.*"definitions":\{.*\});$/m, (_, name: string, json: string) => {
      // Kept by ajv for the names of its properties only.
      const { definitions: _definitions, ...rest }: Schema = JSON.parse(json);
      return `${name}${JSON.stringify(rest)};`;
    })
    .replaceAll(
      /const (err\d+) = (\{.*\});\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\nerrors\+\+;/g,
      'vErrors = add(vErrors, $2); errors++;',
    )
    .replaceAll(/vErrors === null \? (\w+\.errors) : vErrors\.concat\(\1\)/g, 'merge(vErrors, $1)')
    .replaceAll(/ \|\| isNaN\(\w+(?:\.\w+)?\)/g, '')
    .replaceAll(/\(typeof (\S+) == "number"\) && \(!\(\1 % 1\) && !isNaN\(\1\)\)/g, 'Number.isInteger($1)')
    .replaceAll(/schemaPath:"[^"]*",/g, '')
    .replaceAll(
      /,params:\{(?:type: "\w+"|limit: \d+|comparison: "..", limit: [-\d]+|pattern: "(?:[^"\\]|\\.)*"|allowedValues: [^}]*)\}/g,
      '',
    );
}

const wanted = generate();
if (process.argv.includes('--check')) {
  if (readFileSync(OUT, 'utf8') !== wanted) {
    process.stderr.write('src/oci/validate.gen.js is stale: run `tsx scripts/gen-spec.ts`\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(OUT, wanted);
}
