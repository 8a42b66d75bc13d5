import { COMPILERS, isStandalone } from './supervisor/self.ts';

/**
 * The standalone executable starts without JavaScript's compilers (scripts/prologue.ts), and interpreted WebAssembly is slow: a loop
 * of the guest shell took 20 s instead of 1.3 (Bun 1.4.5). The switch is read before any code of ours, so this process executes itself
 * anew with it: the pid, descriptors 0-2 and the working directory stay, and it costs 10 ms. To be called before anything is made.
 */
export function withCompilers(): void {
  if (!isStandalone() || process.env['BUN_JSC_useJIT'] !== '0') return;
  const { execve } = process as { execve?: (file: string, argv: readonly string[], env: NodeJS.ProcessEnv) => never };
  execve?.call(process, process.execPath, [process.argv0, ...process.argv.slice(2)], { ...process.env, ...COMPILERS });
}
