// Ids stay with what they name, and the hash of a policy is that of its meaning: tried by thousands of seeded edits.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import type { Token } from '../../language/tokens.ts'
import { figuresOf } from '../../runtime/ir/figures.ts'
import { artifactHashOf } from '../../runtime/ir/hash.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import { itemsOf, rowsOf } from '../../runtime/ir/walk.ts'
import { type Draw, drawFor } from '../../runtime/people/draw.ts'
import { seedOr, times } from '../whole.ts'

const count = times(150, 2000)
const first = `edits ${seedOr(0)} `

const shipped = ['zhejiang/common-2023', 'xx-district/points-2021', 'shengsi/permit-2017'].map((name) => ({
  name,
  text: readFileSync(new URL(`../../policies/${name}.heng`, import.meta.url), 'utf8'),
}))

interface Edited {
  readonly what: string
  readonly text: string
}
type Edit = (text: string, draw: Draw) => Edited | undefined

const province = readFileSync(new URL('../../policies/zhejiang/common-2023.heng', import.meta.url), 'utf8')
const compiled = (text: string) => compile(text, 'p.heng', (written) => ({ path: written, text: province }))
const letter = (draw: Draw): string => pick(draw, [...'甲乙丙丁戊己庚辛壬癸']) ?? '子'
const splice = (text: string, start: number, end: number, by: string): string => text.slice(0, start) + by + text.slice(end)
const pick = <T>(draw: Draw, list: readonly T[]): T | undefined => list[draw.whole(0, list.length - 1)]

/** Ids of all but definitions, whose names do not matter. */
function idsOf(policy: Policy): ReadonlySet<string> {
  const items = itemsOf(policy.items)
  const states = [...policy.states, ...policy.scenarios.flatMap((scenario) => [...scenario.states, ...scenario.keys])]
  const named = [...items, ...items.flatMap(rowsOf), ...policy.totals, ...states, ...policy.deadlines].map(({ id }) => id)
  return new Set([...named, ...figuresOf(policy).map(({ id }) => id)].filter((id) => !id.startsWith('definition:')))
}

// ---- edits that mean the same ------------------------------------------------------------------------------------------

const members = (text: string) => compiled(text).parsed.tree.members

const insertBefore =
  (what: string, written: (draw: Draw) => string): Edit =>
  (text, draw) => {
    const at = pick(draw, members(text))?.span.start
    return at === undefined ? undefined : { what, text: splice(text, at, at, written(draw)) }
  }

/** Two that follow one another and of which neither needs the other first. */
const swap: Edit = (text, draw) => {
  const list = members(text)
  const pairs = list.flatMap((one, i) => {
    const next = list[i + 1]
    return next && one.kind === next.kind && ['fact', 'definition', 'parameter', 'deadline', 'state', 'reading'].includes(one.kind)
      ? [[one.span, next.span] as const]
      : []
  })
  const [a, b] = pick(draw, pairs) ?? []
  if (!a || !b) return undefined
  const swapped = text.slice(b.start, b.end) + text.slice(a.end, b.start) + text.slice(a.start, a.end)
  return { what: 'two declarations change places', text: splice(text, a.start, b.end, swapped) }
}

const reworded: Edit = (text, draw) => {
  const { tokens } = compiled(text).parsed
  const said = tokens.filter(
    (token, i) => token.tokenType.name === 'string' && ['reading', 'cites', 'unsourced', 'audited-by'].includes(tokens[i - 1]?.tokenType.name ?? ''),
  )
  const token = pick(draw, said)
  return token && { what: 'other words for people', text: splice(text, token.startOffset + 1, token.startOffset + 1, '又') }
}

const renamed: Edit = (text, draw) => {
  const { parsed, typed, declarations } = compiled(text)
  const definition = pick(
    draw,
    typed.definitions.filter(({ source, name }) => source === 0 && !declarations.itemsByName.has(name)),
  )
  if (!definition) return undefined
  const uses = parsed.tokens.filter((token: Token) => token.tokenType.name !== 'string' && token.image === definition.name)
  const text2 = uses.reduceRight((now, token) => splice(now, token.startOffset, token.startOffset + token.image.length, `别${definition.name}`), text)
  return { what: `another name for ${definition.name}`, text: text2 }
}

const same: readonly Edit[] = [
  insertBefore('a comment', (draw) => `# 注 ${draw.whole(1, 99)}\n  `),
  insertBefore('empty lines', () => '\n\n\n  '),
  insertBefore('a definition that nothing uses', (draw) => `定义 闲置${letter(draw)} = ${draw.whole(1, 9)}\n  `),
  swap,
  reworded,
  renamed,
]

// ---- edits that mean something else ------------------------------------------------------------------------------------

/** The numbers that stand after a word. */
const afterWord =
  (what: string, ...words: readonly string[]): Edit =>
  (text, draw) => {
    const { tokens, tree } = compiled(text).parsed
    const inItems = tree.members.filter(({ kind }) => kind === 'group' || kind === 'indicator')
    const numbers = tokens.filter(
      (token, i) =>
        token.tokenType.name === 'number-literal' &&
        words.includes(tokens[i - 1]?.tokenType.name ?? '') &&
        inItems.some(({ span }) => span.start <= token.startOffset && token.startOffset < span.end),
    )
    const token = pick(draw, numbers)
    return (
      token && {
        what: `${what} at ${token.startOffset}`,
        text: splice(text, token.startOffset, token.startOffset + token.image.length, `${Number(token.image) + 1}`),
      }
    )
  }

const figures: readonly Edit[] = [afterWord('other points', 'award', 'deduct'), afterWord('another cap', 'max')]
const thresholds: readonly Edit[] = [afterWord('another threshold', '>=', '<=', '>', '<')]

const added: Edit = (text, draw) => {
  const list = members(text)
  const before = pick(
    draw,
    list.filter(({ kind }) => kind === 'indicator' || kind === 'group'),
  )
  const total = list.findLast((member) => member.kind === 'total')
  if (!before || total?.kind !== 'total' || total.value.span.end < before.span.start) return undefined
  const name = `新项${letter(draw)}`
  const counted = splice(text, total.value.span.end, total.value.span.end, ` + ${name}`)
  return { what: 'another indicator', text: splice(counted, before.span.start, before.span.start, `指标 ${name} { 得1分 }\n  `) }
}

// ---- the promise -------------------------------------------------------------------------------------------------------

const meant = new Map(shipped.map(({ name, text }) => [name, compiled(text).policy]))

const tried = { same: 0, figures: 0, thresholds: 0, added: 0 }

/** What an edit breaks of the promise, in words. */
function broken(seed: string): string | undefined {
  const draw = drawFor(seed)
  const { name, text } = pick(draw, shipped) ?? { name: '', text: '' }
  const kind = pick(draw, ['same', 'same', 'figures', 'thresholds', 'added'] as const) ?? 'same'
  const edited = pick(draw, { same, figures, thresholds, added: [added] }[kind])?.(text, draw)
  const before = meant.get(name)
  const after = edited && compiled(edited.text).policy
  // An edit that leaves no policy proves nothing.
  if (!edited || !before || !after) return undefined
  tried[kind] += 1
  const [old, now] = [idsOf(before), idsOf(after)]
  const lost = [...old].filter((id) => !now.has(id))
  const told = `SEED=${seed} ${name}: ${edited.what}`
  if (artifactHashOf(before) === artifactHashOf(after)) return `${told}: one artifact for two texts`
  if (kind === 'same' && before.policyHash !== after.policyHash) return `${told}: another hash`
  if (kind !== 'same' && before.policyHash === after.policyHash) return `${told}: the same hash`
  // A threshold is what its row asks: that row and its figures alone are others.
  const owners = new Set(lost.map((id) => id.split('@')[0]?.split('#')[0]))
  if (kind === 'thresholds' ? owners.size > 1 : lost.length > 0) return `${told}: lost ${lost.slice(0, 3).join(' ')}`
  return undefined
}

test(`${count} edits keep every other id, and change the hash when they change the meaning`, () => {
  const found = Array.from({ length: count }, (_, i) => broken(`${first}${i}`)).filter((one) => one !== undefined)
  expect(found.slice(0, 5)).toEqual([])
  expect(Object.entries(tried).filter(([, times]) => times < count / 50)).toEqual([])
})

describe('a hash changes with', () => {
  const base = `事实 甲: 整数 次 范围 0..9
    事实 乙: 是否   缺省 否
    定义 多次 = 甲 > 3次
    参数 每次 { 自 2020-01-01 为 2分 }
    指标 子 取首个 最高4分 { 当 多次 得5分   否则 得1分 }
    指标 丑 { 每1次 甲 得 每次(审核日) }
    总分 = 子 + 丑
    否决 当 乙
    应用 入学 { 名额 3   排序 总分 从高到低   并列 同名次   末位同分 不取 }
    时限 受理 自 提交日 不超过5个工作日`
  const hash = (members: string) => {
    const { policy, diagnostics } = compile(`政策 试 {\n  施行 2020-01-01 至 2030-12-31\n  基准日 审核日\n${members}\n}\n`)
    return policy?.policyHash ?? JSON.stringify(diagnostics)
  }
  test.each([
    ['the range of a fact', '范围 0..9', '范围 0..8'],
    ['a default', '缺省 否', '缺省 是'],
    ['a threshold in a definition', '> 3次', '> 4次'],
    ['a figure of a year', '为 2分', '为 3分'],
    ['the day of a figure', '自 2020-01-01 为', '自 2021-01-01 为'],
    ['a mode', '取首个 最高4分 { 当 多次 得5分   否则 得1分 }', '累加 最高4分 { 当 多次 得5分   得1分 }'],
    ['the order of items', '指标 子', '指标 卯 { 得1分 }\n 指标 子'],
    ['a total', '子 + 丑', '子 - 丑'],
    ['a state', '否决 当', '清零 当'],
    ['what a state is called', '否决 当', '否决 "不予受理" 当'],
    ['a quota', '名额 3', '名额 4'],
    ['an order', '从高到低', '从低到高'],
    ['a tie', '末位同分 不取', '末位同分 全取'],
    ['a deadline', '5个工作日', '6个工作日'],
  ])('%s', (_, sound, other) => {
    expect(base).toContain(sound)
    const [before, after] = [hash(base), hash(base.replace(sound, other))]
    expect([before, after].map((one) => /^[0-9a-f]{64}$/.test(one) || one)).toEqual([true, true])
    expect(after).not.toBe(before)
  })

  test.each([
    ['a name of the policy, layout and comments', (members: string) => `# 一行\n\n${members.replaceAll('    ', ' ')}`],
    ['the name of a definition', (members: string) => members.replaceAll('多次', '很多')],
    ['a clause and what is not sourced', (members: string) => members.replace('得5分', '得5分   依据 "三(一)"   待核 "没有公布"')],
    ['a definition that nothing uses', (members: string) => `定义 闲 = 1\n${members}`],
  ])('but not with %s', (_, edit) => {
    expect(hash(edit(base))).toBe(hash(base))
  })
})
