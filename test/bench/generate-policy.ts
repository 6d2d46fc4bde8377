// A long policy in the style of the shipped one: groups of indicators, each with facts of its own, as many lines as asked for.

/** A policy of at least `lines` lines that compiles. */
export function generatePolicy(lines: number): string {
  const facts: string[] = []
  const groups: string[] = []
  let length = 8
  for (let group = 0; length < lines; group += 1) {
    const body: string[] = []
    for (let i = 0; i < kinds.length && length < lines; i += 1) {
      const { declared, indicator } = (kinds[i] ?? levels)(`${letters(group)}${letters(i)}`)
      facts.push(...declared)
      body.push(...indicator)
      length += declared.length + indicator.length
    }
    groups.push(`  指标组 组${letters(group)} 最高100分 依据 "三(${group + 1})" {`, ...body, '  }')
    length += 2
  }
  const names = groups.flatMap((line) => line.match(/^ {2}指标组 (\S+)/)?.[1] ?? [])
  return [
    '政策 长政策 {',
    '  文号 "试〔2025〕1号"',
    '  施行 2023-07-26 至 2028-07-25',
    '  基准日 审核日',
    '',
    ...facts,
    ...groups,
    `  总分 = ${names.join(' + ')} 最低0分   依据 "三(四)"`,
    '}',
    '',
  ].join('\n')
}

/** Han digits, so that every name is one word. */
const letters = (number: number): string => [...String(number)].map((digit) => '甲乙丙丁戊己庚辛壬癸'[Number(digit)]).join('')

interface Part {
  readonly declared: readonly string[]
  readonly indicator: readonly string[]
}

const levels = (name: string): Part => ({
  declared: [`  事实 学历${name}: 等级 [高中及以下、大专、本科及以上]   来源 "省教育厅"`],
  indicator: [
    `    指标 文化程度${name} 最高10分 取最高 依据 "三(二)${name}" {`,
    `      当 学历${name} 是 本科及以上   得10分`,
    `      当 学历${name} 是 大专         得8分`,
    `      当 学历${name} 是 高中及以下   得5分`,
    '    }',
  ],
})

const age = (name: string): Part => ({
  declared: [`  事实 出生日期${name}: 日期   来源 "省公安厅"`, `  定义 年龄${name} = 周岁(出生日期${name}, 审核日)`],
  indicator: [
    `    指标 年龄段${name} 最高20分 取首个 依据 "三(二)${name}" {`,
    `      当 年龄${name} 在 55..60岁   得5分`,
    `      当 年龄${name} < 55岁        得5分 另 每1岁 (55岁 - 年龄${name}) 得1分`,
    '      否则                  得0分   解释 "60周岁以上标准未列，按0分"',
    '    }',
  ],
})

const skill = (name: string): Part => ({
  declared: [
    `  事实 技能等级${name}: 等级 [无、五级、四级、三级、二级、一级]   来源 "省人社厅"`,
    `  事实 职称${name}: 等级 [无、初级、中级、高级]   来源 "省人社厅"`,
    `  事实 专项证书${name}: 是否   来源 "省人社厅"`,
  ],
  indicator: [
    `    指标 职业技能${name} 最高10分 取最高 依据 "三(二)${name}" {`,
    `      当 技能等级${name} >= 二级 或 职称${name} >= 中级     得10分`,
    `      当 技能等级${name} 是 三级 或 职称${name} 是 初级     得8分`,
    `      当 技能等级${name} 是 四级                     得5分`,
    `      当 技能等级${name} 是 五级 或 专项证书${name}         得3分`,
    '    }',
  ],
})

const months = (name: string): Part => ({
  declared: [`  事实 缴纳月数${name}: 整数 个月   范围 0..720   来源 "省人社厅"`],
  indicator: [`    指标 社保缴纳${name} 最高30分 { 每1个月 缴纳月数${name} 得0.5分 }`],
})

const years = (name: string): Part => ({
  declared: [`  事实 居住月数${name}: 整数 个月   范围 0..1200   来源 "省公安厅"`],
  indicator: [`    指标 居住时间${name} 最高30分 { 每满1年 居住月数${name} 得3分 }`],
})

const kinds: readonly ((name: string) => Part)[] = [age, levels, skill, months, years]
