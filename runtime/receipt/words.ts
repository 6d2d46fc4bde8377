// The words of a receipt in both languages, for text and screen alike.

import type { Takes } from '../ir/schema.ts'
import type { RowTrace } from '../outcome.ts'
import type { Language } from '../problems.ts'

export interface Both {
  readonly zh: string
  readonly en: string
}

/** Why a row that holds does not count. */
export const passedOver: Readonly<Record<NonNullable<RowTrace['because']>, Both>> = {
  'a-higher-row': { zh: '未计：已取更高的一行', en: 'not counted: a higher row is taken' },
  'a-lower-row': { zh: '未计：已取更低的一行', en: 'not counted: a lower row is taken' },
  'an-earlier-row': { zh: '未计：前面已有一行成立', en: 'not counted: an earlier row holds' },
}

/** Why a record does not count, by which of the list do; of those with one key the highest does. */
const passedRecords: Readonly<Record<Takes, Both>> = {
  all: { zh: '未计：已取更高的一条', en: 'not counted: another record is higher' },
  highest: { zh: '未计：已取更高的一条', en: 'not counted: another record is higher' },
  lowest: { zh: '未计：已取更低的一条', en: 'not counted: another record is lower' },
}

const zh = {
  key: '编号',
  definitions: '定义',
  unknown: '不详',
  state: '状态',
  total: '总分',
  points: '分',
  max: '最高',
  min: '最低',
  between: (low: string, high: string) => `核实后可能得${low}～${high}分`,
  cites: '依据',
  auditedBy: '责任部门',
  awaiting: '待核实',
  unsourced: '用到的待核内容（公开文件未规定，为试拟）',
  isUnsourced: '分值待核',
  restsOn: '含待核分值',
  readings: '条文理解口径',
  capped: (inside: string, cap: string) => `累计${inside}分，按上限${cap}分计`,
  floored: (inside: string, floor: string) => `扣减后为${inside}分，按${floor}分计`,
  notCountedItem: '未计：已取另一项',
  list: '、',
  unit: (word: string) => word,
  full: (quantity: string, per: string, steps: string) =>
    steps === '0' ? `不满${per}，不得分` : `${quantity}，满${/^1\D/u.test(per) ? `${steps}${per.slice(1)}` : `${steps}个${per}`}，`,
  none: '不得分',
  belowBands: (quantity: string) => `${quantity}，不在各档之内，不得分`,
  started: (quantity: string, per: string, steps: string) => `${quantity}，按${steps}个${per}计，`,
  divided: (quantity: string, per: string, steps: string) => `${quantity} ÷ ${per} = ${steps}，`,
  scenario: '应用',
  notCounting: (state: string, cleared: boolean) => (cleared ? `${state}，计0分` : `${state}，不计`),
  trial: '试算，不作为结果',
  outOfForce: (policy: string, day: string, from: string, to: string | undefined) =>
    `${day}不在“${policy}”的施行期内（${from}起${to === undefined ? '' : `，至${to}`}）；分数只供参考`,
  defaulted: '未填，按缺省计',
  asDefault: (value: string) => (value === '[]' ? '按无计' : `按“${value}”计`),
  asks: (part: string) => `要求“${part}”`,
  holdsNot: (part: string) => `“${part}”不成立`,
  colon: '：',
  comma: '，',
  semicolon: '；',
  aside: (text: string) => `（${text}）`,
  until: (day: string) => `至 ${day}`,
  mayHold: '不能确定',
  absent: '不用于本应用，或当日不施行',
  window: (from: string, to: string) => `${from} 至 ${to}`,
  upTo: (to: string) => `截至 ${to}`,
  live: (on: string) => `${on} 尚在期内`,
  lapsed: '已到期或未到期',
  left: (points: string, left: string) => (points === left ? points : `${points}，余 ${left}`),
  spent: (points: string) => `已兑换 ${points}`,
  notCountedRecord: (takes: Takes) => passedRecords[takes].zh,
  noRecords: '无符合条件的记录',
  version: (rules: string, texts: string) => `版本：规则 ${rules}，文本 ${texts}`,
}

const en: typeof zh = {
  key: 'key',
  definitions: 'definitions',
  unknown: 'not known',
  state: 'state',
  total: 'total',
  points: ' points',
  max: 'max',
  min: 'min',
  between: (low: string, high: string) => `possible ${low} to ${high}`,
  cites: 'cites',
  auditedBy: 'audited by',
  awaiting: 'awaiting proof',
  unsourced: 'values used that no official text gives',
  isUnsourced: 'unsourced',
  restsOn: 'rests on unsourced values',
  readings: 'readings of open texts',
  capped: (inside: string, cap: string) => `${inside} earned, ${cap} at most`,
  floored: (inside: string, floor: string) => `${inside} after deductions, ${floor} at least`,
  notCountedItem: 'not counted: another item is taken',
  list: ', ',
  unit: (word: string) => ` ${word}`,
  full: (quantity: string, per: string, steps: string) => (steps === '0' ? `less than ${per}: none` : `${quantity} has ${steps} full ${per}: `),
  none: 'none',
  belowBands: (quantity: string) => `${quantity} is in no band: none`,
  started: (quantity: string, per: string, steps: string) => `${quantity} counts as ${steps} × ${per}: `,
  divided: (quantity: string, per: string, steps: string) => `${quantity} ÷ ${per} = ${steps}: `,
  scenario: 'scenario',
  notCounting: (state: string, cleared: boolean) => (cleared ? `${state}: counts as 0` : `${state}: does not count`),
  trial: 'trial, not a result',
  outOfForce: (policy: string, day: string, from: string, to: string | undefined) =>
    `on ${day} “${policy}” is not in force (from ${from}${to === undefined ? '' : ` to ${to}`}); points are shown only`,
  defaulted: 'left empty, taken by default',
  asDefault: (value: string) => (value === '[]' ? 'as none' : `as ${value}`),
  asks: (part: string) => `asks for “${part}”`,
  holdsNot: (part: string) => `“${part}” does not hold`,
  colon: ': ',
  comma: ', ',
  semicolon: '; ',
  aside: (text: string) => ` (${text})`,
  until: (day: string) => `until ${day}`,
  mayHold: 'not certain',
  absent: 'no part in this scenario or on this day',
  window: (from: string, to: string) => `${from} to ${to}`,
  upTo: (to: string) => `up to ${to}`,
  live: (on: string) => `alive on ${on}`,
  lapsed: 'not alive',
  left: (points: string, left: string) => (points === left ? points : `${points}, ${left} left`),
  spent: (points: string) => `${points} spent`,
  notCountedRecord: (takes) => passedRecords[takes].en,
  noRecords: 'no such record',
  version: (rules: string, texts: string) => `version: rules ${rules}, texts ${texts}`,
}

export const words: Readonly<Record<Language, typeof zh>> = { zh, en }
