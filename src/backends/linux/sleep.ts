/** For waits of a few milliseconds; node:timers/promises would have to be loaded by every command. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
