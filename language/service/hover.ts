// What a hover says: of a name its type and clause, of a keyword its meaning.

import { formatDecimal } from '../../runtime/exact/number.ts'
import type { Compiled } from '../compile.ts'
import { term } from '../diagnostics/terms.ts'
import { spanOf } from '../lex.ts'
import type { Span } from '../span.ts'
import { isKeyword } from '../tokens.ts'
import type { FactSymbol, ItemSymbol, Type } from '../typed.ts'
import { byForm, type FunctionId, type KeywordId, type Surface, type Word } from '../words.ts'
import { type Named, namedBy, tokenAt } from './at.ts'
import { keywordDocs } from './keyword-docs.ts'

export interface Hover {
  readonly span: Span
  /** Lines of plain text; the first is the heading. */
  readonly lines: readonly string[]
}

export function hover(compiled: Compiled, offset: number, language: Surface): Hover | undefined {
  const token = tokenAt(compiled, offset)
  if (!token) return undefined
  const span = spanOf(token)
  const named = namedBy(compiled, token)
  if (named) return { span, lines: describeNamed(named, compiled, language) }
  if (token.role === 'function') {
    const word = byForm.function[compiled.parsed.surface].get(token.value)
    const doc = word && functionDocs[word.id][language]
    return doc ? { span, lines: [token.value, doc] } : undefined
  }
  const { surface } = compiled.parsed
  if (token.role === 'outcome' || token.role === 'state') {
    const now = writtenNow(byForm[token.role][surface].get(token.value), token.value, surface, language)
    return now.length > 0 ? { span, lines: [token.value, ...now] } : undefined
  }
  if (!isKeyword(token)) return undefined
  const id = token.formerly ?? (token.tokenType.name as KeywordId)
  const word = byForm.keyword.id.get(id)
  const now = token.formerly ? writtenOtherwise(word, surface, language) : writtenNow(word, token.value, surface, language)
  return { span, lines: [token.image, keywordDocs[id][language], ...now] }
}

/** What to write instead of a former spelling. */
function writtenNow(word: Word | undefined, written: string, surface: Surface, language: Surface): readonly string[] {
  return word?.formerly?.[surface] === written ? writtenOtherwise(word, surface, language) : []
}

const writtenOtherwise = (word: Word | undefined, surface: Surface, language: Surface): readonly string[] =>
  word ? [language === 'zh' ? `现在写作 ${word[surface]}` : `now written ${word[surface]}`] : []

const functionDocs: Readonly<Record<FunctionId, { readonly zh: string; readonly en: string }>> = {
  age_on: {
    zh: '周岁(出生日期, 那天)：满了几岁；2月29日生的人在2月28日满岁',
    en: 'age_on(birth, day): full years; born on 29 February turns a year older on the 28th',
  },
  full_months: { zh: '满月数(起, 止)：满了几个月', en: 'full_months(from, to): full months' },
  days_between: { zh: '天数(起, 止)：止比起晚几天，同一天是 0', en: 'days_between(from, to): how many days the second lies after the first, 0 on one day' },
  year_of: { zh: '年份(日期)：那一年的数', en: 'year_of(date): the number of the year' },
  year_start: { zh: '年初(日期)：那年1月1日', en: 'year_start(date): 1 January of that year' },
  year_end: { zh: '年末(日期)：那年12月31日', en: 'year_end(date): 31 December of that year' },
  larger: { zh: '较大(甲, 乙)', en: 'larger(a, b)' },
  smaller: { zh: '较小(甲, 乙)', en: 'smaller(a, b)' },
  count: { zh: '次数(列表或多选)：有几条', en: 'count(list or choices): how many there are' },
  any: { zh: '有 列表或多选，有(列表或多选)：有没有', en: 'any list or choices, any(list or choices): whether there is any' },
  total_of: { zh: '合计(列表, 式)：各条之和，没有就是 0', en: 'total_of(list, value): the sum over the records, 0 when there are none' },
  greatest: { zh: '最大(列表, 式, 没有时的值)', en: 'greatest(list, value, when there are none)' },
  least: { zh: '最小(列表, 式, 没有时的值)', en: 'least(list, value, when there are none)' },
  earliest: { zh: '最早(列表, 日期, 没有时的日期)', en: 'earliest(list, date, when there are none)' },
  latest: { zh: '最晚(列表, 日期, 没有时的日期)', en: 'latest(list, date, when there are none)' },
  months_covered: { zh: '累计月数(时段)：重叠的合并，每段取整月再相加', en: 'months_covered(periods): overlaps merged, whole months of each run' },
  date: { zh: '日期(年, 月, 日)', en: 'date(year, month, day)' },
  partner: { zh: '另一方(式, 没有时的值)：同户另一人的值，只用在排序里', en: 'partner(value, when there is none): of the other member, in rank only' },
  points_of: { zh: '得分(指标)：这个指标的得分', en: 'points_of(item): the points of the item' },
}

const heading = {
  fact: ['事实', 'fact'],
  definition: ['定义', 'definition'],
  'reference-date': ['基准日', 'reference date'],
  group: ['指标组', 'group'],
  indicator: ['指标', 'indicator'],
  total: ['总分', 'total'],
  deductions: ['扣分组', 'deductions'],
  parameter: ['参数', 'parameter'],
  field: ['字段', 'field'],
  scenario: ['应用', 'scenario'],
  policy: ['政策', 'policy'],
} as const

function describeNamed(named: Named, { sources }: Compiled, language: Surface): readonly string[] {
  const head = (kind: keyof typeof heading, name: string) => `${heading[kind][language === 'zh' ? 0 : 1]} ${name}`
  const written = (source: number, { start, end }: Span) => sources[source]?.text.slice(start, end) ?? ''
  switch (named.kind) {
    case 'fact':
      return [head('fact', named.fact.name), ...factLines(named.fact, language)]
    case 'definition': {
      const { name, type, source, node } = named.definition
      return [head('definition', name), describeType(type, language), written(source, node.span).slice(0, 400)]
    }
    case 'parameter': {
      const { name, type, values } = named.parameter
      const lines = values.map(({ from, value }) => `${from === undefined ? '' : `${from} `}${formatDecimal(value)}`)
      return [head('parameter', name), describeType(type, language), ...lines, ...sourceLines(named.parameter, language)]
    }
    case 'field':
      return [head('field', `${named.of.name}.${named.field.name}`), describeType(named.field.type, language)]
    case 'scenario':
      return [head('scenario', named.scenario.name), ...sourceLines(named.scenario, language)]
    case 'reference-date':
      return [head('reference-date', named.name), term('date', language)]
    case 'item':
      return [head(named.item.deducts ? 'deductions' : named.item.kind, named.item.path.join('.')), ...itemLines(named.item, language)]
    case 'policy': {
      const part = (kind: 'number' | 'in-force') => named.node.members.filter((member) => member.kind === kind).slice(0, 1)
      return [head('policy', named.node.name.text), ...[...part('number'), ...part('in-force')].map(({ span }) => written(named.source, span))]
    }
    case 'total':
      return [head('total', named.total.name), written(0, named.total.value.span), ...sourceLines({ cites: named.total.cites }, language)]
  }
}

interface Sourced {
  readonly cites?: readonly string[]
  readonly auditedBy?: readonly string[]
  readonly unsourced?: readonly string[]
}

/** The clause, the department and what is not from an official text. */
function sourceLines({ cites = [], auditedBy = [], unsourced = [] }: Sourced, language: Surface): readonly string[] {
  const zh = language === 'zh'
  return [
    ...(cites.length > 0 ? [`${zh ? '依据' : 'cites'} ${cites.join('、')}`] : []),
    ...(auditedBy.length > 0 ? [`${zh ? '责任部门' : 'audited by'} ${auditedBy.join('、')}`] : []),
    ...unsourced.map((reason) => `${zh ? '待核' : 'unsourced'}：${reason}`),
  ]
}

function factLines({ type, node, defaultValue, required }: FactSymbol, language: Surface): readonly string[] {
  const zh = language === 'zh'
  const source = node.clauses.find((clause) => clause.kind === 'source')
  const auditor = node.clauses.find((clause) => clause.kind === 'audited-by')
  return [
    describeType(type, language),
    ...(source ? [`${zh ? '来源' : 'source'} ${source.text.text}`] : []),
    ...sourceLines({ auditedBy: auditor ? [auditor.text.text] : [] }, language),
    ...(defaultValue === undefined ? [] : [`${zh ? '缺省' : 'default'} ${defaultValue}`]),
    ...(required ? [zh ? '必填' : 'required'] : []),
  ]
}

function itemLines(item: ItemSymbol, language: Surface): readonly string[] {
  const [max, unit] = language === 'zh' ? ['最高', '分'] : ['max', ' points']
  return [...(item.max?.op === 'number' ? [`${max} ${formatDecimal(item.max.value)}${unit}`] : []), ...sourceLines(item, language)]
}

/** A type in words: `整数 个月 0..720`. */
export function describeType(type: Type, language: Surface): string {
  switch (type.kind) {
    case 'number': {
      const unit = type.unit === undefined ? '' : ` ${byForm.unit.id.get(type.unit)?.[language] ?? type.unit}`
      const kind = type.places === 0 ? term('whole', language) : term('decimal', language)
      return `${kind.replaceAll(/[“”]/g, '')}${unit} ${formatDecimal(type.low)}..${formatDecimal(type.high)}`
    }
    case 'choice':
    case 'levels':
    case 'choices':
      return `${term(type.kind, language)} [${type.members.join('、')}]`
    case 'records': {
      const fields = type.fields.map((field) => `${field.name}: ${describeType(field.type, language)}`)
      return `${term(type.periods ? 'periods' : 'records', language).replaceAll(/[“”]/g, '')} { ${fields.join(language === 'zh' ? '；' : '; ')} }`
    }
    case 'error':
      return '?'
    default:
      return term(type.kind, language)
  }
}
