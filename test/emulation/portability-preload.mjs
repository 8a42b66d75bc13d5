/**
 * Preloaded (`node --import`): this process believes that it runs on macOS. What only Linux has is not there: files below /proc,
 * /sys, /dev/shm, /run and /cgroup, programs but this one and those named in PORTABILITY_PROGRAMS (hooks) and ps(1), signals by
 * number (they differ), socket addresses of more than 104 bytes. Who tries is written down in touched.txt beside this file.
 */
import childProcess from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import os from 'node:os';

const log = new URL('touched.txt', import.meta.url);
const { appendFileSync } = fs;
const touched = (what) => appendFileSync(log, `${what}\n`);
const LINUX_ONLY = /^\/+(\.\/+)*(proc|sys|run|cgroup|dev\/+shm)(\/|$)/;
const SUN_PATH = 104;

Object.defineProperty(process, 'platform', { value: 'darwin' });
os.platform = () => 'darwin';
os.type = () => 'Darwin';

/** What a function of node:fs was given as paths. */
function paths(args) {
  return args.slice(0, 2).flatMap((arg) => {
    if (typeof arg === 'string') return [arg];
    if (Buffer.isBuffer(arg)) return [arg.toString('latin1')];
    return arg instanceof URL ? [arg.pathname] : [];
  });
}

const takesContent = /^(writeFile|appendFile|write)(Sync)?$/;
const noPath = new Set(['close', 'read', 'fstat', 'fsync', 'symlink']);

function guard(object, prefix, refuse) {
  for (const name of Object.keys(object)) {
    const real = object[name];
    if (typeof real !== 'function' || /^[A-Z_]/.test(name) || noPath.has(name.replace(/Sync$/, ''))) continue;
    const guarded = function (...args) {
      const found = paths(takesContent.test(name) ? args.slice(0, 1) : args).find((path) => LINUX_ONLY.test(path));
      if (found === undefined) return Reflect.apply(real, this, args);
      touched(`${prefix}${name} ${found}`);
      const error = Object.assign(new Error(`ENOENT: no such file or directory, ${found}`), { code: 'ENOENT', syscall: name });
      return refuse(name, args, error);
    };
    object[name] = Object.assign(guarded, real);
  }
}
guard(fs, 'fs.', (name, args, error) => {
  const callback = args.at(-1);
  if (name.endsWith('Sync') || typeof callback !== 'function') throw error;
  process.nextTick(callback, error);
});
guard(fs.promises, 'fs.promises.', (_name, _args, error) => Promise.reject(error));

const allowed = new Set([process.execPath, 'ps', ...(process.env['PORTABILITY_PROGRAMS'] ?? '').split(':')]);
for (const name of ['spawn', 'spawnSync', 'execFile', 'execFileSync', 'exec', 'execSync', 'fork']) {
  const real = childProcess[name];
  childProcess[name] = (program, ...rest) => {
    if (allowed.has(program)) return real(program, ...rest);
    touched(`${name} ${program}`);
    throw Object.assign(new Error(`spawn ${program} ENOENT`), { code: 'ENOENT', syscall: 'spawn', path: program });
  };
}

const realKill = process.kill;
process.kill = (pid, signal) => {
  if (typeof signal === 'number' && signal !== 0) touched(`kill by number ${signal}`);
  return realKill(pid, signal);
};

for (const [object, name] of [
  [net, 'connect'],
  [net.Server.prototype, 'listen'],
]) {
  const real = object[name];
  object[name] = function (...args) {
    const [address] = args;
    if (typeof address === 'string' && (Buffer.byteLength(address) >= SUN_PATH || LINUX_ONLY.test(address))) {
      touched(`${name} ${address}`);
      throw Object.assign(new Error(`${name} EINVAL ${address}`), { code: 'EINVAL', syscall: name });
    }
    return Reflect.apply(real, this, args);
  };
}
syncBuiltinESMExports();
