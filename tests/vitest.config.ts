import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const node = (name: string, options: object = {}) => ({
  extends: true as const,
  test: { name, environment: 'node' as const, include: [`tests/${name}/**/*.test.ts`], ...options },
})

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    setupFiles: ['tests/support/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      node('conventions'),
      node('shared'),
      node('api'),
      node('platforms'),
      node('compliance'),
      node('imports'),
      node('web'),
      node('queue', { fileParallelism: false, testTimeout: 180_000 }),
      node('faults', { fileParallelism: false, testTimeout: 900_000 }),
      node('e2e', { fileParallelism: false, testTimeout: 900_000 }),
    ],
  },
})
