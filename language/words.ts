// The one table of the language's words. Every keyword, unit, type, function and outcome word has a Chinese and an
// English form; the lexer, the parser, the formatter, highlighting and completion all read it, and nothing else does.

import type { Takes } from '../runtime/ir/schema.ts'
import { stateNames } from '../runtime/ir/states.ts'

/** The two written forms of the language. A file uses one, chosen by its first word (政策 or `policy`). */
export type Surface = 'zh' | 'en'

export interface Word {
  /** Stable name used in code, independent of either surface. */
  readonly id: string
  readonly zh: string
  readonly en: string
  /** How it was written once: read as the word, and printed by the formatter as it is written now. */
  readonly formerly?: Former | undefined
}

type Former = Readonly<Partial<Record<Surface, string>>>

export interface Keyword extends Word {
  /** May not be used as a name without quotes: it starts a row, or may stand where a value stands. */
  readonly reserved: boolean
  /** In Chinese no space stands between it and a number: 最高20分, 每1个月. */
  readonly tight: boolean
}

type Row = readonly [zh: string, en: string, marks?: '' | 'reserved' | 'tight' | 'reserved tight', formerly?: Former]

const keywordRows = [
  ['政策', 'policy'],
  ['文号', 'number'],
  ['原文', 'text'],
  ['施行', 'in force'],
  ['至', 'to'],
  ['替代', 'replaces'],
  ['引用', 'use'],
  ['自', 'from'],
  ['基准日', 'as of'],
  ['单位', 'unit'],
  ['参数', 'parameter'],
  ['事实', 'fact'],
  ['来源', 'source'],
  ['范围', 'range'],
  ['缺省', 'default'],
  ['必填', 'required'],
  ['唯一', 'unique'],
  ['定义', 'define'],
  ['为', 'gives', 'reserved'],
  ['当', 'when', 'reserved'],
  ['否则', 'otherwise', 'reserved'],
  ['基础', 'base', 'reserved'],
  ['得', 'award', 'reserved tight'],
  ['扣', 'deduct', 'reserved tight'],
  ['每', 'per', 'reserved tight'],
  ['每满', 'per full', 'reserved tight'],
  ['不足按一计', 'rounded up'],
  ['另', 'plus', 'reserved'],
  ['按档', 'at reached band'],
  ['分段', 'by slices'],
  ['对每条', 'each', 'reserved'],
  ['取最高一条', 'best of', 'reserved'],
  ['取最低一条', 'lowest of', 'reserved'],
  ['同一', 'same'],
  ['只计最高一条', 'best only'],
  ['近', 'within last', 'tight'],
  ['期间', 'between'],
  ['截至', 'up to'],
  ['其中', 'where'],
  ['除去', 'without'],
  ['连续至', 'unbroken to'],
  ['允许间断', 'gap up to', 'tight', { zh: '容断' }],
  ['间断计入', 'gap counted', '', { zh: '计断' }],
  ['间断不计', 'gap not counted', '', { zh: '不计断' }],
  ['查表', 'table', 'reserved'],
  ['列', 'columns'],
  ['行', 'row'],
  ['指标组', 'group'],
  ['指标', 'indicator'],
  ['扣分组', 'deductions'],
  ['最高', 'max', 'tight'],
  ['最低', 'min', 'tight'],
  ['累加', 'sum'],
  ['取最高', 'highest'],
  ['取最低', 'lowest'],
  ['取首个', 'first'],
  ['依据', 'cites'],
  ['责任部门', 'audited by'],
  ['待核', 'unsourced'],
  ['解释', 'reading'],
  ['条款', 'clause'],
  ['程序', 'procedural'],
  ['略', 'omitted'],
  ['仅用于', 'only for'],
  ['可扩展', 'extensible'],
  ['扩展', 'extend'],
  ['期限', 'live'],
  ['于', 'on'],
  ['兑换', 'spend'],
  ['总分', 'total'],
  ['对象', 'applies'],
  ['否决', 'veto'],
  ['清零', 'clear'],
  ['失效', 'lapse'],
  ['禁止申请', 'bar'],
  ['起', 'for', 'tight'],
  ['应用', 'scenario'],
  ['名额', 'quota'],
  ['按', 'by'],
  ['次轮', 'second round'],
  ['剩余名额', 'places left'],
  ['不超过', 'at most', 'tight'],
  ['不少于', 'at least', 'tight'],
  ['提前', 'ahead'],
  ['同户', 'household'],
  ['取高', 'higher'],
  ['累加至', 'added to'],
  ['先合后限', 'merge then cap'],
  ['先限后合', 'cap then merge'],
  ['除', 'except'],
  ['排序', 'rank'],
  ['从高到低', 'high to low'],
  ['从低到高', 'low to high'],
  ['从早到晚', 'early to late'],
  ['从晚到早', 'late to early'],
  ['是在前', 'yes leading'],
  ['否在前', 'no leading'],
  ['并列', 'equals'],
  ['同名次', 'share place'],
  ['抽签', 'lot'],
  ['末位同分', 'at cutoff'],
  ['结果', 'results'],
  ['全取', 'admit all'],
  ['不取', 'admit none'],
  ['时限', 'deadline'],
  ['可延', 'extendable', 'tight'],
  ['样例', 'case'],
  ['应得', 'expect'],
  ['且', 'and', 'reserved'],
  ['或', 'or', 'reserved'],
  ['非', 'not', 'reserved'],
  ['在', 'in', 'reserved'],
  ['不在', 'not in', 'reserved'],
  ['是', 'is', 'reserved'],
  ['不是', 'is not', 'reserved'],
  ['超过', 'above', 'reserved tight'],
  ['不满', 'under', 'reserved tight'],
  ['含', 'has', 'reserved'],
  ['不含', 'has not', 'reserved'],
  ['是', 'yes', 'reserved'],
  ['否', 'no', 'reserved'],
  ['未知', 'unknown', 'reserved'],
  ['保留', 'round', 'tight'],
  ['四舍五入', 'half up'],
  ['舍去', 'down'],
  ['进一', 'up'],
] as const satisfies readonly Row[]

/** A keyword's id is its English form with blanks as hyphens: `per-full`, `in-force`. */
export type KeywordId = Hyphenated<(typeof keywordRows)[number][1]>
type Hyphenated<S extends string> = S extends `${infer A} ${infer B}` ? `${A}-${Hyphenated<B>}` : S

/** 是 has two English forms: the operator `is` comes first and is what the Chinese lexer yields; position tells. */
/** What stands before a list by which of its records count. */
export const recordKeywords: Readonly<Record<Takes, KeywordId>> = { all: 'each', highest: 'best-of', lowest: 'lowest-of' }

export const keywords: readonly (Keyword & { readonly id: KeywordId })[] = (keywordRows as readonly Row[]).map(([zh, en, marks = '', formerly]) => ({
  id: en.replaceAll(' ', '-') as KeywordId,
  zh,
  en,
  reserved: marks.includes('reserved'),
  tight: marks.includes('tight'),
  formerly,
}))

/** What a unit measures. Units of one dimension convert by their factors; 岁 is not 年. */
export interface Unit extends Word {
  readonly dimension: 'points' | 'money' | 'span' | 'days' | 'working days' | 'hours' | 'age' | 'volume' | 'count' | 'places' | 'period'
  /** How many of the dimension's base unit one of this unit is. */
  readonly factor: number
}

const unit = (zh: string, en: string, dimension: Unit['dimension'], factor = 1): Unit => ({ id: en, zh, en, dimension, factor })

export const units: readonly Unit[] = [
  unit('分', 'points', 'points'),
  unit('元', 'yuan', 'money'),
  unit('万元', 'wan_yuan', 'money', 10_000),
  unit('年', 'years', 'span', 12),
  unit('个月', 'months', 'span'),
  unit('个年度', 'calendar_years', 'period'),
  unit('天', 'days', 'days'),
  unit('个工作日', 'working_days', 'working days'),
  unit('小时', 'hours', 'hours'),
  unit('岁', 'years_old', 'age'),
  unit('周岁', 'years_of_age', 'age'),
  unit('次', 'times', 'count'),
  unit('人', 'persons', 'count'),
  unit('个', 'items', 'count'),
  unit('项', 'entries', 'count'),
  unit('毫升', 'ml', 'volume'),
  unit('位', 'places', 'places'),
]

/** 10万 is a factor, 10万元 a unit with it. Only the Chinese surface writes them; English writes the number out. */
export const factors: readonly { readonly zh: string; readonly value: bigint }[] = [
  { zh: '万', value: 10_000n },
  { zh: '亿', value: 100_000_000n },
]

const words = <const T extends readonly (readonly [zh: string, en: string, formerly?: Former])[]>(rows: T) =>
  rows.map(([zh, en, formerly]) => ({ id: en as T[number][1], zh, en, formerly }))

export const types = words([
  ['日期', 'date'],
  ['是否', 'yesno'],
  ['文本', 'text'],
  ['整数', 'whole'],
  ['小数', 'decimal'],
  ['选项', 'choice'],
  ['等级', 'levels'],
  ['多选', 'choices'],
  ['记录', 'records'],
  ['时段', 'periods'],
])
export type TypeId = (typeof types)[number]['id']

export const functions = words([
  ['周岁', 'age_on'],
  ['满月数', 'full_months'],
  ['天数', 'days_between'],
  ['次数', 'count'],
  ['合计', 'total_of'],
  ['最大', 'greatest'],
  ['最小', 'least'],
  ['最早', 'earliest'],
  ['最晚', 'latest'],
  ['有', 'any'],
  ['累计月数', 'months_covered'],
  ['较大', 'larger'],
  ['较小', 'smaller'],
  ['年份', 'year_of'],
  ['年初', 'year_start'],
  ['年末', 'year_end'],
  ['日期', 'date'],
  ['另一方', 'partner'],
  ['得分', 'points_of'],
])
export type FunctionId = (typeof functions)[number]['id']

/** How many arguments each takes; *several* is two or more. */
export const argumentsOf: Readonly<Record<FunctionId, number | 'several'>> = {
  age_on: 2,
  full_months: 2,
  days_between: 2,
  count: 1,
  total_of: 2,
  greatest: 3,
  least: 3,
  earliest: 3,
  latest: 3,
  any: 1,
  months_covered: 1,
  larger: 'several',
  smaller: 'several',
  year_of: 1,
  year_start: 1,
  year_end: 1,
  date: 3,
  partner: 2,
  points_of: 1,
}

/** What a case may expect besides the names of items. */
export const outcomeKeys = words([
  ['状态', 'state'],
  ['最低可能', 'lowest'],
  ['最高可能', 'highest'],
  ['待核实', 'awaiting', { zh: '待证' }],
  ['禁止至', 'until'],
  ['名次', 'places'],
  ['入围', 'admitted', { zh: '录取' }],
])
export type OutcomeKey = (typeof outcomeKeys)[number]['id']

/** The states of an outcome; see `runtime/outcome.ts` for what each one means. */
export const states = words([
  [stateNames.valid.zh, 'valid', { zh: '有效' }],
  [stateNames.undecided.zh, 'undecided'],
  [stateNames.lapsed.zh, 'lapsed'],
  [stateNames.cleared.zh, 'cleared'],
  [stateNames.vetoed.zh, 'vetoed', { zh: '否决' }],
  [stateNames.barred.zh, 'barred'],
  [stateNames.not_applicable.zh, 'not_applicable', { zh: '不适用' }],
  [stateNames.not_in_force.zh, 'not_in_force'],
])

/** Every way to write the word in a surface, the former one first. */
export const formsOf = (word: Word, surface: Surface): readonly string[] => {
  const former = word.formerly?.[surface]
  return former === undefined ? [word[surface]] : [former, word[surface]]
}

const index = <T extends Word>(list: readonly T[]) => ({
  zh: new Map(list.flatMap((word) => formsOf(word, 'zh').map((form) => [form, word]))),
  en: new Map(list.flatMap((word) => formsOf(word, 'en').map((form) => [form, word]))),
  id: new Map(list.map((word) => [word.id, word])),
})

/** Look-up by written form in either surface, present or former, or by id. Where two entries share a form (是) the first one wins. */
export const byForm = {
  keyword: index([...keywords].reverse()),
  unit: index(units),
  type: index(types),
  function: index(functions),
  outcome: index(outcomeKeys),
  state: index(states),
}

/** A keyword as a form of the language writes it. */
export const formOf = (id: KeywordId, surface: Surface): string => byForm.keyword.id.get(id)?.[surface] ?? id

export const wordsOf = (ids: readonly KeywordId[], surface: Surface): readonly string[] => ids.map((id) => formOf(id, surface))

/** One of them, in a sentence. */
export function either(ids: readonly KeywordId[], surface: Surface): string {
  const words = wordsOf(ids, surface)
  return `${words.slice(0, -1).join(surface === 'zh' ? '、' : ', ')} ${surface === 'zh' ? '或' : 'or'} ${words.at(-1)}`
}
