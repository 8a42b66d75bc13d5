/** A corner of the host with secrets around what a container is given, and all that a program in it may try to get at them. */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const SECRET = 'SECRET of the host';

/** What the container is given, below the area; all else is out of bounds. */
export const GIVEN = { rootfs: 'bundle/rootfs', rw: 'shared', ro: 'shared-ro', file: 'one/file', roFile: 'one/file-ro' } as const;

/** Links that a hostile image (or somebody on the host) may have put into a directory. */
function plantLinks(directory: string, area: string): void {
  const links: Record<string, string> = {
    up: '..',
    'inside/up3': '../../..',
    'abs-area': area,
    'abs-secret': `${area}/secret`,
    'abs-dir': `${area}/dir/`,
    'rel-secret': '../secret',
    'rel-far': `${'../'.repeat(12)}${area.slice(1)}/secret`,
    'sibling-dir': '../rootfs2',
    'sibling-file': '../rootfssecret',
    'dangling-rel': '../made',
    'dangling-abs': `${area}/made`,
    chain1: 'chain2',
    chain2: 'inside/chain3',
    'inside/chain3': '../chain4',
    chain4: '../dir',
    slashes: '..//.//secret',
    'via-proc': `/proc/self/root${area}/secret`,
    'via-fd': '/proc/self/fd/9/../secret',
    loop: 'loop',
  };
  mkdirSync(join(directory, 'inside'), { recursive: true });
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(directory, name));
  writeFileSync(join(directory, 'own'), 'own file\n');
}

/** `rootfs` must be there already; it and the shared directories get the links. */
export function plantArea(area: string): void {
  for (const dir of ['dir', 'bundle/rootfs2', 'shared/tmp', 'shared-ro', 'shared2', 'one', 'shared-ro2'])
    mkdirSync(join(area, dir), { recursive: true });
  for (const file of [
    'secret',
    'dir/secret',
    'bundle/secret',
    'bundle/rootfs2/secret',
    'bundle/rootfssecret',
    'shared2/secret',
    'shared-ro2/secret',
  ])
    writeFileSync(join(area, file), `${SECRET}\n`);
  for (const file of ['one/secret', 'one/file2']) writeFileSync(join(area, file), `${SECRET}\n`);
  for (const file of [GIVEN.file, GIVEN.roFile]) writeFileSync(join(area, file), 'own file\n');
  for (const dir of [GIVEN.rootfs, GIVEN.rw, GIVEN.ro]) plantLinks(join(area, dir), area);
}

/** One line an object: kind, mode, owner, size, time of change, content; `except` left out. */
export function snapshot(area: string, except: readonly string[] = []): readonly string[] {
  const lines: string[] = [];
  const visit = (path: string): void => {
    const full = join(area, path);
    if (except.includes(path)) return void lines.push(path);
    const stat = lstatSync(full);
    const content = stat.isFile() ? hash(full) : stat.isSymbolicLink() ? readlinkSync(full) : '';
    // A directory's size and times change when something of the exceptions goes into it.
    const times = stat.isDirectory() ? '' : `${stat.size} ${stat.mtimeMs}`;
    // The programs are linked to those of other tests.
    const links = stat.nlink > 1 && !stat.isDirectory() && (stat.mode & 0o111) === 0 ? stat.nlink : '';
    lines.push(`${path} ${stat.mode.toString(8)} ${stat.uid}:${stat.gid} ${links} ${times} ${content}`);
    if (!stat.isDirectory()) return;
    for (const name of readdirSync(full).toSorted()) visit(path === '' ? name : `${path}/${name}`);
  };
  visit('');
  return lines;
}

const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12);

/** AREA stands for its path on the host. */
const PATHS = [
  '../secret',
  '../../secret',
  '/../secret',
  '..//.././../secret',
  '../rootfs2/secret',
  '../shared2/secret',
  '../shared-ro2/secret',
  '../rootfssecret',
  'AREA/secret',
  '/..AREA/secret',
  'inside/../../secret',
  'inside/up3/secret',
  'up/secret',
  'up/dir/secret/',
  'abs-area/secret',
  'abs-secret',
  'abs-secret/',
  'abs-dir/secret',
  'rel-secret',
  'rel-far',
  'sibling-dir/secret',
  'sibling-file',
  'dangling-rel',
  'dangling-abs',
  'chain1/secret',
  'slashes',
  'via-proc',
  'via-fd',
  'loop/../secret',
  '/proc/self/root/AREA/secret',
  '/proc/1/root/../AREA/secret',
  '/proc/self/cwd/../secret',
  '/proc/self/fd/9/../secret',
  '/proc/self/fd/9/up/secret',
];

/** Sh functions of a path, which exists or not; what they print is looked through for the secret. */
const ATTEMPTS = [
  'cat "$p"',
  'cat "$p/secret"',
  'ls -la "$p"',
  'cp "$p" /tmp/stolen; cat /tmp/stolen',
  'cp -r "$p" /tmp/tree; cat /tmp/tree/*',
  'ln "$p" stolen; cat stolen',
  'mv "$p" moved; cat moved',
  'cat < "$p"',
  'echo written > "$p"',
  'echo more >> "$p"',
  'mkdir "$p"; mkdir "$p/made"; mkdir -p "$p.d/made"',
  'rm -f "$p"; rmdir "$p"; rm -rf "$p.d"',
  'ln -s /x "$p"; ln -s /x "$p/made-link"',
  'ln own "$p"; ln own "$p/hard"',
  'cp own copy; mv copy "$p"; mv copy "$p/moved"',
  'touch "$p"; chmod 777 "$p"; chown 7:7 "$p"; truncate -s 0 "$p"',
  'mkfifo "$p"; unlink "$p"',
  'cd "$p" && pwd && cat secret; cd "$p/.." && cat secret',
];

/** Tries all in the directories `places` of the container; prints what the attempts print, and at the end how many they were. */
export function attempts(places: readonly string[], area: string): string {
  const paths = PATHS.map((path) => `'${path.replaceAll('AREA', path.startsWith('/proc') ? area.slice(1) : area)}'`).join(' ');
  const each = ATTEMPTS.map((attempt) => `( ${attempt} ) 2>/dev/null; n=$((n + 1))`).join('\n    ');
  return `n=0
for place in ${places.join(' ')}; do
  cd "$place" || exit 9; cat own
  exec 9< .
  for p in ${paths}; do
    ${each}
  done
done
# A directory that is moved while one is in it; links that the program makes itself.
cd /; mkdir -p /m/a/b; cd /m/a/b; mv /m/a/b /b; cat ../secret ../../secret ../../../secret 2>/dev/null; cd /
for place in ${places.join(' ')}; do
  ln -s ../secret $place/new1; ln -s ${area}/secret $place/new2; ln -s new1 $place/new3; ln -s .. $place/new4
  cat $place/new1 $place/new2 $place/new3 $place/new4/secret; echo x > $place/new1; echo x > $place/new2
done 2>/dev/null
echo "tried $n"`;
}

export const numberOfAttempts = (places: number): number => places * PATHS.length * ATTEMPTS.length;
