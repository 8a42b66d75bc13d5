import { problemText } from '../problem.ts';
import { validateConfig } from '../validate.ts';

/** A valid config; `linux` and `process` are merged one level deep, undefined leaves them out. */
export function config(
  patch: { readonly [key: string]: unknown; readonly linux?: object | undefined; readonly process?: object | undefined } = {},
): unknown {
  const { linux, process, ...rest } = patch;
  return {
    ociVersion: '1.0.2',
    root: { path: 'rootfs' },
    ...('process' in patch && !process ? {} : { process: { cwd: '/', args: ['sh'], user: { uid: 0, gid: 0 }, ...process } }),
    ...('linux' in patch && !linux ? {} : { linux: { namespaces: types('pid', 'mount', 'ipc', 'uts', 'network'), ...linux } }),
    ...rest,
  };
}
export function types(...names: readonly string[]): readonly object[] {
  return names.map((type) => ({ type }));
}
export const map = (containerID: number, hostID: number, size: number): object => ({ containerID, hostID, size });
export const user: object = { namespaces: types('mount', 'user'), uidMappings: [map(0, 1000, 10)], gidMappings: [map(0, 1000, 10)] };

export function errors(value: unknown): string[] {
  return validateConfig(value).errors.map(problemText);
}
export function warnings(value: unknown): string[] {
  return validateConfig(value).warnings.map(problemText);
}
