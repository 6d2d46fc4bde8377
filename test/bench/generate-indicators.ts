// Policies of very many indicators in few letters, each with a fact of its own, in the shapes in which they stand.

/** *groups*: fifty to a group; *group*: all in one; *total*: all in one total; *definitions*: in one group, each over a definition. */
export const shapes = ['groups', 'group', 'total', 'definitions'] as const
export type Shape = (typeof shapes)[number]

/** Han digits, so that every name is one word. */
const letters = (number: number): string => [...String(number)].map((digit) => '甲乙丙丁戊己庚辛壬癸'[Number(digit)]).join('')

export function generateIndicators(count: number, shape: Shape): string {
  const all = Array.from({ length: count }, (_, i) => i)
  const size = shape === 'groups' ? 50 : count
  const groups = all.filter((i) => i % size === 0)
  const inside = (first: number) => all.slice(first, first + size).map((i) => indicator(i, shape))
  return [
    '政策 长政策 {',
    '  施行 2023-07-26 至 2028-07-25',
    '  基准日 审核日',
    ...all.map((i) => `  事实 月数${letters(i)}: 整数 个月   范围 0..720`),
    ...(shape === 'definitions' ? all.map((i) => `  定义 两倍${letters(i)} = 月数${letters(i)} × 2`) : []),
    ...(shape === 'total' ? inside(0) : groups.flatMap((i) => [`  指标组 组${letters(i)} 最高100分 {`, ...inside(i), '  }'])),
    `  总分 = ${(shape === 'total' ? all.map((i) => `项${letters(i)}`) : groups.map((i) => `组${letters(i)}`)).join(' + ')}`,
    '}',
    '',
  ].join('\n')
}

function indicator(i: number, shape: Shape): string {
  const name = letters(i)
  if (shape === 'definitions') return `    指标 项${name} { 当 两倍${name} >= 24个月   得2分 }`
  return `    指标 项${name} 最高30分 { 每满12个月 月数${name} 得2分 }`
}
