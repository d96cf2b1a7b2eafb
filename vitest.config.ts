import { defineConfig } from 'vitest/config';

const isTorture = process.env['TORTURE_SIZE'] === 'full';
const serial = {
  fileParallelism: false,
  testTimeout: isTorture ? 600_000 : 60_000,
  hookTimeout: 120_000,
  // Each of the concurrent tests has a world of its own, and the machine two cores.
  maxConcurrency: 2,
};

export default defineConfig({
  test: {
    projects: [
      // Nothing in the sources has a state of its own, so that the files can share what they import: twice as fast.
      {
        test: { name: 'unit', include: ['test/unit/**/*.spec.ts', 'test/architecture/*.spec.ts'], isolate: false },
      },
      { test: { name: 'conformance', include: ['test/conformance/*.spec.ts'] } },
      {
        test: {
          name: 'integration',
          include: ['test/contract/*.spec.ts', 'test/integration/*.spec.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          ...serial,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/*.spec.ts'],
          exclude: ['test/e2e/cluster.spec.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          ...serial,
        },
      },
      // With Docker engines of its own: what the others sweep away is none of its.
      { test: { name: 'cluster', include: ['test/e2e/cluster.spec.ts'], ...serial } },
      {
        test: {
          name: 'torture',
          include: ['test/torture/*.spec.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          ...serial,
        },
      },
    ],
  },
});
