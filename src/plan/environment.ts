/** One entry a name, the last given: `exec -e PATH=…` comes after the config's own. Programs look at the first. */
export function lastOfEach(env: readonly string[]): readonly string[] {
  const names = (entry: string): string => entry.split('=', 1)[0] ?? entry;
  const last = new Map(env.map((entry, index) => [names(entry), index]));
  return env.filter((entry, index) => last.get(names(entry)) === index);
}
