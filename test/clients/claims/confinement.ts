/** What the container may see and do: files, mounts, capabilities, users. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { capabilities } from '../../helpers/host.ts';
import type { Engine } from '../engine.ts';

const lastCapability = Number(readFileSync('/proc/sys/kernel/cap_last_cap', 'utf8'));

export function confinementClaims(engine: () => Engine): void {
  test('volumes: a bind mount, a read-only one and a tmpfs', async () => {
    const shared = `${engine().sandbox.dir}/shared`;
    const flags = ['-v', `${shared}:/rw`, '-v', `${shared}:/ro:ro`, '--tmpfs', '/scratch:size=1m,mode=1777'];
    const script =
      'echo text > /rw/file; cat /ro/file; touch /ro/no 2>&1; touch /scratch/yes; stat -c %a /scratch; grep " /scratch " /proc/mounts';
    const lines = (await engine().output(script, flags)).split('\n');
    expect(lines.slice(0, 3)).toEqual(['text', 'touch: /ro/no: Read-only file system', '1777']);
    expect(lines[3]).toMatch(/^tmpfs \/scratch tmpfs .*size=1024k/);
    expect(await engine().sandbox.sh(`cat ${shared}/file`)).toBe('text');
  });

  test('a named volume keeps its files for the next container', async () => {
    const volume = `volume-${engine().newName()}`;
    await engine().output('echo kept > /data/file', ['-v', `${volume}:/data`]);
    expect(await engine().output('cat /data/file', ['-v', `${volume}:/data`])).toBe('kept');
    await engine().ok(['volume', 'rm', volume]);
  });

  test('--read-only: the root file system cannot be written, a tmpfs can', async () => {
    const script = 'touch /file 2>&1; touch /tmp/file && echo written';
    expect(await engine().output(script, ['--read-only', '--tmpfs', '/tmp'])).toBe('touch: /file: Read-only file system\nwritten');
  });

  test('--cap-drop all leaves no capability, --cap-add gives one back', async () => {
    const script = 'grep -E "Cap(Eff|Prm|Bnd)" /proc/self/status | cut -f 2 | sort -u';
    expect(await engine().output(script, ['--cap-drop', 'all'])).toBe('0000000000000000');
    expect(await engine().output(script, ['--cap-drop', 'all', '--cap-add', 'CHOWN'])).toBe('0000000000000001');
  });

  test('the default capabilities are not all', async () => {
    const bits = BigInt(`0x${await engine().output("sed -n 's/CapEff:.//p' /proc/self/status")}`);
    expect(bits & (1n << 21n), 'CAP_SYS_ADMIN').toBe(0n);
    expect(bits & 1n, 'CAP_CHOWN').toBe(1n);
  });

  test('no-new-privileges is set when asked for, and only then', async () => {
    const script = "sed -n 's/NoNewPrivs:.//p' /proc/self/status";
    expect(await engine().output(script, ['--security-opt', 'no-new-privileges'])).toBe('1');
    expect(await engine().output(script)).toBe('0');
  });

  test('a seccomp filter is there by default and away when unconfined', async () => {
    const script = "sed -n 's/Seccomp:.//p' /proc/self/status";
    expect(await engine().output(script)).toBe('2');
    expect(await engine().output(script, ['--security-opt', 'seccomp=unconfined'])).toBe('0');
  });

  test('hostname, environment, working directory and user', async () => {
    const flags = ['--hostname', 'named', '-e', 'COLOUR=blue', '-w', '/var', '-u', '1000:1000', '--group-add', '77'];
    expect(await engine().output('hostname; echo $COLOUR; pwd; id -u; id -g; id -G', flags)).toMatch(
      /^named\nblue\n\/var\n1000\n1000\n1000 (1000 )?77$/,
    );
  });

  test('the container sees only its own processes, and few devices', async () => {
    expect(await engine().output('echo $$; ls /dev | tr "\\n" " "')).toMatch(
      /^1\n(console )?(core )?fd full mqueue null ptmx pts random shm stderr stdin stdout tty urandom zero ?$/,
    );
  });

  test('masked paths read empty and read-only paths cannot be written', async () => {
    const script =
      'cat /proc/keys | wc -c; ls /proc/scsi /proc/acpi /sys/firmware 2>/dev/null | grep -vc :; echo x > /proc/sys/kernel/hostname';
    const { stdout, stderr } = await engine().script(script);
    expect(stdout).toMatch(/^0\n/);
    expect(stderr).toContain('Read-only file system');
  });

  test('no descriptor of the engine or the runtime reaches the container', async () => {
    expect(await engine().output('ls /proc/self/fd | tr "\\n" " "')).toBe('0 1 2 3 '.trimEnd()); // 3 is ls's own
  });

  test('no variable of the engine or the runtime reaches the container', async () => {
    const names = (await engine().output('env')).split('\n').map((line) => line.split('=')[0]);
    const known = ['PATH', 'HOME', 'HOSTNAME', 'TERM', 'PWD', 'SHLVL', 'container'];
    expect(names.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });

  test('a container with CAP_SYS_ADMIN and no filters may mount', async () => {
    const flags = ['--cap-add', 'SYS_ADMIN', '--security-opt', 'seccomp=unconfined', '--security-opt', 'apparmor=unconfined'];
    expect(await engine().output('mount -t tmpfs none /mnt && grep -c " /mnt " /proc/mounts', flags)).toBe('1');
  });

  test('a privileged container has all capabilities and can write to /proc/sys', async ({ skip }) => {
    const all = (1n << BigInt(lastCapability + 1)) - 1n;
    if ((capabilities & all) !== all) skip('this root lacks capabilities, which a privileged container must get');
    const script = "sed -n 's/CapEff:.//p' /proc/self/status; grep -c ' /proc/sys ' /proc/mounts";
    expect(await engine().output(script, ['--privileged'])).toBe(`${all.toString(16).padStart(16, '0')}\n0`);
  });

  test('rlimits and sysctls are applied', async () => {
    // podman adds nproc by itself, above the hard limit of a root without CAP_SYS_RESOURCE, unless it is given.
    const flags = ['--ulimit', 'nofile=64:128', '--ulimit', 'nproc=1000:1000', '--sysctl', 'net.ipv4.ip_default_ttl=77'];
    expect(await engine().output('ulimit -Sn; ulimit -Hn; cat /proc/sys/net/ipv4/ip_default_ttl', flags)).toBe('64\n128\n77');
  });

  test('--device makes a device usable', async () => {
    expect(await engine().output('head -c 4 /dev/other | wc -c', ['--device', '/dev/zero:/dev/other'])).toBe('4');
  });

  test('--pid container: joins the pid namespace of another', async () => {
    await engine().detached('exec sleep 4321', [], async (name) => {
      expect(await engine().output('ps -o args | grep -c "^[s]leep 4321"', ['--pid', `container:${name}`])).toBe('1');
    });
  });

  test('--network container: joins the network namespace of another', async () => {
    await engine().detached('exec sleep 100', [], async (name) => {
      const inside = await engine().ok(['exec', name, 'readlink', '/proc/self/ns/net']);
      const joined = await engine().ok(['run', '--rm', '--network', `container:${name}`, 'busy', 'readlink', '/proc/self/ns/net']);
      expect(joined).toBe(inside);
    });
  });

  test('an image built with RUN has what the command wrote', async () => {
    const dir = `${engine().sandbox.dir}/shared/context`;
    await engine().sandbox.sh(`mkdir -p ${dir}; printf 'FROM busy\\nRUN echo built > /etc/built && id -u\\n' > ${dir}/Dockerfile`);
    await engine().ok([...engine().build, '-t', 'built', dir]);
    expect(await engine().ok(['run', '--rm', '--network', 'none', 'built', 'cat', '/etc/built'])).toBe('built');
    await engine().ok(['rmi', 'built']);
  });
}
