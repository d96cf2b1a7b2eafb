import { defineConfig } from 'vitest/config';

const serial = { fileParallelism: false, testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.spec.ts', 'test/architecture/*.spec.ts'] } },
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
          globalSetup: ['test/support/global-setup.ts'],
          ...serial,
        },
      },
      {
        test: {
          name: 'torture',
          include: ['test/torture/*.spec.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          ...serial,
          // Two schedules at a time, each with a world of its own.
          maxConcurrency: 2,
        },
      },
    ],
  },
});
