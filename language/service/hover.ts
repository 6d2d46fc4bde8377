// What a hover says: of a name its type and clause, of a keyword its meaning.

import { formatDecimal } from '../../runtime/exact/number.ts'
import type { Compiled } from '../compile.ts'
import { term } from '../diagnostics/terms.ts'
import { spanOf } from '../lex.ts'
import type { Span } from '../span.ts'
import { isKeyword } from '../tokens.ts'
import type { Type } from '../typed.ts'
import { byForm, type KeywordId, type Surface } from '../words.ts'
import { type Named, namedBy, tokenAt } from './at.ts'
import { keywordDocs } from './keyword-docs.ts'

export interface Hover {
  readonly span: Span
  /** Lines of plain text; the first is the heading. */
  readonly lines: readonly string[]
}

export function hover(compiled: Compiled, text: string, offset: number, language: Surface): Hover | undefined {
  const token = tokenAt(compiled, offset)
  if (!token) return undefined
  const span = spanOf(token)
  const named = namedBy(compiled, token)
  if (named) return { span, lines: describeNamed(named, text, language) }
  if (token.role === 'function') {
    const word = byForm.function[compiled.parsed.surface].get(token.value)
    const doc = word ? functionDocs[word.id]?.[language] : undefined
    return doc ? { span, lines: [token.value, doc] } : undefined
  }
  if (!isKeyword(token)) return undefined
  const doc = keywordDocs[token.tokenType.name as KeywordId]
  return doc ? { span, lines: [token.image, doc[language]] } : undefined
}

const functionDocs: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  age_on: {
    zh: '周岁(出生日期, 那天)：满了几岁；2月29日生的人在2月28日满岁',
    en: 'age_on(birth, day): full years; born on 29 February turns a year older on the 28th',
  },
  full_months: { zh: '满月数(起, 止)：满了几个月', en: 'full_months(from, to): full months' },
  year_of: { zh: '年份(日期)', en: 'year_of(date)' },
  year_start: { zh: '年初(日期)：那年1月1日', en: 'year_start(date): 1 January of that year' },
  year_end: { zh: '年末(日期)：那年12月31日', en: 'year_end(date): 31 December of that year' },
  larger: { zh: '较大(甲, 乙)', en: 'larger(a, b)' },
  smaller: { zh: '较小(甲, 乙)', en: 'smaller(a, b)' },
}

const heading = {
  fact: ['事实', 'fact'],
  definition: ['定义', 'definition'],
  'reference-date': ['基准日', 'reference date'],
  group: ['指标组', 'group'],
  indicator: ['指标', 'indicator'],
  total: ['总分', 'total'],
} as const

function describeNamed(named: Named, text: string, language: Surface): readonly string[] {
  const zh = language === 'zh'
  const head = (kind: keyof typeof heading, name: string) => `${heading[kind][zh ? 0 : 1]} ${name}`
  const cited = (cites: readonly string[]) => (cites.length > 0 ? [`${zh ? '依据' : 'cites'} ${cites.join('、')}`] : [])
  const unsourced = (reasons: readonly string[]) => reasons.map((reason) => `${zh ? '待核' : 'unsourced'}：${reason}`)
  switch (named.kind) {
    case 'fact': {
      const { fact } = named
      const source = fact.node.clauses.find(({ kind }) => kind === 'source')
      return [
        head('fact', fact.name),
        describeType(fact.type, language),
        ...(source?.kind === 'source' ? [`${zh ? '来源' : 'source'} ${source.text.text}`] : []),
        ...(fact.defaultValue === undefined ? [] : [`${zh ? '缺省' : 'default'} ${fact.defaultValue}`]),
        ...(fact.required ? [zh ? '必填' : 'required'] : []),
      ]
    }
    case 'definition':
      return [
        head('definition', named.definition.name),
        describeType(named.definition.type, language),
        text.slice(named.definition.node.span.start, named.definition.node.span.end).slice(0, 400),
      ]
    case 'reference-date':
      return [head('reference-date', named.name), term('date', language)]
    case 'item': {
      const { item } = named
      const max = item.max?.op === 'number' ? [`${zh ? '最高' : 'max'} ${formatDecimal(item.max.value)}${zh ? '分' : ' points'}`] : []
      return [head(item.kind, item.path.join('.')), ...max, ...cited(item.cites), ...unsourced(item.unsourced)]
    }
    case 'total':
      return [head('total', named.total.name), text.slice(named.total.value.span.start, named.total.value.span.end), ...cited(named.total.cites)]
  }
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
    case 'error':
      return '?'
    default:
      return term(type.kind, language)
  }
}
