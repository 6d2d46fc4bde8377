// Items are known by their full name alone, and by nothing that only looks like it.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { factId, nameOfId } from '../../runtime/ir/ids.ts'
import { needsScenario } from '../../runtime/run.ts'
import { score } from '../../runtime/score.ts'
import { runOf } from '../runtime/support.ts'

const policy = (members: string) => `政策 示例 {\n  基准日 审核日\n  事实 甲项: 是否\n  事实 户: 文本\n  事实 主: 是否\n${members}\n}\n`
const codes = (members: string) =>
  compile(policy(members))
    .diagnostics.map(({ code }) => code)
    .filter((code) => !code.startsWith('unused'))
const [ten, three] = ['{ 当 甲项 得10分 }', '{ 当 甲项 得3分 }']

test.each([
  ['an indicator of a group and one with a dot', `指标组 甲 { 指标 乙 ${ten} } 指标 「甲.乙」 ${three} 总分 = 甲 + 「甲.乙」`],
  ['the other way round', `指标 「甲.乙」 ${three} 指标组 甲 { 指标 乙 ${ten} } 总分 = 甲 + 「甲.乙」`],
  ['two groups deep', `指标组 甲 { 指标组 乙 { 指标 丙 ${ten} } 指标 「乙.丙」 ${three} } 总分 = 甲`],
  ['the dot in the group', `指标组 甲 { 指标组 乙 { 指标 丙 ${ten} } } 指标组 「甲.乙」 { 指标 丁 ${three} } 总分 = 甲 + 「甲.乙」`],
])('%s share a full name: refused', (_, members) => {
  expect(codes(members)).toEqual(['same-id'])
})

test.each([
  ['a dot alone', `指标 「甲.乙」 ${ten} 指标组 甲 { 指标 丙 ${three} } 总分 = 甲 + 「甲.乙」`],
  ['one name in two groups', `指标组 甲 { 指标 丙 ${ten} } 指标组 乙 { 指标 丙 ${three} } 总分 = 甲 + 乙`],
])('%s is allowed', (_, members) => {
  expect(codes(members)).toEqual([])
})

test('an item that is named like a word of the compiled form is no reason to ask for a use', () => {
  const uses = '应用 入学 { 对象 当 甲项 }'
  const made = (members: string) => compile(policy(members)).policy!
  for (const name of ['onlyFor', '"onlyFor"', 'op', 'partner']) expect(needsScenario(made(`指标 「${name}」 ${ten} 总分 = 「${name}」 ${uses}`))).toBe(false)
  expect(needsScenario(made(`指标 甲 仅用于 入学 ${ten} 指标 乙 ${three} 总分 = 甲 + 乙 ${uses}`))).toBe(true)
  expect(needsScenario(made(`指标 甲 累加 { 当 甲项 得10分 仅用于 入学   当 甲项 得1分 } 总分 = 甲 ${uses}`))).toBe(true)
})

test('a name that begins like a group is not in it', () => {
  expect(codes(`指标组 甲 { 指标 丙 ${ten} } 指标 「甲.乙」 ${three} 总分 = 甲 + 「甲.乙」`)).toEqual([])
  expect(codes(`指标组 甲 { 指标 丙 ${ten} } 总分 = 甲 + 甲.丙`)).toEqual(['item-counted-twice'])
})

test('whatever a name holds, every id is of one thing', () => {
  const names = ['n1', '*1', '甲#乙', '甲@max', 'total:总分', '甲/乙', 'fact:甲项', '~1', '甲:乙'].map((name) => `「${name}」`)
  const { policy: made } = compile(
    policy(`${names.map((name) => `指标 ${name} ${ten}`).join(' ')} 事实 「n10」: 是否 指标 末 { 当 「n10」 得1分 } 总分 = ${names.join(' + ')} + 末`),
  )
  const rows = made!.items.flatMap((item) => (item.kind === 'indicator' ? item.rows.map(({ id }) => id) : []))
  const ids = [...made!.items, ...made!.totals]
    .map(({ id }) => id)
    .concat(
      rows,
      made!.facts.map(({ name }) => factId(name)),
    )
  expect(new Set(ids).size).toBe(ids.length)
  expect(made!.items.map(({ id }) => nameOfId(id))).toEqual(made!.items.map(({ name }) => name))
})

test('more notices than are shown leave a policy sound', () => {
  const rows = '    当 甲项   得0.01分。\n'.repeat(300)
  const { policy: made, diagnostics } = compile(policy(`指标 甲 累加 {\n${rows}} 总分 = 甲`))
  expect(diagnostics.at(-1)?.code).toBe('more-notices')
  const scored = score(runOf(made!, { 审核日: '2025-01-01' }), { 甲项: '是' })
  expect(scored.ok && scored.outcome.totals[0]?.figure.proven).toEqual({ numerator: 3n, denominator: 1n })
  const wrong = compile(policy(`指标 甲 累加 {\n${rows}当 不知道 得1分 } 总分 = 甲`)).diagnostics
  expect(wrong.map(({ code }) => code)).toContain('unknown-name')
})
