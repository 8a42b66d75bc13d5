/** What a container sees, printed by a shell script inside and cut into named sections of comparable lines. */
import type { Bundle } from '../helpers/box.ts';

/** Each section: name → commands. No program outside busybox; nothing that differs between two runs of one runtime. */
const sections: Readonly<Record<string, string>> = {
  ids: 'id -u; id -g; id -G; grep -E "^(Uid|Gid|Groups):" /proc/self/status',
  process: 'echo "pid $$"; echo "umask $(umask)"; pwd; cat /proc/self/oom_score_adj; cut -d" " -f4-6 /proc/self/stat | cut -d" " -f3',
  environment: 'tr "\\0" "\\n" < /proc/$$/environ | sort',
  arguments: 'tr "\\0" " " < /proc/$$/cmdline | cut -c1-20; echo',
  capabilities: 'grep -E "^Cap" /proc/self/status',
  security: 'grep -E "^(NoNewPrivs|Seccomp):" /proc/self/status',
  signals: 'grep -E "^Sig(Blk|Ign|Cgt)|^ShdPnd" /proc/self/status',
  limits: 'cut -c1-64 /proc/self/limits',
  descriptors: 'for f in 0 1 2 3 4 5 6 7 8 9 10 11 12; do test -e /proc/$$/fd/$f && echo $f; done',
  namespaces: 'for n in pid net ipc uts mnt user cgroup time; do echo "$n $(readlink /proc/self/ns/$n)"; done',
  idmaps: 'cat /proc/self/uid_map /proc/self/gid_map; cat /proc/self/setgroups',
  cgroups: 'cat /proc/self/cgroup',
  mounts: 'cut -d" " -f4- /proc/self/mountinfo',
  root: 'stat -c "%a %u %g" / /proc /dev /sys; ls /',
  devices:
    'cd /dev; for f in $(find . | sort); do if [ -L $f ]; then echo "$f -> $(readlink $f)"; else stat -c "%n %A %u:%g %t:%T" $f; fi; done; cd - >/dev/null',
  names: 'hostname; cat /proc/sys/kernel/domainname',
  sysctl:
    'for s in net/ipv4/ip_forward net/ipv4/ping_group_range net/ipv4/ip_unprivileged_port_start kernel/shmmni fs/mqueue/msg_max; do echo "$s $(cat /proc/sys/$s 2>&1)"; done',
  network: 'ls /sys/class/net 2>&1; ip addr show lo 2>&1 | grep -E "inet|state" | sed "s/qdisc .*//"',
  masks:
    'for p in /proc/kcore /proc/keys /proc/timer_list /proc/acpi /proc/scsi /sys/firmware /proc/asound; do if [ -d $p ]; then echo "$p $(ls $p | wc -l)"; else echo "$p $(stat -c %t:%T $p 2>&1)"; fi; done',
  writable:
    'for p in / /proc/sys /proc/sysrq-trigger /sys /dev /dev/shm /tmp /etc; do if [ -d $p ]; then (: > $p/.w) 2>/dev/null && { echo "$p w"; rm $p/.w; } || echo "$p r"; else echo "$p $(test -w $p && echo w || echo r)"; fi; done',
  kernel:
    'uname -m; cat /proc/self/personality 2>/dev/null; grep Cpus_allowed_list /proc/self/status; cut -d" " -f18,19,41 /proc/self/stat',
};

export const probeScript: string = `${Object.entries(sections)
  .map(([name, commands]) => `echo "## ${name}"\n{ ${commands}\n} 2>&1`)
  .join('\n')}\n`;

export type Sight = Readonly<Record<string, readonly string[]>>;

/**
 * One mountinfo line (from the root field on), without what says nothing to the program inside: the source's name, which
 * file system a masking null device is on, the size of the host's devtmpfs, whether the superblock is read-only as well.
 */
function mountLine(line: string): string {
  const [head = '', tail = ''] = line.split(' - ');
  const [root = '', target = '', options = '', ...propagation] = head.trim().split(' ');
  const [type = '', , superOptions = ''] = tail.split(' ');
  if (root === '/null' && target !== '/dev/null') return `${target} is the null device`;
  const readonly = options.split(',').includes('ro');
  const kept = superOptions
    .split(',')
    .filter((option) => !(readonly && /^r[ow]$/.test(option)) && !(type === 'devtmpfs' && option.includes('=')));
  return [target, options.split(',').toSorted().join(), ...propagation, type, root, kept.toSorted().join()].join(' ');
}

/** Cut the output into sections; ids, paths and numbers that name this one container become words. */
export function parseSight(output: string, bundle: Bundle, hostNamespaces: ReadonlyMap<string, string>): Sight {
  const text = output
    .replaceAll(bundle.path, 'BUNDLE')
    .replaceAll(bundle.id, 'ID')
    .replaceAll(/(shared|master|propagate_from):\d+/g, '$1:N')
    .replaceAll(/^((?:pid )?)\d{3,}$/gm, '$1N') // in the host's pid namespace
    .replaceAll(
      /^(\w+) (\w+:\[\d+\])$/gm,
      (_, name: string, link: string) => `${name} ${hostNamespaces.get(name) === link ? 'of the host' : 'its own'}`,
    );
  return Object.fromEntries(
    text
      .split('## ')
      .slice(1)
      .map((section): [string, readonly string[]] => {
        const [name = '', ...lines] = section.split('\n');
        if (name === 'mounts') return [name, lines.filter((line) => line.includes(' - ')).map(mountLine)];
        return [name, lines.map((line) => line.trim().replaceAll(/\s+/g, ' ')).filter((line) => line !== '')];
      }),
  );
}

/** `section - line` for what only the peer sees, `section + line` for what only we see. */
export function differences(peer: Sight, ours: Sight): readonly string[] {
  return Object.keys(sections).flatMap((name) => {
    const [theirs, own] = [peer[name] ?? [], ours[name] ?? []];
    return [
      ...theirs.filter((line) => !own.includes(line)).map((line) => `${name} - ${line}`),
      ...own.filter((line) => !theirs.includes(line)).map((line) => `${name} + ${line}`),
    ];
  });
}
