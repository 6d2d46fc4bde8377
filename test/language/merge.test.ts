// Two who change one policy: what each did is in what comes out, and they are asked only where both did the same.

import { describe, expect, test } from 'vitest'
import { mergeTexts } from '../../language/merge/merge.ts'
import { type Part, partsOf } from '../../language/merge/parts.ts'
import { parse } from '../../language/parse.ts'
import { seedOr, times } from '../whole.ts'
import { below, seeded } from './mutate.ts'
import { validPolicies } from './underline.ts'

const base = `# 甲县的积分
政策 甲县 {
  基准日 审核日
  事实 月数: 整数 个月 范围 0..600   # 社保
  事实 年数: 整数 年 范围 0..60

  指标组 基本 最高50分 {
    # 按月
    指标 社保 最高30分 { 每1个月 月数 得1分 }
    指标 居住 最高20分 { 每1年 年数 得2分 }
  }
  总分 = 基本

  样例 "一" 于 审核日 2025-01-01 { 月数: 1 } 应得 { 总分: 1 }
}
`
const change = (...pairs: readonly (readonly [string, string])[]) => pairs.reduce((text, [from, to]) => text.replace(from, () => to), base)

describe('both are in what comes out', () => {
  test.each([
    ['neighbouring lines', change(['最高30分', '最高35分']), change(['最高20分', '最高25分']), change(['最高30分', '最高35分'], ['最高20分', '最高25分'])],
    [
      'the head of a group and an item in it',
      change(['最高50分', '最高60分']),
      change(['得1分', '得3分']),
      change(['最高50分', '最高60分'], ['得1分', '得3分']),
    ],
    [
      'a comment above an item and the item below',
      change(['# 按月', '# 每个月']),
      change(['得2分', '得4分']),
      change(['# 按月', '# 每个月'], ['得2分', '得4分']),
    ],
    [
      'two facts added at one place',
      change(['  事实 年数', '  事实 甲: 是否\n  事实 年数']),
      change(['  事实 年数', '  事实 乙: 是否\n  事实 年数']),
      change(['  事实 年数', '  事实 甲: 是否\n  事实 乙: 是否\n  事实 年数']),
    ],
    [
      'two cases added at the end',
      change([' 1 }\n}', ' 1 }\n  样例 "二" 于 审核日 2025-01-01 { 月数: 2 } 应得 { 总分: 2 }\n}']),
      change([' 1 }\n}', ' 1 }\n  样例 "三" 于 审核日 2025-01-01 { 月数: 3 } 应得 { 总分: 3 }\n}']),
      change([
        ' 1 }\n}',
        ' 1 }\n  样例 "二" 于 审核日 2025-01-01 { 月数: 2 } 应得 { 总分: 2 }\n  样例 "三" 于 审核日 2025-01-01 { 月数: 3 } 应得 { 总分: 3 }\n}',
      ]),
    ],
    [
      'an item removed beside one that changed',
      change(['    指标 居住 最高20分 { 每1年 年数 得2分 }\n', '']),
      change(['得1分', '得3分']),
      change(['    指标 居住 最高20分 { 每1年 年数 得2分 }\n', ''], ['得1分', '得3分']),
    ],
    [
      'an item moved and changed',
      change(['    指标 居住 最高20分 { 每1年 年数 得2分 }\n', ''], ['    # 按月', '    指标 居住 最高20分 { 每1年 年数 得2分 }\n    # 按月']),
      change(['得2分', '得4分']),
      change(['    指标 居住 最高20分 { 每1年 年数 得2分 }\n', ''], ['    # 按月', '    指标 居住 最高20分 { 每1年 年数 得4分 }\n    # 按月']),
    ],
  ])('%s', (_, mine, theirs, both) => {
    expect(mergeTexts(mine, base, theirs)).toEqual({ text: both, conflicts: 0 })
  })
})

test('of two that have no name one goes and the other changes', () => {
  const [first, second] = ['  否决 当 月数 < 3个月\n', '  否决 当 年数 < 1年\n']
  const both = base.replace('  总分', () => `${first}${second}  总分`)
  const changed = second.replace('1年', '2年')
  expect(
    mergeTexts(
      both.replace(first, ''),
      both,
      both.replace(second, () => changed),
    ),
  ).toEqual({ text: both.replace(first, '').replace(second, () => changed), conflicts: 0 })
})

describe('they are asked', () => {
  test.each([
    ['where both changed one figure', change(['最高30分', '最高35分']), change(['最高30分', '最高40分']), ['最高35分', '最高40分']],
    [
      'where both gave one item another name',
      change(['指标 社保 最高30分', '指标 甲 最高30分']),
      change(['指标 社保 最高30分', '指标 乙 最高30分']),
      ['指标 甲', '指标 乙'],
    ],
    ['where one removed what the other changed', change(['    指标 居住 最高20分 { 每1年 年数 得2分 }\n', '']), change(['得2分', '得4分']), ['得4分']],
    [
      'where both added a fact of one name',
      change(['  事实 年数', '  事实 甲: 是否\n  事实 年数']),
      change(['  事实 年数', '  事实 甲: 日期\n  事实 年数']),
      ['甲: 是否', '甲: 日期'],
    ],
  ])('%s', (_, mine, theirs, held) => {
    const { text, conflicts } = mergeTexts(mine, base, theirs, { mine: '我的', theirs: '对方的' })
    expect(conflicts).toBe(1)
    for (const part of [...held, '<<<<<<< 我的\n', '\n=======\n', '\n>>>>>>> 对方的\n']) expect(text).toContain(part)
    // Nothing else is touched, and with either side chosen the text is whole.
    const chosen = (side: 1 | 2) => text.replace(/<<<<<<< 我的\n([\s\S]*?)=======\n([\s\S]*?)>>>>>>> 对方的\n/, (...found) => String(found[side]))
    expect([chosen(1), chosen(2)]).toEqual([mine, theirs])
  })

  test('and where they did the same they are not', () => {
    const same = change(['最高30分', '最高35分'])
    expect(mergeTexts(same, base, same)).toEqual({ text: same, conflicts: 0 })
  })
})

test('a text that cannot be read is joined by line', () => {
  const broken = change(['得2分', '得'])
  expect(mergeTexts(broken, base, change(['# 甲县的积分', '# 甲县']))).toEqual({ text: change(['得2分', '得'], ['# 甲县的积分', '# 甲县']), conflicts: 0 })
  expect(mergeTexts('乱', '码', '七八')).toMatchObject({ conflicts: 1 })
})

/** Parts in which nothing else has a name. */
const leaves = (part: Part): readonly Part[] => (part.inside ? part.inside.parts.flatMap(leaves) : [part])

test('parts put together are the text', () => {
  const whole = ({ text, inside }: Part): string => (inside ? inside.head + inside.parts.map(whole).join('') + inside.tail : text)
  for (const { text } of validPolicies())
    expect(
      whole(
        partsOf(
          text,
          parse(text, () => {}),
        ),
      ),
    ).toBe(text)
})

test('whoever changes other parts than the other is not asked, and both changes are there', () => {
  const random = seeded(seedOr(20_261_128))
  const policies = validPolicies()
    .map(({ text }) => ({
      text,
      parts: leaves(
        partsOf(
          text,
          parse(text, () => {}),
        ),
      ),
    }))
    .map(({ text, parts }) => ({ text, parts: parts.filter(({ text: part }) => text.split(part).length === 2) }))
    .filter(({ parts }) => parts.length > 2)
  const edited = (part: string): string => {
    switch (below(random, 3)) {
      case 0:
        return ''
      case 1:
        return part.replace(/\d/, (digit) => String((Number(digit) + 1) % 10))
      default:
        return `${/^[\s\S]*\n$/.test(part) ? '' : ' '}${part.replace(/\n$/, '')} # 改过\n`
    }
  }
  for (let round = 0; round < times(300, 3000); round += 1) {
    const { text, parts } = policies[below(random, policies.length)]!
    const first = below(random, parts.length)
    const second = (first + 1 + below(random, parts.length - 1)) % parts.length
    const [one, other] = [parts[first]!.text, parts[second]!.text]
    const [oneNow, otherNow] = [edited(one), edited(other)]
    const put = (from: string, part: string, now: string) => from.replace(part, () => now)
    const [mine, theirs] = [put(text, one, oneNow), put(text, other, otherNow)]
    const isReadable = [mine, theirs].every((version) => parse(version, () => {}).whole)
    const { text: merged, conflicts } = mergeTexts(mine, text, theirs)
    if (isReadable) {
      expect([round, conflicts]).toEqual([round, 0])
      expect([round, merged]).toEqual([round, put(mine, other, otherNow)])
    }
  }
})
