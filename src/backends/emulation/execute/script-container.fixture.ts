/** Containers whose programs are functions of a test, over a root in memory. */
import type { Spec } from '../../../oci/spec.ts';
import { MARK, type Script, ScriptLoader } from '../kernel/testing/programs.ts';
import { memoryFileSystem } from '../vfs/index.ts';
import { S_IFDIR, S_IFREG } from '../vfs/types.ts';
import { type ContainerRequest, EmulatedContainer } from './container.ts';
import { type ByteSink, stdioOver } from './stdio.ts';

export interface ScriptContainer {
  readonly container: EmulatedContainer;
  /** Of descriptors 1 and 2 until now. */
  readonly output: () => string;
  readonly errors: () => string;
  readonly warnings: readonly string[];
}

export const CONFIG: Spec = {
  ociVersion: '1.2.0',
  root: { path: '/' },
  process: { args: ['main'], env: ['PATH=/bin'], cwd: '/', user: { uid: 0, gid: 0 } },
  mounts: [
    { destination: '/proc', type: 'proc', source: 'proc' },
    { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['mode=755'] },
    { destination: '/dev/pts', type: 'devpts', source: 'devpts', options: ['newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'] },
  ],
  linux: { namespaces: ['pid', 'mount', 'uts', 'ipc', 'network'].map((type) => ({ type: type as 'pid' })) },
};

/** scripts: executables of /bin by name; files: other files by path. */
export async function scriptContainer(
  scripts: Readonly<Record<string, Script>>,
  options: {
    readonly config?: Partial<Spec>;
    readonly files?: Readonly<Record<string, string>>;
    readonly input?: string;
  } & Partial<Omit<ContainerRequest, 'config'>> = {},
): Promise<ScriptContainer> {
  const loader = new ScriptLoader();
  const rootfs = memoryFileSystem({ mode: 0o755 });
  const write = (path: string, content: string, mode: number): void => {
    const parts = path.split('/').filter(Boolean);
    const name = parts.pop() ?? '';
    const dir = parts.reduce((at, part) => at.lookup(part) ?? at.create(part, { mode: S_IFDIR | 0o755, uid: 0, gid: 0 }), rootfs.root);
    dir.create(name, { mode: S_IFREG | mode, uid: 0, gid: 0 }).writeAt(0, Buffer.from(content));
  };
  for (const [name, script] of Object.entries(scripts)) {
    loader.scripts.set(name, script);
    write(`/bin/${name}`, MARK + name, 0o755);
  }
  for (const [path, content] of Object.entries(options.files ?? {})) write(path, content, 0o644);
  const [stdout, stderr] = [collector(), collector()];
  const warnings: string[] = [];
  const container = await EmulatedContainer.create({
    id: 'c',
    bundle: '/nowhere',
    rootfs,
    loader: {
      attach: (kernel) => {
        loader.kernel = kernel;
      },
      load: (process, file) => loader.load(process, file),
    },
    stdioKind: 'inherit',
    stdio: stdioOver(sourceOf(options.input ?? ''), stdout.sink, stderr.sink),
    hookState: (status) => [`{"status":"${status}","pid":`, '}'],
    runtimeHooks: () => Promise.resolve(),
    warn: (message) => warnings.push(message),
    ...options,
    config: { ...CONFIG, ...options.config },
  });
  return { container, output: stdout.text, errors: stderr.text, warnings };
}

export function collector(): { readonly sink: ByteSink; readonly text: () => string } {
  const chunks: Uint8Array[] = [];
  return {
    sink: { write: (bytes) => chunks.push(bytes) > 0, onDrain: undefined, onBroken: undefined, flush: () => Promise.resolve() },
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}

/** All of `text`, then the end; once it is asked for. */
export function sourceOf(text: string): Parameters<typeof stdioOver>[0] {
  let start: (() => void) | undefined;
  return {
    open(push, end) {
      start = () => {
        start = undefined;
        if (text !== '') push(Buffer.from(text));
        end();
      };
    },
    resume: () => start?.(),
    close: () => undefined,
  };
}
