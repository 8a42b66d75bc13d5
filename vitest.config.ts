import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** Whole-program tests: few at a time (they start containers), never in threads (they change uid, cwd and fds of children). */
function program(name: string, include: string[], env: Record<string, string> = {}): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include,
      env,
      globalSetup: ['test/helpers/global-setup.ts'],
      pool: 'forks',
      testTimeout: 30_000,
      hookTimeout: 30_000,
    },
  };
}

/** The package as users get it. */
const library = [
  { find: /^tsrun$/, replacement: fileURLToPath(new URL('dist/index.js', import.meta.url)) },
  { find: /^tsrun\/testing$/, replacement: fileURLToPath(new URL('dist/testing.js', import.meta.url)) },
];

/** Writes go to the bundle's rootfs, as with other runtimes: what a program did is read there. */
const emulation = { TSRUN_BACKEND: 'emulation', TSRUN_ROOTFS_WRITES: 'through' };

// oxlint-disable-next-line import/no-default-export -- vitest reads the default export
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'test/helpers/**/*.test.ts'], pool: 'forks' } },
      program('oci-node', ['test/oci/**/*.test.ts'], { TSRUN_SHAPE: 'node' }),
      program('oci', ['test/oci/**/*.test.ts'], { TSRUN_SHAPE: 'standalone' }),
      program('oci-emulation', ['test/oci/**/*.test.ts'], { TSRUN_SHAPE: 'standalone', ...emulation }),
      // Node takes five times as long to start: what depends on the JavaScript engine and its descriptors.
      program('oci-emulation-node', ['test/oci/{exec,run,start,terminal}.test.ts'], { TSRUN_SHAPE: 'node', ...emulation }),
      program('linux', ['test/linux/**/*.test.ts']),
      program('vm', ['test/vm/**/*.test.ts']),
      { ...program('emulation', ['test/emulation/**/*.test.ts'], { TSRUN_BACKEND: 'emulation' }), resolve: { alias: library } },
      program('differential', ['test/differential/**/*.test.ts']),
      program('crash', ['test/crash/**/*.test.ts']),
      program('package', ['test/package/**/*.test.ts']),
      program('clients', ['test/clients/**/*.test.ts']),
    ],
  },
});
