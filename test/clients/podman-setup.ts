/** podman in a sandbox: rootful with a configuration and storage of its own, or rootless as a user made for it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { Engine } from './engine.ts';
import { makeImage } from './image.ts';
import { runtimePath } from './runtime.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

/** The id of the rootless user, and the first of its 65536 subordinate ids. */
export const user = 4321;
export const firstSubId = 400_000;

// podman asks only runtimes of known names for a JSON log, and only those for --cgroups=disabled; a path is never known.
const containersConf = (name: string, path: string): string => `
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "${name}"
runtime_supports_json = ["runc", "crun", "tsrun"]
runtime_supports_nocgroup = ["crun", "tsrun"]
[network]
network_backend = "netavark"
[engine.runtimes]
tsrun = ["${path}"]
`;

export async function rootfulPodman(sandbox: Sandbox): Promise<Engine> {
  const { dir } = sandbox;
  const outside = sandbox.outside(dir);
  mkdirSync(`${outside}/shared`);
  mkdirSync(`${outside}/tmp`);
  const image = makeImage(outside);
  const runtime = runtimePath(outside).replace(outside, dir);
  writeFileSync(`${outside}/containers.conf`, containersConf('tsrun', runtime));
  const podman = new Engine({
    name: 'podman',
    sandbox,
    command: ['podman', '--root', `${dir}/root`, '--runroot', `${dir}/run`, '--tmpdir', `${dir}/libpod`, '--log-level', 'error'],
    run: { env: environment({ CONTAINERS_CONF: `${dir}/containers.conf`, TMPDIR: `${dir}/tmp`, HOME: dir }) },
    remove: ['rm', '-f', '-t', '0'],
    build: ['build', '--network', 'none', '--pull=never'],
    stateRoots: ['/run/tsrun', '/run/runc', '/run/crun'],
  });
  await podman.ok(['import', '--change', 'ENV PATH=/usr/bin:/bin', image.layer.replace(outside, dir), 'busy']);
  return podman;
}

/** Makes the user with bind mounts over the account files, which only this sandbox sees. */
export async function rootlessPodman(sandbox: Sandbox): Promise<Engine> {
  const { dir } = sandbox;
  const outside = sandbox.outside(dir);
  const home = `${dir}/home`;
  mkdirSync(`${outside}/shared`);
  const image = makeImage(outside);
  // By path: the errors come as text on stderr then.
  const runtime = runtimePath(outside).replace(outside, dir);
  writeFileSync(`${outside}/containers.conf`, containersConf(runtime, runtime));
  await sandbox.sh(`
    cd ${dir}
    chmod 1777 shared
    { cat /etc/passwd; echo 'tsrun-test:x:${user}:${user}::${home}:/bin/sh'; } > passwd
    { cat /etc/group; echo 'tsrun-test:x:${user}:'; } > group
    echo 'tsrun-test:${firstSubId}:65536' > subuid
    cp subuid subgid
    touch /etc/subuid /etc/subgid
    for file in passwd group subuid subgid; do mount --bind $file /etc/$file; done
    mkdir -p home/tmp /run/user/${user}
    chown -R ${user}:${user} home /run/user/${user}
    chmod 700 /run/user/${user}
    # As on a desktop: slirp4netns needs it.
    mkdir dev; cp -a /dev/net/tun dev/tun; chmod 666 dev/tun; mount --bind dev/tun /dev/net/tun`);
  const podman = new Engine({
    name: 'podman rootless',
    sandbox,
    command: ['podman', '--log-level', 'error'],
    run: {
      uid: user,
      env: environment({
        CONTAINERS_CONF: `${dir}/containers.conf`,
        XDG_RUNTIME_DIR: `/run/user/${user}`,
        TMPDIR: `${home}/tmp`,
        HOME: home,
      }),
    },
    remove: ['rm', '-f', '-t', '0'],
    build: ['build', '--network', 'none', '--pull=never'],
    stateRoots: ['tsrun', 'runc', 'crun'].map((name) => `/run/user/${user}/${name}`),
  });
  await podman.ok(['import', '--change', 'ENV PATH=/usr/bin:/bin', image.layer.replace(outside, dir), 'busy']);
  return podman;
}

const environment = (more: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...more });
