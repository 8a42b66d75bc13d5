/** 10⁶ writes of 16 bytes: the same module under node:wasi (on a real directory) and in a container. */
import binaryen from 'binaryen';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const WRITES = 1_000_000;

/** A plain preview1 command: opens /tmp/out below its first preopened directory and writes to it. */
export function smallWrites(): Uint8Array {
  const module = binaryen.parseText(`(module
    (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "path_open"
      (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (memory (export "memory") 1)
    (data (i32.const 8) "\\20\\00\\00\\00\\10\\00\\00\\00")
    (data (i32.const 32) "0123456789abcdef")
    (data (i32.const 64) "tmp/out")
    (func (export "_start") (local $left i32)
      (if (call $prestat (i32.const 3) (i32.const 128)) (then (call $exit (i32.const 2))))
      (if (call $open (i32.const 3) (i32.const 0) (i32.const 64) (i32.const 7) (i32.const 9)
            (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 4))
        (then (call $exit (i32.const 3))))
      (local.set $left (i32.const ${WRITES}))
      (loop $again
        (if (call $write (i32.load (i32.const 4)) (i32.const 8) (i32.const 1) (i32.const 0)) (then (call $exit (i32.const 4))))
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (br_if $again (local.get $left)))))`);
  return module.emitBinary();
}

/** Milliseconds under node:wasi, on a tmpfs where the system has one. */
export async function underNodeWasi(bytes: Uint8Array): Promise<number> {
  const { WASI } = await import('node:wasi');
  const directory = mkdtempSync(join(tmpdir(), 'tsrun-bench-'));
  const out = openSync('/dev/null', 'r+');
  try {
    const { mkdirSync } = await import('node:fs');
    mkdirSync(join(directory, 'tmp'));
    const wasi = new WASI({ version: 'preview1', preopens: { '/': directory }, stdin: out, stdout: out, stderr: out });
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), wasi.getImportObject() as WebAssembly.Imports);
    const begin = performance.now();
    if (wasi.start(instance) !== 0) throw new Error('the program failed under node:wasi');
    return performance.now() - begin;
  } finally {
    closeSync(out);
    rmSync(directory, { recursive: true });
  }
}
