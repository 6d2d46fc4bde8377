// The receipt as a page says line for line what its text says, of everybody of the corpus, and nothing that somebody wrote becomes a part
// of the page.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { format } from '../../language/format/format.ts'
import type { WrittenFacts } from '../../runtime/facts.ts'
import { receiptPage } from '../../runtime/receipt/page.ts'
import { printReceipt } from '../../runtime/receipt/print.ts'
import { receipt } from '../../runtime/receipt/receipt.ts'
import { type ReferenceDates, type Run, startRun } from '../../runtime/run.ts'
import { score } from '../../runtime/score.ts'
import { folder, load, readEntries } from '../conformance/entries.ts'
import { policyOf, runOf } from './support.ts'

interface Asked {
  readonly dates: ReferenceDates
  readonly scenario?: string
  readonly people: readonly { readonly 编号: string; readonly facts: Readonly<Record<string, unknown>> }[]
}

const plain: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** The lines of the body, as a reader sees them. */
const seen = (page: string): readonly string[] =>
  page
    .slice(page.indexOf('<body>\n') + '<body>\n'.length, page.indexOf('\n</body>'))
    .split('\n')
    .map((line) => line.replaceAll(/<[^>]*>/g, '').replaceAll(/&(\w+);/g, (_, name: string) => plain[name] ?? ''))

function both(run: Run, written: WrittenFacts, language: 'zh' | 'en') {
  const scored = score(run, written)
  if (!scored.ok) return undefined
  const document = receipt(run, scored.outcome, written)
  return { page: receiptPage(document, run.policy, language, { all: true }), text: printReceipt(document, run.policy, language, { all: true }) }
}

test('page and text say the same', () => {
  let count = 0
  for (const { name, policy, runs } of readEntries<Asked>())
    for (const { dates, scenario, people } of runs) {
      const started = policy ? startRun(policy, { asOf: dates, scenario }) : undefined
      if (!started?.ok) continue
      for (const { 编号, facts } of people) {
        const written = Object.fromEntries(Object.entries(facts).map(([fact, value]) => [fact, typeof value === 'string' ? value : JSON.stringify(value)]))
        for (const language of ['zh', 'en'] as const) {
          const drawn = both(started.run, { 编号, ...written }, language)
          if (!drawn) continue
          count += 1
          const lines = drawn.text.trimEnd().split('\n')
          expect([name, 编号, seen(drawn.page)]).toEqual([name, 编号, lines.map((line) => line.trimStart())])
        }
      }
    }
  expect(count).toBeGreaterThan(500)
})

/** Runs of Chinese in a text. */
const chinese = (text: string): readonly string[] => text.match(/[\u3007\u4e00-\u9fff]+/g) ?? []

test('in English nothing is Chinese but what the author and the applicant wrote', () => {
  const strange = new Set<string>()
  for (const { name, text, runs } of readEntries<Asked>()) {
    const english = format(text, 'en')
    const { policy } = english.ok ? compile(english.text, join(folder, name), load) : {}
    for (const { dates, scenario, people } of policy ? runs : []) {
      const started = policy && startRun(policy, { asOf: dates, scenario })
      for (const { 编号, facts } of started?.ok ? people : []) {
        const written = Object.fromEntries(Object.entries(facts).map(([fact, value]) => [fact, typeof value === 'string' ? value : JSON.stringify(value)]))
        const drawn = started?.ok && both(started.run, { 编号, ...written }, 'en')
        const taken = (policy?.sources ?? []).slice(1).map(({ path }) => readFileSync(path, 'utf8'))
        const own = [english.ok ? english.text : '', ...taken, 编号, ...Object.values(written), '编号'].join(' ')
        for (const word of drawn ? chinese(drawn.text) : []) if (!own.includes(word)) strange.add(`${name}: ${word}`)
      }
    }
  }
  expect([...strange]).toEqual([])
})

test('what is written stays text', () => {
  const run = runOf(policyOf('事实 备注: 文本\n指标 「甲<b>&"」 { 当 备注 = "<script>alert(1)</script>" 得1分 }\n总分 = 「甲<b>&"」'))
  const page = both(run, { 编号: '<img src=x onerror=alert(1)>', 备注: '<script>alert(1)</script>' }, 'zh')?.page ?? ''
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect([...page.matchAll(/<(\w+)/g)].map(([, tag]) => tag)).not.toContain('script')
  expect(page).not.toMatch(/<(img|b)\b/)
})
