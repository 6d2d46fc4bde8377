// Builds the studio into dist/studio, and runs the tests.

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { steady } from './test/steady.ts'

export default defineConfig({
  root: 'editor',
  plugins: [react()],
  build: {
    outDir: '../dist/studio',
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 5000,
    reportCompressedSize: false,
    license: { fileName: 'licences.md' },
  },
  worker: { format: 'es' },
  test: {
    root: '.',
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/setup.ts',
    // What a studio that a test starts keeps is not the user's.
    env: { HENG_STATE: join(tmpdir(), `heng-state-of-tests-${process.pid}`) },
    // Or a worker may never end.
    execArgv: [...steady],
    reporters: ['default', './test/last-line.ts'],
    // Only what hangs ends by these.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 600_000 } },
  },
})
