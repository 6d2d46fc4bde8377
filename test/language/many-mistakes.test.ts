// A policy with ten mistakes of ten kinds gives ten errors: nothing is hidden by what stands before it, nothing follows from it.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { severityOf } from '../../language/diagnostics/catalogue.ts'
import { underline } from './underline.ts'

const file = join(import.meta.dirname, 'many-mistakes.heng')
const text = readFileSync(file, 'utf8')
const { diagnostics } = compile(text)

test('ten mistakes give ten diagnostics and no followers', () => {
  expect(diagnostics.filter((diagnostic) => severityOf(diagnostic) === 'error').length).toBe(10)
  expect(diagnostics.length, underline(text, diagnostics)).toBe(10)
})

test('each mistake is reported where it stands', () => {
  const beside = file.replace(/\.heng$/, '.expected')
  const found = underline(text, diagnostics)
  if (process.env.RECORD === '1') writeFileSync(beside, found)
  expect(found).toBe(readFileSync(beside, 'utf8'))
})
