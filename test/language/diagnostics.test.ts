// Every diagnostic has a fixture: the smallest policy that shows it, with what is reported written beside it. Run with
// RECORD=1 to write the expectations anew, then read the difference.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Compiled, compile, compileCases, type Load, maximumDiagnostics } from '../../language/compile.ts'
import { type Code, catalogue, describeFix, severityOf, describe as words } from '../../language/diagnostics/catalogue.ts'
import type { Diagnostic } from '../../language/diagnostics/diagnostic.ts'
import { applyEdits } from '../../language/format/normalize.ts'
import { maximumSource } from '../../language/parse.ts'
import { refusals } from '../../runtime/cli/plannable.ts'
import { outside, sourcesIn, underline } from './underline.ts'

const recording = process.env.RECORD === '1'

/** Too large to keep as files. */
const generated: Readonly<Partial<Record<Code, string>>> = {
  'source-too-large': `政策 示例 {\n${'# 说明\n'.repeat(maximumSource / 4)}}\n`,
  'more-notices': `政策 示例 {\n  事实 甲项: 是否\n  指标 甲 累加 {\n${'    当 甲项   得0.01分。\n'.repeat(maximumDiagnostics + 1)}  }\n  总分 = 甲\n}\n`,
  'too-many-diagnostics': `政策 示例 {\n${'  ★\n'.repeat(maximumDiagnostics + 1)}}\n`,
}

const fixtures = sourcesIn(join(import.meta.dirname, 'diagnostics'))
const errorsOf = (diagnostics: readonly Diagnostic[]) => diagnostics.filter((diagnostic) => severityOf(diagnostic) === 'error')

/** Policies that fixtures take in; a fixture itself is `fixture.heng` beside them. */
const load: Load = (path) => {
  const base = sourcesIn(join(import.meta.dirname, 'bases')).find(({ name }) => `${name}.heng` === path)
  return base && { path, text: base.text }
}

/** A fixture is a policy, but for what is wrong with a file of cases. */
const compiled = (name: string, text: string): Compiled => {
  if (name !== 'cannot-compute') return compiledAlone(name, text)
  const found = compiledAlone(name, text)
  return { ...found, diagnostics: [...found.diagnostics, ...refusals(found)], policy: undefined }
}
const compiledAlone = (name: string, text: string) =>
  name === 'only-cases' ? compileCases(text, 'fixture.cases.heng', compile(load('base.heng', '')?.text ?? '')) : compile(text, 'fixture.heng', load)

describe('every code has its fixture', () => {
  test('no code of the catalogue lacks one, and no fixture lacks its code', () => {
    const shown = [...fixtures.map(({ name }) => name), ...Object.keys(generated)]
    expect(shown.sort()).toEqual(Object.keys(catalogue).sort())
  })

  test.each(Object.entries(generated))('%s is reported for a generated text', (code, text) => {
    const found = compile(text).diagnostics.map((diagnostic) => diagnostic.code)
    expect(found).toContain(code)
    expect(found.length).toBeLessThanOrEqual(maximumDiagnostics + 1)
  })
})

describe.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', (name, { file, text }) => {
  const code = name as Code
  const { diagnostics, policy } = compiled(name, text)

  test('is what is reported, at the expected places', () => {
    const beside = file.replace(/\.heng$/, '.expected')
    const found = underline(text, diagnostics)
    if (recording) writeFileSync(beside, found)
    expect(existsSync(beside), `${beside} is missing; run with RECORD=1`).toBe(true)
    expect(found).toBe(readFileSync(beside, 'utf8'))
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code)
  })

  test('brings no followers', () => {
    expect(errorsOf(diagnostics).filter((diagnostic) => diagnostic.code !== code)).toEqual([])
    expect(diagnostics.filter((diagnostic) => diagnostic.code === code).length).toBe(1)
    if (code !== 'unused-fact') expect(diagnostics.map((diagnostic) => diagnostic.code)).not.toContain('unused-fact')
  })

  test('gives a policy exactly when it is no error', () => {
    expect(policy !== undefined).toBe(catalogue[code].severity !== 'error')
  })

  test('lies inside the text, with all its places', () => {
    expect(diagnostics.flatMap((diagnostic) => outside(diagnostic, text.length))).toEqual([])
  })

  test.each(['zh', 'en'] as const)('has words in %s', (language) => {
    for (const diagnostic of diagnostics) {
      const { message, hint } = words(diagnostic, language)
      const texts = [message, hint, ...(diagnostic.fixes ?? []).map((fix) => describeFix(fix, language))]
      for (const line of texts) {
        expect(line.trim()).not.toBe('')
        expect(line).not.toMatch(/undefined|\bNaN\b|\[object|“”|"" /)
        if (language === 'en') expect(line.replaceAll(/“[^”]*”/g, ''), 'prose of one language only').not.toMatch(/[，。、；：]$/)
      }
    }
  })

  test('is gone after any of its fixes, and nothing new comes', () => {
    const before = errorsOf(diagnostics).length
    for (const diagnostic of diagnostics) {
      for (const fix of diagnostic.fixes ?? []) {
        const mended = applyEdits(text, fix.edits)
        const after = compiled(name, mended).diagnostics
        expect(
          after.filter((found) => found.code === diagnostic.code),
          mended,
        ).toEqual([])
        expect(errorsOf(after).length, mended).toBeLessThanOrEqual(before)
      }
    }
  })
})
