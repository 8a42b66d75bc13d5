/** Source packages and build tools of Debian. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const cache = fileURLToPath(new URL('../../node_modules/.cache/foreign', import.meta.url));

export function install(...packages: string[]): void {
  const missing = packages.filter(
    (name) => !spawnSync('dpkg-query', ['-Wf', '${db:Status-Abbrev} ', name], { encoding: 'utf8' }).stdout.startsWith('ii '),
  );
  if (missing.length === 0) return;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...missing], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** The unpacked source of a package as its authors published it. Lists of sources are kept apart from the system's. */
export function source(name: string): string {
  const place = join(cache, name);
  const unpacked = (): string | undefined =>
    readdirSync(place).find((entry) => entry.startsWith(name) && !entry.includes('.tar.') && !entry.endsWith('.dsc'));
  mkdirSync(join(cache, 'apt/lists/partial'), { recursive: true });
  mkdirSync(place, { recursive: true });
  if (unpacked() === undefined) {
    install('dpkg-dev');
    writeFileSync(join(cache, 'apt/sources.list'), sourceLists());
    const options = [
      'APT::Sandbox::User=root',
      `Dir::Etc::sourcelist=${cache}/apt/sources.list`,
      'Dir::Etc::sourceparts=-',
      `Dir::State::lists=${cache}/apt/lists`,
    ];
    const apt = (...args: string[]): void =>
      void execFileSync('apt-get', ['-qq', ...options.flatMap((option) => ['-o', option]), ...args], {
        cwd: place,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    apt('update');
    apt('source', '--download-only', name);
    const archive = readdirSync(place).find((entry) => entry.includes('.orig.tar.'));
    execFileSync('tar', ['xf', archive ?? ''], { cwd: place });
  }
  return join(place, unpacked() ?? '');
}

/** The `deb` entries of this system as `deb-src` lines. */
function sourceLists(): string {
  const lines: string[] = [];
  const modern = '/etc/apt/sources.list.d/debian.sources';
  const stanzas = existsSync(modern) ? readFileSync(modern, 'utf8').split(/\n\s*\n/) : [];
  for (const stanza of stanzas) {
    const field = (name: string): string => new RegExp(`^${name}: *(.*)$`, 'm').exec(stanza)?.[1] ?? '';
    const key = field('Signed-By');
    const trust = key === '' ? '' : `[signed-by=${key}] `;
    for (const suite of field('Suites').split(' ').filter(Boolean))
      lines.push(`deb-src ${trust}${field('URIs')} ${suite} ${field('Components')}`);
  }
  const old = existsSync('/etc/apt/sources.list') ? readFileSync('/etc/apt/sources.list', 'utf8') : '';
  for (const line of old.split('\n')) if (line.startsWith('deb ')) lines.push(line.replace('deb ', 'deb-src '));
  return `${lines.join('\n')}\n`;
}
