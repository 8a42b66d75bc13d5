import { linuxSchema } from './linux.ts';
import { freebsdSchema, solarisSchema, vmSchema, windowsSchema, zosSchema } from './platforms.ts';
import { processSchema } from './process.ts';
import { resourcesSchema, throttleDevices } from './resources.ts';
import { boolean, integer, list, map, notEmpty, object, ref, string, strings, uint32, type Schema } from './shapes.ts';

const hook = (): Schema =>
  object(
    { path: string, args: strings, env: strings, timeout: integer(1, Number.MAX_SAFE_INTEGER, 'a number of seconds greater than zero') },
    ['path'],
  );
const hooks = ref('hooks');

/**
 * The whole of config.json (config.md), written from the specification's text. What one schema node cannot say, and
 * what depends on other entries, is in `../rules`.
 */
const build = (): Schema => ({
  ...object(
    {
      ociVersion: string,
      root: object({ path: string, readonly: boolean }, ['path']),
      process: ref('process'),
      hostname: string,
      domainname: string,
      mounts: list(
        object(
          {
            destination: notEmpty,
            type: string,
            source: string,
            options: strings,
            uidMappings: ref('idMappings'),
            gidMappings: ref('idMappings'),
          },
          ['destination'],
        ),
      ),
      hooks: object({
        prestart: hooks,
        createRuntime: hooks,
        createContainer: hooks,
        startContainer: hooks,
        poststart: hooks,
        poststop: hooks,
      }),
      annotations: map(string),
      linux: linuxSchema(),
      solaris: solarisSchema(),
      windows: windowsSchema(),
      vm: vmSchema(),
      zos: zosSchema(),
      freebsd: freebsdSchema(),
    },
    ['ociVersion'],
  ),
  definitions: {
    idMappings: list(object({ containerID: uint32, hostID: uint32, size: uint32 }, ['containerID', 'hostID', 'size'])),
    hooks: list(hook()),
    strings: list(string),
    process: processSchema(),
    resources: resourcesSchema(),
    throttleDevices: throttleDevices(),
  },
});

let built: Schema | undefined;

/** Made when it is first asked for: a config without faults needs the compiled validator only. */
export function configSchema(): Schema {
  return (built ??= build());
}
