// Random policies whose facts are as wide as they may be, under names of every class, with the constructions that small domains
// leave out, and people at the edges.

import fc from 'fast-check'
import type { WrittenFacts } from '../../runtime/facts.ts'
import { groupModeWords } from './random-policy.ts'

const members = Array.from({ length: 33 }, (_, i) => `「项 ${i}」`)

/** Names by class: with a blank, of a prototype, beyond 16 bits, with quotes, a word of the language, with signs. */
const declarations = `
  参数 单价 = 2.5分
  参数 「倍 数」 { 自 1900-01-01 为 1   自 2000-02-29 为 2   自 2100-03-01 为 3 }
  事实 「金 额」: 小数8位 元 范围 -9000000..9000000
  事实 constructor: 整数 次 范围 0..9007199254740991
  事实 「往-来」: 整数 次 范围 -4294967296..4294967296 缺省 0
  事实 𠮷: 日期
  事实 「a'b;c」: 日期 缺省 1900-01-01
  事实 文: 文本
  事实 「当」: 多选 [${members.join('、')}]
  事实 级: 等级 [「低"」、「中\\」、「高'」]
  事实 否决过: 是否 缺省 否
  事实 「列--表」: 记录 { 日: 日期；量: 整数 次 范围 -2147483648..2147483648；「类 型」: 文本；重: 是否 缺省 否 } 范围 ..100
  事实 活动: 记录 { 申请: 日期 范围 2000-01-01..2100-12-31；分值: 整数 分 范围 0..100 } 缺省 []
  事实 用分: 记录 { 日: 日期；分值: 整数 分 范围 0..20 } 缺省 []
  定义 「天 数」 = 天数(𠮷, 「a'b;c」)
  定义 「月 数」 = 满月数(𠮷, 「a'b;c」)
  定义 份 = (「金 额」 ÷ 3 保留2位 进一)
`

const texts = ["a'b", 'a\\b', '高', 'Ａ', 'constructor', '𠮷']
const points = fc.constantFrom('0分', '1分', '2.5分', '0.00000001分', '1000000分', '单价')
const edge = fc.constantFrom('-9000000元', '-0.00000001元', '0元', '0.5元', '9000000元')
const whole = fc.constantFrom('0次', '1次', '2147483647次', '2147483648次', '4294967296次')
const dayText = fc.constantFrom('1900-01-01', '1900-02-28', '2000-02-29', '2024-02-29', '2100-03-01', '2199-12-31', '审核日', "「a'b;c」")
const signs = fc.constantFrom('<', '<=', '=', '!=', '>=', '>')

const condition = fc.oneof(
  fc.tuple(signs, edge).map(([sign, value]) => `「金 额」 ${sign} ${value}`),
  fc.tuple(signs, whole).map(([sign, value]) => `constructor ${sign} ${value}`),
  fc.tuple(signs, whole).map(([sign, value]) => `「往-来」 ${sign} ${value}`),
  fc.tuple(signs, dayText).map(([sign, day]) => `𠮷 ${sign} ${day}`),
  fc.tuple(fc.constantFrom('1个月', '1年', '13个月', '30天', '1年 + 1个月 + 1天'), signs, dayText).map(([by, sign, day]) => `𠮷 + ${by} ${sign} ${day}`),
  fc.tuple(fc.constantFrom('1个月', '1年', '29天'), signs, dayText).map(([by, sign, day]) => `𠮷 - ${by} ${sign} ${day}`),
  fc.tuple(fc.constantFrom('年初', '年末'), signs, dayText).map(([end, sign, day]) => `${end}(𠮷) ${sign} ${day}`),
  fc.tuple(fc.constantFrom('=', '!='), fc.constantFrom(...texts)).map(([sign, text]) => `文 ${sign} "${text}"`),
  fc.tuple(fc.constantFrom('含', '不含'), fc.constantFrom(members[0], members[30], members[31], members[32])).map(([has, one]) => `「当」 ${has} ${one}`),
  fc.constantFrom(
    '级 是 「低"」',
    '级 >= 「中\\」',
    "级 不在 [「高'」]",
    '级 < 「中\\」',
    '否决过',
    '否决过 = 是',
    '否决过 != 否',
    '非 否决过',
    '次数(「当」) >= 32',
  ),
  fc.constantFrom(
    '「倍 数」(𠮷) > 1',
    '「月 数」 >= 12个月',
    '「月 数」 < -1个月',
    '「天 数」 >= 400天',
    '「天 数」 = 0天',
    '周岁(𠮷, 审核日) >= 18岁',
    '份 <= -1元',
    '日期(年份(𠮷), 2, 28) = 𠮷',
  ),
  fc.constantFrom(
    '最大(「列--表」, 量, 0次) > 1次',
    '最小(「列--表」, 量, 5次) < 0次',
    '最晚(「列--表」, 日, 1900-01-01) >= 𠮷',
    '最早(「列--表」, 日, 审核日) < 𠮷',
  ),
  fc.constantFrom(
    '有(「列--表」 其中 「类 型」 = "高")',
    '合计(「列--表」, 量) < 0次',
    '合计(「列--表」 其中 重, 量) > 0次',
    '次数(「列--表」 近100年(审核日)) >= 2次',
  ),
)
const any = fc.oneof(
  { weight: 3, arbitrary: condition },
  fc.tuple(condition, fc.constantFrom('且', '或', '且 非'), condition).map(([a, word, b]) => `(${a} ${word} ${b})`),
)

const row = fc.oneof(
  fc.tuple(any, points).map(([when, amount]) => `当 ${when} 得 ${amount}`),
  fc.tuple(any, points).map(([when, amount]) => `当 ${when} 扣 ${amount}`),
  fc.constantFrom(
    '得 份 ÷ 1元 × 1分',
    '得 (「金 额」 ÷ 7 保留0位 四舍五入) ÷ 1元 × 1分',
    '得 (「金 额」 ÷ 9 保留8位 舍去) ÷ 1元 × 0.1分',
    '每满2147483648次 constructor 得1分',
    '每3次 (较小(constructor, 1000次)) 不足按一计 得0.1分',
    '每满1次 「往-来」 按档 { 在 1..4次 得4分 在 5次.. 得6分 }',
    '每1次 较小(「往-来」, 30次) 分段 { 在 0..不满10次 得1分 在 10..不满20次 扣0.5分 在 20次.. 得 单价 }',
    '每满1次 「往-来」 分段 { 在 1..2次 得1分 在 3次.. 得0.25分 }',
    '每1个月 「月 数」 得0.01分',
    '每满7天 「天 数」 得0.01分',
    '对每条 「列--表」 其中 量 > 0次 得1分',
    '对每条 「列--表」 同一 「类 型」 只计最高一条 当 重 得2分',
    '对每条 「列--表」 同一 年份(日) 最高2分 得1.5分',
    '取最高一条 「列--表」 当 量 > 0次 每满1000000次 量 得1分',
    '对每条 活动 得 分值',
  ),
)

const life = '期限 自 年初(申请) 至 年末(申请 + 1年) 于 审核日 兑换 用分 扣 分值'
const state = fc.oneof(
  fc.constant(''),
  fc.tuple(fc.constantFrom('对象', '否决', '清零', '失效', '禁止申请'), any).map(([kind, when]) => `${kind} 当 ${when}`),
  fc.constant('禁止申请 对每条 「列--表」 其中 重 自 日 起3年'),
)

/** The text of a policy. */
export const anyWideScheme = fc
  .record({
    rows: fc.array(row, { minLength: 1, maxLength: 3 }),
    mode: fc.constantFrom(...groupModeWords),
    first: fc.array(fc.tuple(any, points), { minLength: 1, maxLength: 2 }),
    offences: fc.array(fc.tuple(any, points), { minLength: 1, maxLength: 2 }),
    bound: fc.constantFrom('', '最高100分', '最低-5分', '最高 单价', '最低0分 最高9000000分'),
    live: fc.integer({ min: 0, max: 5 }),
    inForce: fc.constantFrom('', '', '施行 2024-01-01', '施行 2026-01-01 至 2027-01-01'),
    states: fc.array(state, { maxLength: 3 }),
  })
  .map(({ rows, mode, first, offences, bound, live, inForce, states }) => ({
    text: `政策 试 {
  基准日 审核日
${declarations}
  指标 常 累加 { ${['「金 额」 > 0元', 'constructor > 1次', '𠮷 < 审核日', '文 = ""', '「当」 含 「项 0」', '级 是 「低"」', '有(「列--表」)', '有(活动)', '有(用分)'].map((text) => `当 ${text} 得0分`).join('   ')} }
  指标组 「甲.乙」 {
    指标 constructor2 ${mode} ${bound} ${inForce} {
${rows.map((text) => `      ${text}\n`).join('')}    }
    指标 「首 个」 取首个 {
${first.map(([when, amount]) => `      当 ${when} 得 ${amount}\n`).join('')}      否则 得0分
    }
  }
  ${live === 0 ? `指标 服务 ${life} { 对每条 活动 得 分值 }` : '指标 服务 { 对每条 活动 得 分值 }'}
  扣分组 失信 取最高 最高30分 {
${offences.map(([when, amount]) => `    当 ${when} 扣 ${amount}\n`).join('')}  }
  总分 毛 = 「甲.乙」 + 服务
  总分 = 毛 - 失信 + 常
${states.map((text) => `  ${text}\n`).join('')}}
`,
  }))

const days = [
  '1900-01-01',
  '1900-02-28',
  '1900-03-01',
  '1999-12-31',
  '2000-02-29',
  '2024-01-31',
  '2024-02-29',
  '2025-02-28',
  '2025-03-01',
  '2099-12-31',
  '2100-02-28',
  '2199-12-31',
]
const anyDay = fc.constantFrom(...days)
const unknownOr = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant('') }, { weight: 6, arbitrary: value.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))) })
const held = fc.oneof(
  fc.constant('[]'),
  fc.constant(members.join('、').replaceAll(/[「」]/g, '')),
  fc.subarray(members, { minLength: 1, maxLength: 4 }).map((some) => some.join('、').replaceAll(/[「」]/g, '')),
)
const amounts = ['-2147483648', '-1', '0', '1', '2147483647', '2147483648']

export const anyWidePeople = (count: number): fc.Arbitrary<readonly WrittenFacts[]> =>
  fc.array(
    fc
      .record({
        '「金 额」': unknownOr(fc.constantFrom('-9000000', '-8999999.99999999', '-1.5', '-0.00000001', '0', '0.00000001', '0.5', '3', '9000000')),
        constructor: unknownOr(fc.constantFrom('0', '1', '2147483647', '2147483648', '4294967296', '9007199254740991')),
        '「往-来」': unknownOr(fc.constantFrom('-4294967296', '-1', '0', '1', '99', '100', '499', '500', '2147483648', '4294967296')),
        𠮷: unknownOr(anyDay),
        "「a'b;c」": unknownOr(anyDay),
        文: unknownOr(fc.constantFrom(...texts)),
        '「当」': unknownOr(held),
        级: unknownOr(fc.constantFrom('低"', '中\\', "高'")),
        否决过: unknownOr(fc.constantFrom('是', '否')),
        '「列--表」': unknownOr(
          fc.oneof(
            fc.array(fc.record({ 日: anyDay, 量: fc.constantFrom(...amounts), '类 型': fc.constantFrom(...texts), 重: fc.constantFrom('是', '否') }), {
              maxLength: 4,
            }),
            fc
              .constantFrom(0, 1, 2)
              .map((n) => Array.from({ length: n * 50 }, (_, i) => ({ 日: days[i % days.length], 量: amounts[(i + n) % 6], '类 型': texts[i % 6] }))),
          ),
        ),
        活动: unknownOr(
          fc.array(fc.record({ 申请: fc.constantFrom('2023-12-31', '2024-01-01', '2024-02-29', '2025-03-01'), 分值: fc.constantFrom('0', '1', '99', '100') }), {
            maxLength: 4,
          }),
        ),
        用分: unknownOr(
          fc.array(fc.record({ 日: fc.constantFrom('2024-01-01', '2024-12-31', '2025-03-01'), 分值: fc.constantFrom('0', '1', '20') }), { maxLength: 2 }),
        ),
      })
      .map((person) => Object.fromEntries(Object.entries(person).map(([name, value]) => [name.replaceAll(/[「」]/g, ''), value]))),
    { minLength: count, maxLength: count },
  )
