import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { blames } from '../../helpers/assert.ts';
import type { Box } from '../../helpers/box.ts';
import type { JsonValue } from '../../helpers/config.ts';
import { run, start } from '../../helpers/process.ts';
import { kernel } from '../../helpers/host.ts';
import { poll } from '../../helpers/process.ts';
import { rootTest, test } from '../../helpers/test.ts';

const links = 'for n in pid net ipc uts mnt user cgroup time; do echo $n $(readlink /proc/self/ns/$n); done';
const host = (name: string): string => readlinkSync(`/proc/self/ns/${name}`);
const parse = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  );

/** A process of the host that sits in new namespaces; its pid. */
async function sitter(box: Box, ...flags: string[]): Promise<number> {
  const child = box.adopt(start(['unshare', ...flags, '/bin/sh', '-c', 'echo ready; exec sleep 1000']));
  let out = '';
  child.stdout?.on('data', (data: Buffer) => (out += data.toString()));
  await poll('unshare', () => out.includes('ready'));
  return child.pid ?? 0;
}

describe('config-linux.md#namespaces', () => {
  test("those listed are new, those not listed are the runtime's", async ({ box }) => {
    const seen = parse((await box.run(links)).stdout);
    for (const name of ['pid', 'net', 'ipc', 'uts', 'mnt']) expect({ name, id: seen[name] }).not.toEqual({ name, id: host(name) });
    for (const name of ['user', 'cgroup']) expect({ name, id: seen[name] }).toEqual({ name, id: host(name) });
    const less = parse(
      (await box.run(links, { '/linux/namespaces': [{ type: 'mount' }, { type: 'pid' }], '/hostname': undefined, '/mounts/4': undefined }))
        .stdout,
    );
    for (const name of ['net', 'ipc', 'uts', 'user', 'cgroup']) expect({ name, id: less[name] }).toEqual({ name, id: host(name) });
  });

  test('the program is pid 1 of a new pid namespace and sees no other process', async ({ box }) => {
    expect((await box.run('echo $$; ls -d /proc/[0-9]* | wc -l')).stdout).toMatch(/^1\n[1-3]\n$/);
  });

  test('a new network namespace has a loopback that is up, and nothing else', async ({ box }) => {
    const result = await box.run('ls /sys/class/net; ip addr show lo | grep -c "inet 127.0.0.1"');
    expect(result.stdout).toBe('lo\n1\n');
  });

  test("a new cgroup namespace has the container's cgroup as its root", async ({ box }) => {
    const { stdout } = await box.run(`${links} | grep cgroup; cat /proc/self/cgroup`, { '/linux/namespaces/-': { type: 'cgroup' } });
    expect(stdout).not.toContain(host('cgroup'));
    expect(stdout).not.toContain(box.token);
  });

  rootTest('path joins an existing namespace', async ({ box }) => {
    const pid = await sitter(box, '--net', '--uts', '--ipc');
    const types = { network: 'net', uts: 'uts', ipc: 'ipc' };
    const namespaces = [
      { type: 'mount' },
      { type: 'pid' },
      ...Object.entries(types).map(([type, name]) => ({ type, path: `/proc/${pid}/ns/${name}` })),
    ];
    const seen = parse((await box.run(links, { '/linux/namespaces': namespaces, '/hostname': undefined })).stdout);
    for (const name of Object.values(types)) expect(seen[name]).toBe(readlinkSync(`/proc/${pid}/ns/${name}`));
  });

  test('two containers share what one joins of the other', async ({ box }) => {
    const first = await box.started('exec sleep 100');
    const pid = await box.pid(first.id);
    const second = await box.started('exec sleep 100', {
      '/linux/namespaces/0/path': `/proc/${pid}/ns/pid`,
      '/linux/namespaces/1/path': `/proc/${pid}/ns/net`,
    });
    const other = await box.pid(second.id);
    for (const name of ['pid', 'net']) expect(readlinkSync(`/proc/${other}/ns/${name}`)).toBe(readlinkSync(`/proc/${pid}/ns/${name}`));
    expect((await box.exec(second.id, 'ls -d /proc/[0-9]* | wc -l')).stdout).toMatch(/^[3-5]\n$/);
  });

  test('a path of another type is refused', async ({ box }) => {
    const failure = await box.runFails('true', { '/linux/namespaces/1/path': '/proc/self/ns/uts' });
    expect(failure.msg).toMatch(/namespace|net/i);
    blames(failure, '/linux/namespaces/1');
  });

  test('a path that is no namespace, or does not exist, is refused', async ({ box }) => {
    for (const path of ['/etc/passwd', '/nope/ns', '/']) {
      // oxlint-disable-next-line no-await-in-loop
      const failure = await box.runFails('true', { '/linux/namespaces/1/path': path });
      expect(failure.msg).not.toBe('');
      blames(failure, '/linux/namespaces/1');
    }
  });

  test.skipIf(!existsSync('/proc/self/ns/time'))('config-linux.md#offset-for-time-namespace', async ({ box }) => {
    const offsets = { monotonic: { secs: 1_000_000, nanosecs: 5 }, boottime: { secs: 2_000_000 } };
    const uptime = Number((await box.run('cut -d. -f1 /proc/uptime')).stdout);
    const { stdout } = await box.run('cat /proc/self/timens_offsets; cut -d. -f1 /proc/uptime', {
      '/linux/namespaces/-': { type: 'time' },
      '/linux/timeOffsets': offsets,
    });
    expect(stdout.replaceAll(/ +/g, ' ')).toMatch(/^monotonic 1000000 5\nboottime 2000000 0\n/);
    expect(Number(stdout.trim().split('\n').at(-1))).toBeGreaterThan(uptime + 1_999_000);
  });
});

describe('config-linux.md#user-namespace-mappings', () => {
  const user = {
    '/linux/namespaces/-': { type: 'user' },
    '/linux/uidMappings': [
      { containerID: 0, hostID: 100_000, size: 1000 },
      { containerID: 1000, hostID: 200_000, size: 10 },
    ],
    '/linux/gidMappings': [{ containerID: 0, hostID: 100_000, size: 2000 }],
  };

  const mapped = { ...user, '/process/user': { uid: 1000, gid: 5 } };

  test('the maps are those configured', async ({ box }) => {
    const result = await box.run('id -u; id -g; cat /proc/self/uid_map /proc/self/gid_map', mapped);
    expect(result.stdout.replaceAll(/[ \t]+/g, ' ')).toBe('1000\n5\n 0 100000 1000\n 1000 200000 10\n 0 100000 2000\n');
  });

  test('the process has mapped ids outside', async ({ box }) => {
    const bundle = await box.started('exec sleep 100', mapped);
    const status = readFileSync(`/proc/${await box.pid(bundle.id)}/status`, 'utf8');
    expect(status).toMatch(/^Uid:\t200000\t/m);
    expect(status).toMatch(/^Gid:\t100005\t/m);
  });

  test('all default mounts and devices work in it', async ({ box }) => {
    const script =
      'for d in null zero full random urandom tty; do test -c /dev/$d || echo no $d; done; echo x > /dev/null; head -c 1 /dev/zero | wc -c; touch /dev/shm/x; ls -d /sys/class; hostname';
    expect((await box.run(script, user)).stdout).toBe('1\n/sys/class\nbox\n');
  });

  test('root need not be mapped, for run and exec', async ({ box }) => {
    const one = (hostID: number): JsonValue => [{ containerID: 1000, hostID, size: 1 }];
    const bundle = await box.started('touch /dev/shm/own; sleep 100', {
      ...user,
      '/linux/uidMappings': one(100_000),
      '/linux/gidMappings': one(200_000),
      '/process/user': { uid: 1000, gid: 1000 },
    });
    const seen = await box.exec(bundle.id, 'id -u; id -g; stat -c "%u:%g" /dev/shm/own');
    expect(seen.stdout).toBe('1000\n1000\n1000:1000\n');
  });

  test('the rootfs is not chowned', async ({ box }) => {
    expect((await box.run('stat -c %u /etc/marker', user)).stdout).toBe('65534\n');
  });

  test('without mappings, or with mappings and no namespace, it is refused', async ({ box }) => {
    await box.runFails('true', { '/linux/namespaces/-': { type: 'user' } });
    await box.runFails('true', { '/linux/uidMappings': user['/linux/uidMappings'] });
  });

  test('a uid that is not mapped is refused', async ({ box }) => {
    expect((await box.runFails('true', { ...user, '/process/user': { uid: 5000, gid: 0 } })).code).toBe(1);
  });

  test.skipIf(kernel < 5012)('idmapped bind mounts without mappings use those of the user namespace', async ({ box }) => {
    box.file('src/f', 'x');
    const mount = { destination: '/mnt', type: 'bind', source: `${box.dir}/src`, options: ['rbind', 'idmap'] };
    expect((await box.run('stat -c "%u %g" /mnt/f', { ...user, '/mounts/-': mount })).stdout).toBe('0 0\n');
  });
});

describe('config-linux.md#sysctl', () => {
  test("values of the container's namespaces are set, those of the host are not", async ({ box }) => {
    const before = readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8');
    const sysctl = {
      'net.ipv4.ping_group_range': '0 0',
      'net/ipv4/ip_unprivileged_port_start': '99',
      'kernel.shmmni': '1234',
      'fs.mqueue.msg_max': '20',
    };
    const script =
      'cat /proc/sys/net/ipv4/ping_group_range /proc/sys/net/ipv4/ip_unprivileged_port_start /proc/sys/kernel/shmmni /proc/sys/fs/mqueue/msg_max';
    expect((await box.run(script, { '/linux/sysctl': sysctl })).stdout.replaceAll('\t', ' ')).toBe('0 0\n99\n1234\n20\n');
    expect(readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8')).toBe(before);
  });

  for (const [name, changes] of [
    ['kernel.panic', {}],
    ['vm.swappiness', {}],
    ['kernel.hostname', {}],
    ['net.ipv4.ip_forward', { '/linux/namespaces/1': undefined }],
    ['kernel.shmmni', { '/linux/namespaces/2': undefined, '/mounts/4': undefined }],
    ['net/../kernel/panic', {}],
    ['net.ipv4/../../kernel/panic', {}],
  ] as const) {
    test(`${name} of the host is refused${Object.keys(changes).length > 0 ? ' without the namespace' : ''}`, async ({ box }) => {
      const failure = await box.runFails('true', { ...changes, '/linux/sysctl': { [name]: '1' } });
      expect(failure.msg).toMatch(/sysctl/);
      blames(failure, '/linux/sysctl');
    });
  }
});

describe('config-linux.md#network-devices', () => {
  test('a device of the host is moved, renamed, keeps its addresses and is up', async ({ box }) => {
    const bundle = box.bundle('ip addr show eth7', { '/linux/netDevices': { [box.token.slice(0, 10)]: { name: 'eth7' } } });
    const name = box.token.slice(0, 10);
    const tsrun = box.argv(['run', '--bundle', bundle.path, bundle.id]).join(' ');
    const script = `ip link add ${name} type veth peer name peer && ip addr add 10.77.1.1/24 dev ${name} && exec ${tsrun}`;
    const { stdout, stderr } = await run(['unshare', '--net', '/bin/sh', '-c', script]);
    expect(stdout + stderr).toMatch(/[<,]UP/);
    expect(stdout).toContain('inet 10.77.1.1/24');
  });

  test('a device that does not exist is refused', async ({ box }) => {
    const failure = await box.runFails('true', { '/linux/netDevices': { nosuchdev: {} } });
    expect(failure.msg).toContain('nosuchdev');
  });
});
