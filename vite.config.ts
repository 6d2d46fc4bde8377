// Builds the studio into dist/studio, and runs the tests.

import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { steady } from './test/steady.ts'

/** A class is told by its file and its name: .receipt-row of receipt.module.css, and .receipt itself. */
function scopedName(name: string, path: string): string {
  const feature = basename(path.split('?')[0] ?? '', '.module.css')
  return name === feature ? name : `${feature}-${name}`
}

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
  css: { modules: { generateScopedName: scopedName } },
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
