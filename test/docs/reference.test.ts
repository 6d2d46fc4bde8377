// The language reference tells the truth: its examples compile, are formatted, mean the same in both surfaces and pass their
// cases; its tables are what the sources say. `RECORD=1` rewrites the tables, the layout and the English of the examples.

import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { coverage } from '../../language/coverage/coverage.ts'
import { readPaper } from '../../language/coverage/lookup.ts'
import { papersOf } from '../../language/coverage/papers.ts'
import { catalogue, severityOf } from '../../language/diagnostics/catalogue.ts'
import { format } from '../../language/format/format.ts'
import { functions, keywords, type Surface, types } from '../../language/words.ts'
import { passed, runCase } from '../../runtime/cases.ts'
import { type Block, compileBlock, complete, type Example, examplesIn } from './blocks.ts'
import { keywordsInGrammar, putTable, tableIn, tables } from './tables.ts'

const path = new URL('../../language/README.md', import.meta.url)
if (process.env.RECORD === '1') writeFileSync(path, recorded(readFileSync(path, 'utf8')))

const markdown = readFileSync(path, 'utf8')
const examples = examplesIn(markdown)

test('every keyword is read by the grammar', () => {
  const read = keywordsInGrammar()
  expect(keywords.filter(({ id }) => !read.has(id)).map(({ zh }) => zh)).toEqual([])
})

describe('the examples of the language reference', () => {
  for (const { block, english } of examples) {
    const name = `line ${block.line}`
    if (block.mistake !== undefined) {
      test(`${name}: the deliberate mistake gives ${block.mistake} and nothing else`, () => {
        expect(findings(block)).toEqual([block.mistake])
      })
      continue
    }
    for (const shown of [block, ...(english ? [english] : [])]) {
      test(`${name}, ${shown.surface}: compiles without errors or warnings`, () => {
        expect(findings(shown)).toEqual([])
      })
      test(`${name}, ${shown.surface}: is formatted`, () => {
        expect(formatted(shown, examples, shown.surface)).toBe(shown.text)
      })
      test(`${name}, ${shown.surface}: its cases pass`, () => {
        const { policy, cases } = compiled(shown)
        expect(cases.flatMap((testCase) => (policy ? [runCase(policy, testCase)] : [])).filter((result) => !passed(result))).toEqual([])
      })
    }
    test(`${name}: is shown in both surfaces, and both mean the same`, () => {
      expect(english).toBeDefined()
      if (english) expect(meaning(english)).toEqual(meaning(block))
    })
    test(`${name}: its English is what the formatter prints`, () => {
      expect(english?.text).toBe(formatted(block, examples, 'en'))
    })
  }

  test('there are some, with cases', () => {
    expect(examples.length).toBeGreaterThan(10)
    expect(examples.flatMap(({ block }) => compiled(block).cases).length).toBeGreaterThan(10)
  })
})

test('the official text of the language reference is accounted for to its last line by the policy beside it', () => {
  const papers = [...markdown.matchAll(/^```text file=(\S+)\n([\s\S]*?)^```\n/gm)].map(([, file = '', text = '']) => readPaper({ file, text }))
  const trees = examples.map(({ block }) => compiled(block).parsed.tree)
  const tree = trees.find((one) => papersOf(one).join() === papers.map(({ file }) => file).join())
  const { clauses, dangling, ambiguous, elsewhere } = coverage(tree!, papers)
  expect(clauses.filter(({ status }) => status === 'open').map(({ cited }) => cited)).toEqual([])
  expect([dangling, ambiguous, elsewhere]).toEqual([[], [], []])
  // It shows all that the table under it lists.
  expect(new Set(clauses.map(({ kind }) => kind))).toEqual(new Set(['line', 'chinese', 'bracket', 'row', 'missing', 'attachment']))
  expect(papers.map(({ parts }) => parts.length)).toEqual([1, 2])
})

describe('the tables of the language reference', () => {
  for (const [name, table] of Object.entries(tables)) {
    test(`${name}: is current (RECORD=1 rewrites it)`, () => {
      expect(tableIn(markdown, name)).toBe(table())
    })
  }

  test('every type and function that exists is described', () => {
    const codes = (text: string) => compile(text).diagnostics.map(({ code }) => code)
    const existing = [
      ...types.filter(({ zh }) => !codes(`政策 例 { 事实 甲: ${zh} }`).includes('unknown-type')).map(({ zh, en }) => [`| ${zh}`, en]),
      ...functions.filter(({ zh }) => !codes(`政策 例 { 定义 甲 = ${zh}() }`).includes('unknown-function')).map(({ zh, en }) => [`${zh}(`, en]),
    ]
    expect(existing.length).toBeGreaterThan(10)
    for (const [zh = '', en = ''] of existing) {
      const row = markdown.split('\n').find((line) => line.startsWith('|') && line.includes(zh))
      expect(row, zh).toContain(`\`${en}`)
    }
  })

  test('every link inside the page names a diagnostic or a chapter', () => {
    const links = [...markdown.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1] ?? '')
    const chapters = [...markdown.matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1] ?? ''))
    expect(links.filter((link) => !Object.hasOwn(catalogue, link) && !chapters.includes(link))).toEqual([])
  })
})

/** Where GitHub puts the anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')

/** The block as a complete policy text. */
function whole(block: Block, all: readonly Example[]): string {
  return complete(block, preludeOf(block, all)).text
}

const compiled = (block: Block) => compileBlock(block, whole(block, examples), examples)

function preludeOf({ surface }: Block, all: readonly Example[]): string {
  const prelude = all.find(({ block }) => block.marks.includes('prelude'))
  return (surface === 'zh' ? prelude?.block.text : prelude?.english?.text) ?? ''
}

/** Codes of errors and warnings; a reference may hold notices, of facts that an example leaves unused. */
function findings(block: Block): readonly string[] {
  const found = compiled(block).diagnostics.filter((diagnostic) => severityOf(diagnostic) !== 'notice')
  return [...new Set(found.map(({ code }) => code))]
}

function formatted(block: Block, all: readonly Example[], target: Surface): string {
  const result = format(whole(block, all), target)
  if (!result.ok) return `not formatted: ${result.diagnostics.map(({ code }) => code).join(', ')}`
  return complete({ ...block, surface: target }, preludeOf({ ...block, surface: target }, all)).own(result.text)
}

/** Policy and cases without places, sources and the words of either surface. */
function meaning(block: Block) {
  const { policy, cases } = compiled(block)
  return {
    policy: policy && { ...policy, places: {}, labels: {}, sources: [] },
    cases: cases.map((testCase) => ({ ...testCase, place: undefined })),
  }
}

/** The page with its Chinese examples formatted, their English printed, and the tables made anew. */
function recorded(old: string): string {
  // The prelude first: the other examples are printed together with it.
  const isPrelude = ({ marks }: Block) => marks.includes('prelude')
  const page = [isPrelude, (block: Block) => !isPrelude(block) && block.mistake === undefined].reduce(withExamples, old)
  return Object.entries(tables).reduce((text, [name, table]) => putTable(text, name, table()), page)
}

function withExamples(old: string, wanted: (block: Block) => boolean): string {
  const all = examplesIn(old)
  return all.reduceRight((text, { block, english }) => {
    if (!wanted(block)) return text
    const [zh, en] = [formatted(block, all, 'zh'), formatted(block, all, 'en')]
    const end = block.start + block.text.length
    const marks = [...block.marks, ...(block.marks.length > 0 ? ['en'] : [])].map((mark) => ` ${mark}`).join('')
    const rest = english ? english.start + english.text.length : end + '```\n'.length
    return `${text.slice(0, block.start)}${zh}\`\`\`\n\n\`\`\`heng${marks}\n${en}${english ? '' : '```\n'}${text.slice(rest)}`
  }, old)
}
