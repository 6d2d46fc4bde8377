// Of every slip that people make when they type: one finding, at its place, in the right words, with the right fix; and
// where somebody makes two of them, both come out.

import { describe, expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { findingsOf, later, shortfalls, slips, withBoth } from './slips.ts'

/** Slips that are not answered rightly yet, each with the reason. */
const open: Readonly<Record<string, string>> = {}

test('where two words of the language are as near, both are fixes', () => {
  const found = compile('政策 甲 {\n  指标 乙 最告30分 { 得5分 }\n  总分 = 乙\n}\n').diagnostics
  expect(found.map(({ code }) => code)).toEqual(['write-instead'])
  expect(found[0]?.fixes?.map(({ edits }) => edits.map(({ text }) => text))).toEqual([['最高'], ['最低']])
})

test('nothing is offered that is another thing of the language', () => {
  const functions = ['月初', '年中', '天数日'].map((name) => compile(`政策 甲 {\n  基准日 审核日\n  定义 乙 = ${name}(审核日)\n}\n`).diagnostics)
  expect(functions.map((found) => found.map(({ code, fixes = [] }) => [code, fixes.length]))).toEqual([
    [['unknown-function', 0]],
    [['unknown-function', 0]],
    [['unknown-function', 1]],
  ])
})

test('slips are called by different names', () => {
  for (const list of [slips, later]) expect(new Set(list.map(({ name }) => name)).size).toBe(list.length)
  expect(Object.keys(open).filter((name) => !slips.some((slip) => slip.name === name))).toEqual([])
})

describe('one slip is one finding, with its fix', () => {
  test.each([...slips, ...later].map((slip) => [slip.kind, slip.name, slip] as const))('%s: %s', (_kind, name, slip) => {
    const fallsShort = shortfalls(slip)
    if (name in open) expect(fallsShort, 'is right now: take it off the list').not.toEqual([])
    else expect(fallsShort).toEqual([])
  })
})

describe('two slips on different lines are both told', () => {
  const pairs = slips.flatMap((slip, i) => {
    const others = slips.filter(({ base }) => base === slip.base)
    const other = others[(others.indexOf(slip) + 7 + (i % 5)) % others.length]
    const text = other && withBoth(slip, other)
    return text === undefined ? [] : [{ name: `${slip.name} and ${other?.name}`, slip, other: other ?? slip, text }]
  })

  test('there are many such pairs', () => expect(pairs.length).toBeGreaterThan(80))

  test.each(pairs)('$name', ({ slip, other, text }) => {
    const codes = (found: readonly { readonly code: string }[]) => found.map(({ code }) => code).sort()
    expect(codes(compile(text, 'slip.heng').diagnostics)).toEqual(codes([...findingsOf(slip), ...findingsOf(other)]))
  })
})
