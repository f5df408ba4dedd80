import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tests/**/*.test.ts'],
    globalSetup: ['tests/world/global-setup.ts'],
    maxWorkers: 2,
    testTimeout: 240_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    /* What keeps the promises of the gate has no way that no test went. */
    coverage: {
      provider: 'v8',
      include: ['src/engine/{gate,runs,worker}/**'],
      exclude: ['**/*.test.ts'],
      reporter: ['text-summary', 'html'],
      thresholds: { 'src/engine/**': { branches: 100 } },
    },
  },
})
