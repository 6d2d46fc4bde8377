// One line of meaning for keywords, shown on hover and beside completions.

import type { KeywordId } from '../words.ts'

interface Doc {
  readonly zh: string
  readonly en: string
}

export const keywordDocs: Partial<Readonly<Record<KeywordId, Doc>>> = {
  policy: { zh: '一份政策，一个县一套办法', en: 'one scheme of one county' },
  number: { zh: '文号', en: 'number of the official paper' },
  text: { zh: '原文所在的文件', en: 'file with the official text' },
  'in-force': { zh: '施行起止日期', en: 'days in force' },
  'as-of': { zh: '每次计分都要给出的日期，第一个是主要日期', en: 'dates that every run names; the first is the main one' },
  fact: { zh: '关于申请人的一项数据', en: 'one input about an applicant' },
  source: { zh: '数据来自哪个部门', en: 'the department that provides it' },
  range: { zh: '允许的最小与最大值', en: 'least and greatest value allowed' },
  default: { zh: '没有填时按这个值算', en: 'the value when nothing is given' },
  required: { zh: '没有填就退回这一行', en: 'a row without it is rejected' },
  define: { zh: '给一个值或条件起名', en: 'names a value or a condition' },
  gives: { zh: '定义的这一分支的值', en: 'the value of this case' },
  when: { zh: '条件成立时计这一行', en: 'the row counts when the condition holds' },
  otherwise: { zh: '前面都不成立时（只用于 取首个）', en: 'when nothing before holds (under first)' },
  base: { zh: '无条件的一行', en: 'a row without condition' },
  award: { zh: '得分', en: 'points earned' },
  deduct: { zh: '扣分', en: 'points taken' },
  per: { zh: '按比例：数量 ÷ 步长 × 分值', en: 'proportional: quantity ÷ step × amount' },
  'per-full': { zh: '按整步：不满一步不计', en: 'whole steps only' },
  'rounded-up': { zh: '不足一步按一步计', en: 'a started step counts as one' },
  plus: { zh: '同一行再加一笔', en: 'a second amount on the same row' },
  table: { zh: '按表取分', en: 'points by a table' },
  group: { zh: '指标组，有自己的上限', en: 'a group of indicators with a cap of its own' },
  indicator: { zh: '指标，由计分行组成', en: 'an indicator made of rows' },
  max: { zh: '上限：先 最低 后 最高', en: 'upper bound; min applies before max' },
  min: { zh: '下限', en: 'lower bound' },
  sum: { zh: '各行（各项）相加', en: 'rows or children add up' },
  highest: { zh: '只取最高的一行（一项），即“不累加”', en: 'only the highest row or child counts' },
  first: { zh: '按先后取第一个成立的行', en: 'the first row that holds' },
  cites: { zh: '依据原文的哪一条', en: 'the clause of the official text' },
  unsourced: { zh: '没有官方文本给出这个值，说明理由', en: 'no official text gives this value; the reason' },
  reading: { zh: '原文两可之处按什么理解', en: 'how an open text is read' },
  clause: { zh: '说明一条原文为什么没有对应的规则', en: 'accounts for a clause without a rule' },
  total: { zh: '总分', en: 'the total' },
  case: { zh: '样例：一个人和应得的结果', en: 'a person with the expected outcome' },
  expect: { zh: '样例应得的结果', en: 'what the case expects' },
  on: { zh: '样例的基准日', en: 'reference dates of the case' },
  in: { zh: '在范围或列表之中', en: 'within a range or a list' },
  is: { zh: '等于；等于某个成员', en: 'equals; is the member' },
  has: { zh: '多选中有这一项', en: 'the choices include it' },
  round: { zh: '保留几位小数，写明怎样取舍', en: 'how many decimals, and how to round' },
  and: { zh: '两边都成立', en: 'both hold' },
  or: { zh: '有一边成立', en: 'one of them holds' },
  not: { zh: '不成立', en: 'does not hold' },
  unknown: { zh: '样例中表示不详', en: 'not known, in a case' },
}
