/** podman's test/system, in namespaces and with a storage of its own. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { podmanImage } from './images.ts';
import { cache, install, source } from './source.ts';
import { parseTap, type TapResult } from './tap.ts';

const TAG = '20220615';
/** What has to do with the runtime; without registries, journald, systemd, ssh, SELinux. */
const FILES = [
  '030-run',
  '032-sig-proxy',
  '035-logs',
  '040-ps',
  '045-start',
  '050-stop',
  '055-rm',
  '060-mount',
  '065-cp',
  '075-exec',
  '080-pause',
  '090-events',
  '130-kill',
  '140-diff',
  '160-volumes',
  '170-run-userns',
  '180-blkio',
  '190-run-ipcns',
  '200-pod',
  '220-healthcheck',
  '260-sdnotify',
  '280-update',
  '400-unprivileged-access',
  '420-cgroups',
  '450-interactive',
].map((name) => `${name}.bats`);

export function runPodman(runtime: string): TapResult[] {
  install('bats', 'jq', 'podman', 'conmon', 'containernetworking-plugins', 'iptables', 'iproute2', 'socat', 'catatonit');
  const place = join(cache, 'podman');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(join(place, 'out'), { recursive: true });
  const wrapper = join(place, 'podman');
  const options = `--root ${place}/store --runroot ${place}/run --runtime ${runtime} --cgroup-manager cgroupfs --events-backend file`;
  writeFileSync(wrapper, `#!/bin/sh\nexec /usr/bin/podman ${options} "$@"\n`, { mode: 0o755 });
  const image = `quay.io/libpod/testimage:${TAG}`; // the name that the suite looks for; nothing is fetched
  const imported = `$PODMAN import -q --change WORKDIR=/home/podman --change 'CMD ["/bin/echo","This container is intended for podman CI testing"]' ${podmanImage(TAG)} ${image}`;
  const script = `
    ip link set lo up; mount -t tmpfs none /run; mkdir -p /run/lock
    for file in ${FILES.join(' ')}; do
      $PODMAN image exists ${image} || ${imported} > /dev/null
      timeout -k 2 900 bats -t $file > ${place}/out/$file.tap 2>&1
    done`;
  const { NODE_EXTRA_CA_CERTS: _, NOTIFY_SOCKET: __, XDG_RUNTIME_DIR: ___, ...env } = process.env;
  spawnSync('unshare', ['-m', '-n', '-p', '--fork', '--mount-proc', 'bash', '-c', script], {
    cwd: join(source('libpod'), 'test/system'),
    env: { ...env, PODMAN: wrapper, PODMAN_TIMEOUT: '60' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return FILES.flatMap((file) => parseTap(file, readFileSync(join(place, 'out', `${file}.tap`), 'utf8')));
}
