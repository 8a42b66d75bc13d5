import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { problemText } from '../problem.ts';
import { validateConfig, validateProcess } from '../validate.ts';
import { config, errors, map, types, user, warnings } from './config.fixture.ts';
import { CONFIG_RULES, LINUX_RULES, PROCESS_RULES, RESOURCES_RULES } from './index.ts';

test('the config these tests start from has no problem', () => {
  expect(validateConfig(config())).toMatchObject({ errors: [], warnings: [] });
  expect(errors(config({ linux: user }))).toEqual([]);
});

test('every rule that is written is in one of the lists', async () => {
  const lists = new Set<unknown>([...CONFIG_RULES, ...LINUX_RULES, ...PROCESS_RULES, ...RESOURCES_RULES].map(([, rule]) => rule));
  const files = readdirSync(new URL('.', import.meta.url)).filter((name) => /^(?!index|rule).*(?<!\.test|\.fixture)\.ts$/.test(name));
  expect(files.length).toBeGreaterThan(8);
  for (const file of files) {
    const exported: Record<string, unknown> = await import(`./${file}`);
    for (const [name, rule] of Object.entries(exported))
      if (name !== 'checkMappings') expect(lists.has(rule), `${file}: ${name}`).toBe(true);
  }
});

describe('is refused, the entry named:', () => {
  test.each<[string, Parameters<typeof config>[0], string]>([
    ['ociVersion that is no version', { ociVersion: 'invalid' }, '/ociVersion: "invalid" is not a version'],
    ['ociVersion of two parts', { ociVersion: '1.0' }, '/ociVersion: "1.0" is not a version'],
    ['ociVersion of another major', { ociVersion: '9.0.0' }, '/ociVersion: unknown version "9.0.0"'],
    ['no root', { root: undefined }, '/root: root must be specified'],
    ['an empty root path', { root: { path: '' } }, '/root/path: must not be empty'],
    ['args that are empty', { process: { args: [] } }, '/process/args: args must not be empty'],
    ['args that are missing', { process: { args: undefined } }, '/process/args: args must not be empty'],
    ['args as a string', { process: { args: 'sh' } }, '/process/args: expected an array of strings, got a string'],
    ['cwd that is relative', { process: { cwd: 'tmp' } }, '/process/cwd: Cwd must be an absolute path, got "tmp"'],
    ['cwd that is empty', { process: { cwd: '' } }, '/process/cwd: Cwd must be an absolute path'],
    [
      'an unknown rlimit',
      { process: { rlimits: [{ type: 'RLIMIT_NOPE', soft: 1, hard: 1 }] } },
      '/process/rlimits/0/type: wrong rlimit value: RLIMIT_NOPE',
    ],
    [
      'a duplicate rlimit',
      { process: { rlimits: [1, 2].map((hard) => ({ type: 'RLIMIT_NOFILE', soft: 1, hard })) } },
      '/process/rlimits/1: duplicate rlimit RLIMIT_NOFILE',
    ],
    [
      'a soft limit above the hard',
      { process: { rlimits: [{ type: 'RLIMIT_CPU', soft: 2, hard: 1 }] } },
      '/process/rlimits/0/soft: is above',
    ],
    [
      'effective without permitted',
      { process: { capabilities: { effective: ['CAP_KILL'] } } },
      '/process/capabilities/effective: CAP_KILL cannot be effective',
    ],
    ['umask above 0777', { process: { user: { uid: 0, gid: 0, umask: 512 } } }, '/process/user/umask: expected a file mode'],
    [
      'a priority without a real-time policy',
      { process: { scheduler: { policy: 'SCHED_OTHER', priority: 1 } } },
      '/process/scheduler/priority',
    ],
    [
      'a real-time policy without priority',
      { process: { scheduler: { policy: 'SCHED_FIFO' } } },
      '/process/scheduler/priority: SCHED_FIFO needs',
    ],
    ['nice out of range', { process: { scheduler: { policy: 'SCHED_OTHER', nice: 20 } } }, '/process/scheduler/nice: expected -20 to 19'],
    [
      'a deadline without its policy',
      { process: { scheduler: { policy: 'SCHED_RR', priority: 1, runtime: 5 } } },
      '/process/scheduler/runtime',
    ],
    [
      'SCHED_DEADLINE without runtime',
      { process: { scheduler: { policy: 'SCHED_DEADLINE', deadline: 5 } } },
      '/process/scheduler: SCHED_DEADLINE',
    ],
    ['an I/O priority above 7', { process: { ioPriority: { class: 'IOPRIO_CLASS_BE', priority: 8 } } }, '/process/ioPriority/priority'],
    ['a CPU list turned round', { process: { execCPUAffinity: { initial: '3-1' } } }, '/process/execCPUAffinity/initial'],
    ['hostname without uts', { hostname: 'a', linux: { namespaces: types('mount') } }, '/hostname: needs a "uts" namespace'],
    ['domainname without uts', { domainname: 'a', linux: { namespaces: types('mount') } }, '/domainname: needs a "uts" namespace'],
    ['hostname above 64 bytes', { hostname: 'ü'.repeat(33) }, '/hostname: is longer than 64 bytes'],
    ['a relative hook', { hooks: { poststop: [{ path: 'false' }] } }, '/hooks/poststop/0/path: must be an absolute path, got "false"'],
    [
      'a hook timeout of 0',
      { hooks: { prestart: [{ path: '/a', timeout: 0 }] } },
      '/hooks/prestart/0/timeout: expected a number of seconds',
    ],
    ['a duplicate namespace', { linux: { namespaces: types('mount', 'pid', 'pid') } }, '/linux/namespaces/2: duplicate namespace "pid"'],
    ['an unknown namespace', { linux: { namespaces: types('mount', 'zzz') } }, '/linux/namespaces/1/type: expected one of "pid"'],
    [
      'a relative namespace path',
      { linux: { namespaces: [{ type: 'pid', path: 'x' }] } },
      '/linux/namespaces/0/path: must be an absolute path',
    ],
    [
      'mounts into the host',
      { mounts: [{ destination: '/proc', type: 'proc' }], linux: { namespaces: [] } },
      '/linux/namespaces: has no "mount" namespace',
    ],
    [
      'the same without a list of namespaces',
      { root: { path: 'a', readonly: true }, linux: { namespaces: undefined } },
      '/linux/namespaces: has no "mount"',
    ],
    ['masks on the host', { linux: { namespaces: types('pid'), maskedPaths: ['/proc/kcore'] } }, 'so that /linux/maskedPaths would change'],
    ['mappings without user', { linux: { uidMappings: [map(0, 1, 1)] } }, '/linux/uidMappings: needs a "user" namespace'],
    ['user without mappings', { linux: { namespaces: types('mount', 'user') } }, '/linux/gidMappings: a new "user" namespace needs'],
    ['an empty mapping', { linux: { ...user, uidMappings: [map(0, 1, 0)] } }, '/linux/uidMappings/0/size: must be greater than zero'],
    [
      'mappings that overlap',
      { linux: { ...user, uidMappings: [map(0, 0, 10), map(20, 9, 1)] } },
      '/linux/uidMappings/1/hostID: overlaps /linux/uidMappings/0',
    ],
    [
      'a mapping past the end',
      { linux: { ...user, gidMappings: [map(0, 1, 0xffff_ffff), map(0xffff_ffff, 0, 2)] } },
      '/linux/gidMappings/1: goes past',
    ],
    ['time offsets without time', { linux: { timeOffsets: { monotonic: { secs: 1 } } } }, '/linux/timeOffsets: needs a "time" namespace'],
    [
      'time offsets in a joined namespace',
      { linux: { namespaces: [{ type: 'mount' }, { type: 'time', path: '/x' }], timeOffsets: { boottime: { secs: 1 } } } },
      '/linux/timeOffsets: cannot be set in a time namespace that is joined',
    ],
    ['a bind without source', { mounts: [{ destination: '/a', options: ['rbind'] }] }, '/mounts/0/source: a bind mount needs a source'],
    ['an empty destination', { mounts: [{ destination: '' }] }, '/mounts/0/destination: expected a string that is not empty, got ""'],
    [
      'uid without gid mappings of a mount',
      { mounts: [{ destination: '/a', source: '/b', options: ['bind'], uidMappings: [map(0, 1, 1)] }] },
      '/mounts/0/gidMappings: is required with uidMappings',
    ],
    [
      'idmap without any mapping',
      { mounts: [{ destination: '/a', source: '/b', options: ['bind', 'idmap'] }] },
      '/mounts/0/options: idmap needs',
    ],
    [
      'idmap of no bind',
      { linux: user, mounts: [{ destination: '/a', type: 'tmpfs', options: ['ridmap'] }] },
      '/mounts/0: only a bind mount',
    ],
    ['a relative masked path', { linux: { maskedPaths: ['proc'] } }, '/linux/maskedPaths/0: must be an absolute path'],
    ['a relative read-only path', { linux: { readonlyPaths: ['/a', ''] } }, '/linux/readonlyPaths/1: must be an absolute path'],
    [
      'a device without minor',
      { linux: { devices: [{ type: 'c', path: '/dev/x', major: 1 }] } },
      '/linux/devices/0/minor: is required for type "c"',
    ],
    ['a relative device', { linux: { devices: [{ type: 'p', path: 'x' }] } }, '/linux/devices/0/path: must be an absolute path'],
    [
      'a device type that is unknown',
      { linux: { devices: [{ type: 'x', path: '/x' }] } },
      '/linux/devices/0/type: expected one of "c", "b", "u", "p"',
    ],
    [
      'netDevices without network',
      { linux: { namespaces: types('mount'), netDevices: { eth0: {} } } },
      '/linux/netDevices: needs a "network"',
    ],
    [
      'a long interface name',
      { linux: { netDevices: { eth0: { name: 'x'.repeat(16) } } } },
      '/linux/netDevices/eth0/name: "xxxxxxxxxxxxxxxx" is not',
    ],
    ['an interface name with a slash', { linux: { netDevices: { 'a/b': {} } } }, '/linux/netDevices/a~1b: "a/b" is not an interface name'],
    [
      'two interfaces of one name',
      { linux: { netDevices: { a: { name: 'x' }, b: { name: 'x' } } } },
      '/linux/netDevices/b/name: "x" is also',
    ],
    [
      'a personality flag',
      { linux: { personality: { domain: 'LINUX', flags: ['X'] } } },
      '/linux/personality/flags: no flags are supported',
    ],
    ['cgroupsPath with ..', { linux: { cgroupsPath: '/a/../../b' } }, '/linux/cgroupsPath: must not have ".."'],
    ['closID with a slash', { linux: { intelRdt: { closID: '../x' } } }, '/linux/intelRdt/closID: "../x" is not a directory name'],
    [
      'memBwSchema without MB:',
      { linux: { intelRdt: { memBwSchema: 'L3:0=f' } } },
      '/linux/intelRdt/memBwSchema: expected one line that begins',
    ],
    ['schemata of two lines', { linux: { intelRdt: { schemata: ['a\nb'] } } }, '/linux/intelRdt/schemata/0: must be one line'],
    ['nodes with MPOL_LOCAL', { linux: { memoryPolicy: { mode: 'MPOL_LOCAL', nodes: '0' } } }, '/linux/memoryPolicy/nodes: must be empty'],
    ['MPOL_BIND without nodes', { linux: { memoryPolicy: { mode: 'MPOL_BIND' } } }, '/linux/memoryPolicy/nodes: must not be empty'],
    [
      'flags that exclude each other',
      { linux: { memoryPolicy: { mode: 'MPOL_BIND', nodes: '0', flags: ['MPOL_F_STATIC_NODES', 'MPOL_F_RELATIVE_NODES'] } } },
      '/linux/memoryPolicy/flags: MPOL_F_STATIC_NODES and',
    ],
    ['a bundle for windows', { linux: undefined, windows: { layerFolders: ['C:\\'] } }, '/windows: this bundle is for windows'],
  ])('%s', (_name, patch, wanted) => {
    expect(errors(config(patch)).join('\n')).toContain(wanted);
  });
});

describe('is accepted:', () => {
  test.each<[string, Parameters<typeof config>[0]]>([
    ['every version from 1.0 to 1.3', { ociVersion: '1.3.0' }],
    ['a pre-release', { ociVersion: '1.0.0-rc5' }],
    ['runc’s version', { ociVersion: '1.0.2-dev' }],
    ['no process', { process: undefined }],
    ['no mount namespace where nothing is mounted', { linux: { namespaces: types('pid') } }],
    [
      'a joined mount namespace',
      { mounts: [{ destination: '/a', type: 'tmpfs' }], linux: { namespaces: [{ type: 'mount', path: '/x' }] } },
    ],
    ['a device of type p without numbers', { linux: { devices: [{ type: 'p', path: '/dev/x' }] } }],
    ['rprivate', { linux: { rootfsPropagation: 'rprivate' } }],
    [
      'idmap with the mappings of a new user namespace',
      { linux: user, mounts: [{ destination: '/a', source: '/b', options: ['bind', 'idmap'] }] },
    ],
    ['a template for interface names', { linux: { netDevices: { a: { name: 'eth%d' }, b: { name: 'eth%d' } } } }],
    [
      'offsets in a new time namespace',
      { linux: { namespaces: types('mount', 'time'), timeOffsets: { monotonic: { secs: -1, nanosecs: 5 } } } },
    ],
    ['SCHED_DEADLINE', { process: { scheduler: { policy: 'SCHED_DEADLINE', runtime: 1, deadline: 2, period: 3 } } }],
  ])('%s', (_name, patch) => {
    expect(errors(config(patch))).toEqual([]);
  });
});

describe('is a warning, not an error:', () => {
  test.each<[string, Parameters<typeof config>[0], string]>([
    [
      'an unknown capability',
      { process: { capabilities: { bounding: ['CAP_NOPE'], permitted: ['CAP_NOPE'] } } },
      '/process/capabilities/bounding/0: unknown capability "CAP_NOPE"',
    ],
    [
      'an ambient capability that is not inheritable',
      {
        process: { capabilities: { permitted: ['CAP_KILL', 'CAP_CHOWN'], inheritable: ['CAP_KILL'], ambient: ['CAP_KILL', 'CAP_CHOWN'] } },
      },
      "/process/capabilities/ambient: can't raise ambient capability CAP_CHOWN: not both permitted and inheritable",
    ],
    ['a minor version of the future', { ociVersion: '1.9.0' }, '/ociVersion: 1.9.0 is newer'],
    ['a relative destination', { mounts: [{ destination: 'a', type: 'tmpfs' }] }, '/mounts/0/destination: "a" is relative'],
    ['a user without gid', { process: { user: { uid: 1 } } }, '/process/user/gid: is required; 0 is used'],
    ['env without =', { process: { env: ['A'] } }, '/process/env/0: "A" is not of the form'],
    ['a section for another platform', { vm: { kernel: { path: '/k' } } }, '/vm: section `vm` is for another platform; ignored'],
    ['a typo', { linux: { rootPropagation: 'private' } }, '/linux/rootPropagation: unknown property "rootPropagation" is ignored'],
    ['tmpcopyup on no tmpfs', { mounts: [{ destination: '/a', type: 'proc', options: ['tmpcopyup'] }] }, '/mounts/0/options: tmpcopyup'],
    [
      'mappings beside a joined user namespace',
      { linux: { ...user, namespaces: [{ type: 'user', path: '/x' }] } },
      '/linux/uidMappings: the joined',
    ],
  ])('%s', (_name, patch, wanted) => {
    expect(errors(config(patch))).toEqual([]);
    expect(warnings(config(patch)).join('\n')).toContain(wanted);
  });

  test('once for a capability, however many sets have it', () => {
    const sets = { bounding: ['CAP_X'], effective: ['CAP_X'], permitted: ['CAP_X'] };
    expect(warnings(config({ process: { capabilities: sets } }))).toHaveLength(1);
  });

  test('a typo comes with the right name', () => {
    expect(validateConfig(config({ linux: { rootPropagation: 'private' } })).warnings).toMatchObject([
      { kind: 'unknown-property', hint: 'did you mean "rootfsPropagation"?' },
    ]);
  });
});

test('the rules of process serve `exec --process`, with its own pointers', () => {
  expect(validateProcess({ cwd: 'x', args: [], user: { uid: 0, gid: 0 } }).errors.map(problemText)).toEqual([
    '/args: args must not be empty',
    '/cwd: Cwd must be an absolute path, got "x"',
  ]);
});

test('all problems are found at once, those of the shape and those between entries', () => {
  const bad = config({
    ociVersion: 'x',
    hostname: 3,
    domainname: 'd',
    process: { cwd: 'x', args: 'sh', rlimits: [{ type: 'RLIMIT_NOPE', soft: 2, hard: 1 }] },
    linux: { namespaces: types('mount', 'mount'), maskedPaths: ['a'], resources: { cpu: { period: 1 }, memory: { limit: 'x' } } },
    mounts: [{}],
  });
  expect(new Set(validateConfig(bad).errors.map((problem) => problem.pointer))).toEqual(
    new Set([
      '/ociVersion',
      '/hostname',
      '/domainname',
      '/process/cwd',
      '/process/args',
      '/process/rlimits/0/type',
      '/process/rlimits/0/soft',
      '/linux/namespaces/1',
      '/linux/maskedPaths/0',
      '/linux/resources/cpu/period',
      '/linux/resources/memory/limit',
      '/mounts/0/destination',
    ]),
  );
});

test('a broken list of namespaces is one error, not one for every entry that needs a namespace', () => {
  const bad = config({ hostname: 'a', linux: { ...user, namespaces: types('mout'), netDevices: { a: {} }, sysctl: { 'net.x': '1' } } });
  expect(errors(bad)).toHaveLength(1);
});
