// Values of two choices meet only where their members are the same: each is known by its place.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'

const policy = (rows: string, more = '') => `政策 示例 {
  事实 镇: 选项 [东、西]
  事实 街: 选项 [西、东]
  事实 乡: 选项 [东、西]
  事实 甲级: 等级 [低、中、高]
  事实 乙级: 等级 [低、高]
  事实 户: 文本
  事实 奖: 记录 { 地: 选项 [东、北] }   缺省 []
  指标 甲 累加 {
    ${rows}
  }
  总分 = 甲
  ${more}
}
`
const codes = (text: string) => compile(text).diagnostics.map(({ code }) => code)
const errors = (text: string) => codes(text).filter((code) => !code.startsWith('unused'))

test.each([
  '当 镇 是 街 得1分',
  '当 镇 不是 街 得1分',
  '当 镇 = 街 得1分',
  '当 镇 != 街 得1分',
  '当 镇 在 [东, 街] 得1分',
  '当 镇 不在 [街] 得1分',
  '当 镇 在 街 得1分',
  '当 甲级 >= 乙级 得1分',
  '当 甲级 是 乙级 得1分',
  '当 甲级 在 [乙级] 得1分',
  '对每条 奖 其中 地 是 镇 得1分',
])('%s is refused, and says what differs', (row) => {
  expect(errors(policy(row))).toEqual(['members-differ'])
})

test('cases of a definition, and what is taken of the other member, are refused as well', () => {
  expect(errors(policy('当 某地 是 东 得1分', '定义 某地 {\n 当 户 = "a" 为 镇\n 否则 为 街\n }'))).toEqual(['members-differ'])
  const scenario = (none: string) => `应用 入学 {\n 同户 户 取高\n 名额 1\n 排序 总分 从高到低、另一方(甲级, ${none}) 从高到低\n }`
  expect(errors(policy('当 镇 是 东 得1分', scenario('乙级')))).toEqual(['members-differ'])
  expect(errors(policy('当 镇 是 东 得1分', scenario('低')))).toEqual(['equals-missing'])
})

test.each(['当 镇 是 乡 得1分', '当 镇 在 [东, 乡] 得1分', '当 镇 不在 [乡] 得1分', '当 甲级 >= 中 得1分'])('%s is a comparison of the same members', (row) => {
  expect(errors(policy(row))).toEqual([])
})
