/**
 * Preloaded (`node --import`): this process believes that it runs on macOS. Whoever looks at /proc or /sys finds nothing there, and
 * is written down beside this file: the test copies it to a directory of its own.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const log = new URL('touched.txt', import.meta.url);
const { appendFileSync } = fs;
Object.defineProperty(process, 'platform', { value: 'darwin' });
for (const name of [
  'readFileSync',
  'openSync',
  'readlinkSync',
  'readdirSync',
  'statSync',
  'lstatSync',
  'realpathSync',
  'writeFileSync',
  'existsSync',
]) {
  const real = fs[name];
  fs[name] = (path, ...rest) => {
    if (typeof path !== 'string' || !/^\/(proc|sys)(\/|$)/.test(path)) return real(path, ...rest);
    appendFileSync(log, `${name} ${path}\n`);
    throw Object.assign(new Error(`ENOENT: no such file or directory, ${path}`), { code: 'ENOENT', syscall: name });
  };
}
syncBuiltinESMExports();
