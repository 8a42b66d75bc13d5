/**
 * config.json for tests: our own defaults (what docker would write, shortened), changed by JSON pointers, so that a test
 * says exactly which entry it is about, and invalid values need no casts.
 */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };
type Mutable = { [key: string]: Mutable | JsonValue };

/** JSON pointer → value. `undefined` removes the entry; a last token of `-` appends to an array (several: `-`, `-1`, `-2`). */
export type Changes = Readonly<Record<string, JsonValue | undefined>>;

export const defaultCapabilities: readonly string[] = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_FSETID',
  'CAP_FOWNER',
  'CAP_MKNOD',
  'CAP_NET_RAW',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETFCAP',
  'CAP_SETPCAP',
  'CAP_NET_BIND_SERVICE',
  'CAP_SYS_CHROOT',
  'CAP_KILL',
  'CAP_AUDIT_WRITE',
];

export const procMount: JsonValue = { destination: '/proc', type: 'proc', source: 'proc' };
export const devMount: JsonValue = {
  destination: '/dev',
  type: 'tmpfs',
  source: 'tmpfs',
  options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'],
};

/** A complete, valid configuration that runs `script` in sh. */
export function defaultConfig(script: string, cgroupsPath: string): JsonValue {
  return {
    ociVersion: '1.0.2',
    process: {
      user: { uid: 0, gid: 0 },
      args: ['/bin/sh', '-c', script],
      env: ['PATH=/usr/bin:/bin'],
      cwd: '/',
      capabilities: { bounding: defaultCapabilities, effective: defaultCapabilities, permitted: defaultCapabilities },
    },
    root: { path: 'rootfs' },
    hostname: 'box',
    mounts: [
      procMount,
      devMount,
      {
        destination: '/dev/pts',
        type: 'devpts',
        source: 'devpts',
        options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'],
      },
      { destination: '/dev/shm', type: 'tmpfs', source: 'shm', options: ['nosuid', 'noexec', 'nodev', 'mode=1777', 'size=65536k'] },
      { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: ['nosuid', 'noexec', 'nodev'] },
      { destination: '/sys', type: 'sysfs', source: 'sysfs', options: ['nosuid', 'noexec', 'nodev', 'ro'] },
    ],
    linux: {
      cgroupsPath,
      namespaces: ['pid', 'network', 'ipc', 'uts', 'mount'].map((type) => ({ type })),
      resources: { devices: [{ allow: false, access: 'rwm' }] },
    },
  };
}

/** A changed copy. Missing parents are made; a pointer through a scalar is an error of the test. */
export function change(config: JsonValue, changes: Changes): JsonValue {
  const copy = JSON.parse(JSON.stringify(config)) as Mutable;
  for (const [pointer, value] of Object.entries(changes)) set(copy, pointer, value);
  return copy;
}

function set(config: Mutable, pointer: string, value: JsonValue | undefined): void {
  const tokens = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = tokens.pop();
  if (last === undefined) throw new Error(`not a JSON pointer: ${pointer}`);
  let at: Mutable = config;
  for (const [index, token] of tokens.entries()) {
    const next = index + 1 < tokens.length ? tokens[index + 1] : last;
    at[token] ??= /^-\d*$/.test(next ?? '') ? [] : {};
    const child = at[token];
    if (typeof child !== 'object' || child === null) throw new Error(`${pointer}: no object at ${token}`);
    at = child as Mutable;
  }
  if (Array.isArray(at) && /^-\d*$/.test(last)) at.push(value);
  else if (value === undefined) {
    if (Array.isArray(at)) at.splice(Number(last), 1);
    else delete at[last];
  } else at[last] = value;
}
