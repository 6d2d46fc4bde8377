// Words for the things that diagnostics name: kinds of values, parts of the grammar. Codes in, prose out.

import { modes } from '../../runtime/ir/operations.ts'
import { byForm, either, recordKeywords, type Surface, wordsOf } from '../words.ts'

type Both = readonly [zh: string, en: string]

const terms: Readonly<Record<string, Both>> = {
  // kinds of values
  number: ['数', 'a number'],
  date: ['日期', 'a date'],
  'award-of-row': ['得几分', 'what it awards'],
  points: ['分值', 'an amount of points'],
  type: ['类型', 'a type'],
  yesno: ['是否', 'yes or no'],
  text: ['文本', 'a text'],
  choice: ['选项', 'a choice'],
  levels: ['等级', 'a level'],
  choices: ['多选', 'choices'],
  condition: ['条件', 'a condition'],
  value: ['值', 'a value'],
  range: ['范围', 'a range'],
  list: ['列表', 'a list'],
  name: ['名称', 'a name'],
  negative: ['负数', 'a negative number'],
  record: ['一条记录', 'a record'],
  records: ['记录或时段', 'records or periods'],
  mode: [`合计方式（${wordsOf(modes.words, 'zh').join('、')}）`, `the mode (${wordsOf(modes.words, 'en').join(', ')})`],
  // tokens
  word: ['名称', 'a name'],
  string: ['引号中的文字', 'a quoted text'],
  'number-literal': ['数字', 'a number'],
  'date-literal': ['日期', 'a date'],
  // parts of a type
  unit: ['单位', 'a unit'],
  members: ['成员列表', 'a list of members'],
}

const places: Readonly<Record<string, Both>> = {
  policy: ['政策里', 'in a policy'],
  member: ['政策里', 'in a policy'],
  header: ['政策抬头里', 'in the header'],
  inForce: ['施行日期里', 'in the dates in force'],
  asOf: ['基准日里', 'among the reference dates'],
  fact: ['事实里', 'in a fact'],
  factClause: ['事实里', 'in a fact'],
  type: ['类型里', 'in a type'],
  members: ['成员列表里', 'in a list of members'],
  definition: ['定义里', 'in a definition'],
  definitionBody: ['定义里', 'in a definition'],
  definitionCase: ['定义的分支里', 'in a case of a definition'],
  group: ['指标组里', 'in a group'],
  indicator: ['指标里', 'in an indicator'],
  row: ['计分行里', 'in a row'],
  award: ['计分行里', 'in a row'],
  flat: ['分值里', 'in an amount'],
  rate: ['“每”行里', 'in a rate'],
  table: ['查表里', 'in a table'],
  clause: ['条款里', 'in a clause'],
  total: ['总分里', 'in a total'],
  case: ['样例里', 'in a case'],
  fields: ['样例里', 'in a case'],
  field: ['样例里', 'in a case'],
  range: ['范围里', 'in a range'],
  rangeEnd: ['范围里', 'in a range'],
  list: ['列表里', 'in a list'],
  record: ['记录里', 'in a record'],
  fieldList: ['记录的字段里', 'among the fields of records'],
  fieldDeclaration: ['记录的字段里', 'among the fields of records'],
  filter: ['记录的筛选里', 'in a filter of records'],
  each: ['“对每条”里', 'in each'],
  same: ['“同一”里', 'in same'],
  block: ['计分块里', 'in a block'],
  braces: ['计分块里', 'in a block'],
  bands: ['分档里', 'among bands'],
  band: ['分档里', 'among bands'],
  tableRow: ['查表里', 'in a table'],
  rowClause: ['条款里', 'in a clause'],
  sourceClause: ['条款里', 'in a clause'],
  parameter: ['参数里', 'in a parameter'],
  datedValue: ['参数里', 'in a parameter'],
  state: ['状态里', 'in a state'],
  scenario: ['应用里', 'in a scenario'],
  scenarioMember: ['应用里', 'in a scenario'],
  quota: ['名额里', 'in a quota'],
  quotaTable: ['名额里', 'in a quota'],
  secondRound: ['次轮里', 'in a second round'],
  household: ['同户里', 'in a household'],
  ranking: ['排序里', 'in a ranking'],
  rankKey: ['排序里', 'in a ranking'],
  direction: ['排序里', 'in a ranking'],
  ties: ['并列与末位同分里', 'in what happens to equals'],
  price: ['兑换里', 'in what a use costs'],
  deadline: ['时限里', 'in a deadline'],
  use: ['引用里', 'in use'],
  extend: ['扩展里', 'in an extension'],
  unit: ['单位里', 'in a unit'],
}

const expressionKinds = new Set(['parentheses', 'sum', 'product', 'round', 'compare', 'is', 'in', 'has', 'and', 'or', 'not', 'call', 'reference', 'unknown'])

const side = (surface: Surface) => (surface === 'zh' ? 0 : 1)

/** A kind of value, a token, or a keyword in the words of the surface. */
export function term(name: string, surface: Surface): string {
  const known = terms[name]?.[side(surface)]
  if (known !== undefined) return known
  const keyword = byForm.keyword.id.get(name) ?? byForm.type.id.get(name) ?? byForm.function.id.get(name)
  if (keyword) return `“${keyword[surface]}”`
  return expressionKinds.has(name) ? (surface === 'zh' ? '算式' : 'an expression') : `“${name}”`
}

/** Whether a rule of the grammar has a place of its own in messages. */
export const isPlace = (rule: string): boolean => rule in places

/** Where in the grammar something stands. */
export const place = (rule: string, surface: Surface): string => places[rule]?.[side(surface)] ?? (surface === 'zh' ? '表达式里' : 'in an expression')

/** What was probably meant by something that does not belong where it stands. */
const strays: readonly (readonly [RegExp, readonly [zh: string, en: string]])[] = [
  [/^[,，;；]$/u, ['行与行、从句与从句之间不用标点，删去即可', 'Rows and clauses need no mark between them: remove it.']],
  [/^(至|to)$/u, ['数的范围写作 18..45，不含45写作 18..不满45', 'A range of numbers reads 18..45, or 18..under 45 without its end.']],
  [
    /^[<>≤≥＜＞《》]$|^[<>]=$/u,
    ['夹在两数之间写作 在 18..不满60，或用 且 连接两个比较', 'Between two numbers reads in 18..under 60; or join two comparisons by and.'],
  ],
  [
    /^(超过|不满|above|under)$/u,
    [
      '超过、不满 写在范围里：在 超过60岁..、在 ..不满18岁；与一个数比也可以写 > 60岁、< 18岁',
      'above and under stand in a range: in above 60.., in ..under 18; or compare with one number: > 60, < 18.',
    ],
  ],
  [/^\d/u, ['数字不能接在汉字名称后面：名称里有数字就用「」括起来', 'A digit cannot follow a Chinese name: quote a name that holds digits.']],
  [
    /^(查表|table)$/u,
    [
      '查表 是一行的分值；别处按情形取值用 定义 … { 当 … 为 … 否则 为 … }',
      'A table is the award of a row; elsewhere take values by cases: define … { when … gives … otherwise gives … }.',
    ],
  ],
]

/** What may stand at a place, or what was meant by what stands there, for hints. */
export function remedyFor(rule: string, written: string, surface: Surface): string {
  const meant = strays.find(([form]) => form.test(written))?.[1]
  return meant ? meant[side(surface)] : mayStand(rule, surface)
}

/** What may stand at a place, for hints. */
export function mayStand(rule: string, surface: Surface): string {
  const zh = surface === 'zh'
  switch (rule) {
    case 'member':
    case 'policy':
    case 'file':
      return zh ? '这里可以写 事实、定义、指标组、指标、总分、样例 等' : 'Here may stand fact, define, group, indicator, total, case and the like.'
    case 'row':
    case 'award':
    case 'indicator':
      return zh
        ? `指标里的每一行以 当、否则、基础、得、扣、每、每满、查表、${wordsOf(Object.values(recordKeywords), 'zh').join('、')} 之一起头`
        : `A row begins with when, otherwise, base, award, deduct, per, per full, table, ${either(Object.values(recordKeywords), 'en')}.`
    case 'group':
      return zh ? '指标组里写 指标 或 指标组' : 'A group holds indicators and groups.'
    case 'factClause':
    case 'fact':
      return zh ? '事实写作：事实 名称: 类型，可再加 范围、缺省 或 必填、来源' : 'A fact reads: fact name: type, then range, default or required, source.'
    case 'type':
      return zh
        ? '类型有 日期、是否、文本、整数、小数N位、选项、等级、多选、记录、时段'
        : 'Types are date, yesno, text, whole, decimal N places, choice, levels, choices, records, periods.'
    case 'bands':
    case 'band':
      return zh ? '每一档写作 在 低..高 得n分' : 'A band reads: in low..high award n points.'
    case 'case':
    case 'fields':
    case 'field':
      return zh
        ? '样例写作：样例 "…" 于 基准日 日期 { 名称: 值 } 应得 { 名称: 值 }'
        : 'A case reads: case "…" on date-name date { name: value } expect { name: value }.'
    default:
      return zh ? '请对照这一处的写法' : 'Compare with how this part is written.'
  }
}
