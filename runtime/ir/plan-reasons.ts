// Why generated engines refuse a policy, in words: check says it before a run does.

/** The reason and the remedy. */
export const planReasons = {
  'too-large': {
    zh: ['数值超出 53 位整数', '给事实写上更小的 范围，或减少小数位数'],
    en: ['the numbers exceed whole numbers of 53 bits', 'Give the facts smaller ranges, or fewer decimals.'],
  },
  'order-of-texts': { zh: ['文本之间比大小', '改用 等级 或 选项'], en: ['texts are compared by order', 'Use levels or a choice.'] },
  'choice-of-lists': {
    zh: ['按情形取不同的记录', '写成一份记录加 其中 条件'],
    en: ['one of several lists is chosen by cases', 'Write one list with a where condition.'],
  },
  division: {
    zh: ['除数的正负，或排序项的小数位数，无法确定', '用 保留 N 位 结束除法，给除数写上 范围'],
    en: ['the sign of a divisor or the decimals of a key are not certain', 'Close divisions with round, and give divisors a range.'],
  },
  'second-round': {
    zh: ['次轮 按先后逐个递补，一段 SQL 不能', '用 heng rank'],
    en: ['a second round gives out places one after the other, which one script of SQL cannot', 'Use heng rank.'],
  },
  expiring: {
    zh: ['期限 和 兑换 要逐笔计算，数据库不能', '用 --target js'],
    en: ['points that expire and are spent are worked out one by one, which a database cannot', 'Use --target js.'],
  },
} as const
export type PlanReason = keyof typeof planReasons
