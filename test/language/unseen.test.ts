// What cannot be seen in quoted names and texts is told by check, and its remedy leaves the text that was meant.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { applyEdits } from '../../language/format/normalize.ts'

const policy = (inside: string) =>
  `政策 示例 {\n  事实 「镇${inside === '' ? '' : 'x'}」: 文本\n  指标 甲 { 当 「镇${inside === '' ? '' : 'x'}」 = "东${inside}镇"   得1分 }\n  总分 = 甲\n}\n`
const found = (text: string) => compile(text).diagnostics.filter(({ code }) => code === 'unseen-in-text')

const characters = [
  '\u200b',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u202e',
  '\u2066',
  '\u2028',
  '\u2029',
  '\u00a0',
  '\u2003',
  '\t',
  '\u3164',
  '\ufe0f',
  '\u{e0041}',
  '\u180e',
]

test.each(characters)('%j inside a text and inside a name', (character) => {
  const inText = policy(character)
  expect(found(inText)).toHaveLength(1)
  const inName = `政策 示例 {\n  事实 「东${character}镇」: 是否\n  指标 甲 { 当 「东${character}镇」 得1分 }\n  总分 = 甲\n}\n`
  expect(found(inName).length).toBeGreaterThan(0)
  const [first] = found(inText)
  expect(found(applyEdits(inText, first?.fixes?.[0]?.edits ?? []))).toEqual([])
})

test.each(['东镇 ', ' 东镇', '　东镇', '东镇\u200b', ' 东镇 '])('%j has something unseen at an end', (text) => {
  const one = policy('').replace('"东镇"', `"${text}"`)
  expect(found(one)).toHaveLength(1)
  const [first] = found(one)
  const mended = applyEdits(one, first?.fixes?.[0]?.edits ?? [])
  expect(found(mended).length).toBeLessThan(text === ' 东镇 ' ? 2 : 1)
})

test.each(['\u2028', ' ', '\u200b', '\u3000'])('a text of nothing but %j is told', (text) => {
  expect(found(policy('').replace('"东镇"', `"${text}"`))).toHaveLength(1)
})

test.each(['东 镇', '东　镇', '东-镇', '𠮷镇', 'Ｂ镇', '·', 'é', 'e\u0301'])('%j is seen', (text) => {
  expect(found(policy('').replace('"东镇"', `"${text}"`))).toEqual([])
})
