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
 * What the validators share. All faults of one call go to one list. A hostile file can have millions: the list is bounded, and
 * unknown properties, which are no errors, end earlier, so that they cannot crowd out an error.
 */
const HELPERS = `export const MOST_ERRORS = 2000;
let faults;
function run(validate, data) {
faults = [];
validate(data, "");
return faults;
}
function fault(instancePath, keyword, name) {
if (faults.length < (keyword === "additionalProperties" ? 1000 : MOST_ERRORS)) faults.push({ instancePath, keyword, name });
}
function simple(value, type, path) {
if (value !== undefined && typeof value !== type) fault(path, "type");
}
function integer(value, least, most, path) {
if (value === undefined) return;
if (!Number.isInteger(value)) fault(path, "type");
else if (value > most) fault(path, "maximum");
else if (value < least) fault(path, "minimum");
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
  ajv.addSchema(hoist(configSchema()), 'config');
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

/**
 * An engine pays for each function it calls by the length of its code, and a process that lives 20 ms calls each once. ajv's
 * code, made for any use, becomes a quarter: one list of faults, and one call where it has five statements.
 */
function shorten(code: string): string {
  const short = code
    .replaceAll(
      /const (err\d+) = (\{.*\});\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\nerrors\+\+;/g,
      'fault($2);',
    )
    .replaceAll(/schemaPath:"[^"]*",/g, '')
    .replaceAll('{instancePath,', '{instancePath:path,')
    .replaceAll('instancePath+', 'path+')
    .replaceAll(/fault\(\{instancePath:(.*),keyword:("required"|"additionalProperties"),params:\{\w+: (.*)\}\}\);/g, 'fault($1, $2, $3);')
    // The fault of a name is told once, by ajv's keyword for it.
    .replaceAll(/fault\(\{instancePath:(.*),keyword:"pattern",.*,propertyName:\w+\}\);/g, 'fault($1, "propertyNames");')
    .replaceAll(/const _errs\d+ = errors;\n/g, '')
    .replaceAll(/var valid\d+ = _errs\d+ === errors;\nif\(!valid\d+\)\{\n.*\n\}\n/g, '')
    .replaceAll(/fault\(\{instancePath:(.*),keyword:("\w+"),params:\{.*\}\}\);/g, 'fault($1, $2);')
    .replaceAll(/^(function validate\d+\(data, )\{.*\}=\{\}\)\{\nlet vErrors = null;\nlet errors = 0;\n/gm, '$1path){\n')
    .replaceAll(/^validate\d+\.errors = vErrors;\nreturn errors === 0;\n/gm, '')
    .replaceAll(
      /if\(!\((validate\d+\(.*, )\{instancePath:(.*),parentData:.*\}\)\)\)\{\nvErrors = .*\nerrors = vErrors\.length;\n\}/g,
      '$1$2);',
    )
    .replaceAll(/if\((data\.\w+) !== undefined\)\{\nif\(typeof \1 !== ("\w+")\)\{\nfault\((.*), "type"\);\n\}\n\}/g, 'simple($1, $2, $3);')
    .replaceAll(/ \|\| isNaN\(\w+(?:\.\w+)?\)/g, '')
    .replaceAll(
      /if\((data\.\w+) !== undefined\)\{\nlet (\w+) = \1;\nif\(!\(\(typeof \2 == "number"\) && \(!\(\2 % 1\) && !isNaN\(\2\)\)\)\)\{\nfault\((.*), "type"\);\n\}\nif\(typeof \2 == "number"\)\{\nif\(\2 > (.*)\)\{\n.*\n\}\nif\(\2 < (.*)\)\{\n.*\n\}\n\}\n\}/g,
      'integer($1, $5, $4, $3);',
    )
    .replaceAll(/\(typeof (\w+) == "number"\) && \(!\(\1 % 1\) && !isNaN\(\1\)\)/g, 'Number.isInteger($1)')
    .replaceAll(/^export const (\w+) = (validate\d+);$/gm, 'export const $1 = (data) => run($2, data);')
    // The schemas are kept for the names of their properties only, and only where there are many.
    .replaceAll(/^const (schema\d+) = (\{.*\});\n/gm, (_, name: string, json: string) => {
      if (!code.includes(`(${name}.properties, `)) return '';
      const { properties = {} }: Schema = JSON.parse(json);
      return `const ${name} = {"properties":${JSON.stringify(Object.fromEntries(Object.keys(properties).map((key) => [key, 0])))}};\n`;
    });
  const rest = /.*\b(?:vErrors|errors|instancePath:|isNaN|parentData|params:|valid\d+)\b.*/.exec(short)?.[0];
  if (rest !== undefined) throw new Error(`ajv makes other code than this script knows: ${rest}`);
  return short;
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
