// Compiled policies as they are read: brought up from an earlier form, and refused where something in them cannot be relied on.

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readPolicy as compiledAt } from '../../runtime/cli/files.ts'
import { policyHashOf } from '../../runtime/ir/hash.ts'
import { readPolicy } from '../../runtime/ir/read.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import { formatVersion } from '../../runtime/ir/version.ts'
import { policyOf } from './support.ts'

const earlier = readdirSync(new URL('format-3', import.meta.url))

test.each(earlier)('%s of format 3 becomes what the compiler makes of the text today', async (name) => {
  const data = JSON.parse(readFileSync(new URL(`format-3/${name}`, import.meta.url), 'utf8')) as { sources: readonly { path: string }[] }
  const read = readPolicy(data)
  const { compiled } = await compiledAt(data.sources[0]?.path ?? '', () => '')
  expect(rulesOf(read.ok ? read.policy : {})).toEqual(rulesOf(compiled.policy ?? {}))
})

/** Without what format 3 did not have: words of the parts of rules, which rows leave nobody out, and the hash in which that stands. */
function rulesOf(policy: object): unknown {
  const later = ['label', 'labels', 'complete', 'places', 'policyHash']
  return JSON.parse(JSON.stringify(policy, (key, value: unknown) => (later.includes(key) && typeof value !== 'number' ? undefined : value)))
}

describe('is refused', () => {
  const policy = policyOf(`事实 甲: 整数 次   范围 0..9
    事实 乙: 是否   缺省 否
    定义 多次 = 甲 > 3次
    指标组 组 { 指标 子 取首个 { 当 多次 得5分   否则 得1分 } }
    指标 丑 { 每1次 甲 得1分 }
    总分 = 组 + 丑
    否决 当 乙
    应用 入学 { 名额 3   排序 总分 从高到低   并列 同名次   末位同分 不取 }`)

  /** The same as plain data, after an edit of its text; its hash is that of what it says then unless the edit is of the hash. */
  const edited = (sound: string, other: string, rehash = true): unknown => {
    const text = JSON.stringify(policy)
    expect(text).toContain(sound)
    const data = JSON.parse(text.replace(sound, () => other)) as Policy
    return rehash ? { ...data, policyHash: policyHashOf(data) } : data
  }

  test('nothing that the compiler made', () => {
    expect(readPolicy(JSON.parse(JSON.stringify(policy)))).toEqual({ ok: true, policy })
  })

  test.each([
    ['nothing', undefined, 'not-heng'],
    ['a text', 'heng', 'not-heng'],
    ['another format', { ...policy, format: 'other' }, 'not-heng'],
    ['a version that is no number', { ...policy, version: '4' }, 'not-heng'],
    ['a later version', { ...policy, version: formatVersion + 1 }, 'future'],
    ['an earlier one that nobody reads any more', { ...policy, version: 2 }, 'schema'],
    ['format 3 without what it must hold', { format: 'heng', version: 3 }, 'schema'],
    ['a part too many', { ...policy, more: 1 }, 'schema'],
    ['a part too few', { ...policy, totals: undefined }, 'schema'],
  ])('%s', (_, data, reason) => {
    const read = readPolicy(data)
    expect(read.ok || read.reason).toBe(reason)
  })

  test.each([
    ['a changed figure under the old hash', '"value":"5"', '"value":"50"', 'hash', false],
    ['two items of one id', '"id":"丑"', '"id":"组"', 'repeated-id', true],
    ['an id that is not made of the path', '"id":"丑"', '"id":"寅"', 'wrong-id', true],
    ['a fact that nobody declares', '"op":"fact","fact":"甲"', '"op":"fact","fact":"丙"', 'not-declared', true],
    ['a definition that nobody declares', '"definition":"definition:多次"', '"definition":"definition:少"', 'not-declared', true],
    ['an item that is not there', '"item":"丑"', '"item":"寅"', 'not-declared', true],
    ['a total that is not there', '"total":"total:总分","dates"', '"total":"total:净分","dates"', 'not-declared', true],
    ['bounds that are turned', '"low":"0","high":"9"', '"low":"9","high":"0"', 'bounds', true],
    ['an item made of itself', '{"op":"number","places":0,"low":"5","high":"5","value":"5"}', '{"op":"item","item":"组/子"}', 'circle', true],
    ['a total that is part of an item', '{"op":"number","places":0,"low":"5","high":"5","value":"5"}', '{"op":"total","total":"total:总分"}', 'circle', true],
    ['a part without words', '"label":"state:veto', '"label":"state:other', 'no-label', true],
    ['a place in a text that is not there', '"source":0,', '"source":7,', 'no-source', true],
  ] as const)('%s', (_, sound, other, kind, rehash) => {
    const read = readPolicy(edited(sound, other, rehash))
    expect(read.ok ? [] : read.flaws.map((flaw) => flaw.kind)).toContain(kind)
  })
})
