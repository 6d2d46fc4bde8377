// What may stand at the cursor: keywords by place, names by kind, members by the type of the other side.

import { modes } from '../../runtime/ir/operations.ts'
import type { Compiled } from '../compile.ts'
import { nameForm } from '../format/print.ts'
import { lex } from '../lex.ts'
import type { Span } from '../span.ts'
import { isKeyword, keywordTokens as k, symbols, type Token, Word } from '../tokens.ts'
import type { FactSymbol, Type } from '../typed.ts'
import { byForm, functions, type KeywordId, outcomeKeys, recordKeywords, type Surface, states, types, unnamedTotal } from '../words.ts'
import { allItems } from './at.ts'
import { describeType } from './hover.ts'
import { keywordDocs } from './keyword-docs.ts'

export interface Completion {
  readonly kind: 'keyword' | 'name' | 'member' | 'type' | 'function' | 'value'
  /** What is inserted. */
  readonly text: string
  readonly detail: string
}

export interface Completions {
  /** The part of a word before the cursor that a completion replaces. */
  readonly span: Span
  readonly list: readonly Completion[]
}

const memberKeywords: readonly KeywordId[] = [
  'fact',
  'define',
  'parameter',
  'group',
  'deductions',
  'indicator',
  'total',
  'applies',
  'veto',
  'clear',
  'lapse',
  'bar',
  'scenario',
  'deadline',
  'case',
  'use',
  'extend',
  'unit',
  'number',
  'text',
  'in-force',
  'replaces',
  'as-of',
  'reading',
  'clause',
]
const itemClauses: readonly KeywordId[] = [
  'max',
  'min',
  ...modes.words,
  'only-for',
  'in-force',
  'extensible',
  'live',
  'spend',
  'cites',
  'audited-by',
  'unsourced',
  'reading',
]
const rowStarters: readonly KeywordId[] = [
  'when',
  'otherwise',
  'per',
  'per-full',
  ...Object.values(recordKeywords),
  'base',
  'table',
  'award',
  'deduct',
  ...modes.words,
  'define',
]
const awards: readonly KeywordId[] = ['award', 'deduct', 'per', 'per-full', 'table', ...Object.values(recordKeywords)]
const rowClauses: readonly KeywordId[] = [
  'plus',
  'max',
  'min',
  'at-reached-band',
  'by-slices',
  'only-for',
  'in-force',
  'cites',
  'audited-by',
  'unsourced',
  'reading',
]
const factClauses: readonly KeywordId[] = ['source', 'audited-by', 'range', 'default', 'required', 'unique', 'household']
const filters: readonly KeywordId[] = ['within-last', 'between', 'up-to', 'without', 'unbroken-to', 'where']
const scenarioKeywords: readonly KeywordId[] = [
  'applies',
  'veto',
  'clear',
  'lapse',
  'bar',
  'total',
  'as-of',
  'quota',
  'second-round',
  'household',
  'rank',
  'equals',
  'at-cutoff',
  'results',
  'spend',
  'cites',
  'audited-by',
  'unsourced',
  'reading',
]
/** What follows a keyword that leaves a choice. */
const choices: Readonly<Partial<Record<KeywordId, readonly KeywordId[]>>> = {
  equals: ['share-place', 'lot'],
  'at-cutoff': ['admit-all', 'admit-none', 'lot'],
  'second-round': ['places-left'],
  'gap-up-to': ['gap-counted', 'gap-not-counted'],
  applies: ['when'],
  veto: ['when'],
  clear: ['when'],
  lapse: ['when'],
  bar: ['when', 'each'],
}
const directions: readonly KeywordId[] = ['high-to-low', 'low-to-high', 'early-to-late', 'late-to-early', 'yes-leading', 'no-leading', 'by']
const operators: readonly KeywordId[] = ['in', 'not-in', 'is', 'is-not', 'has', 'has-not', 'and', 'or', 'award', 'deduct', 'per', 'per-full', 'round']

/** Completions at `offset`; the text before the cursor is read afresh, so a broken tree does not matter. */
export function complete(compiled: Compiled, text: string, offset: number, language: Surface): Completions {
  const { surface } = compiled.parsed
  const { tokens, comments } = lex(text.slice(0, offset), () => {}, surface)
  const nothing = { span: { start: offset, end: offset }, list: [] }
  if (comments.some(({ span }) => span.end === offset) || tokens.at(-1)?.tokenType.name === 'string') return nothing
  const last = tokens.at(-1)
  const typing = last && (last.endOffset ?? 0) + 1 === offset && /^[\p{L}_]/u.test(last.image) ? last : undefined
  const before = typing ? tokens.slice(0, -1) : tokens
  const span = typing ? { start: typing.startOffset, end: offset } : nothing.span
  return { span, list: candidates(compiled, before, language) }
}

function candidates(compiled: Compiled, before: readonly Token[], language: Surface): readonly Completion[] {
  const { typed, parsed } = compiled
  const { surface } = parsed
  const keywordList = (ids: readonly KeywordId[]): Completion[] =>
    ids.map((id) => ({ kind: 'keyword', text: byForm.keyword.id.get(id)?.[surface] ?? '', detail: keywordDocs[id]?.[language] ?? '' }))
  const words = (list: readonly { zh: string; en: string }[], kind: Completion['kind']): Completion[] =>
    list.map((word) => ({ kind, text: word[surface], detail: '' }))
  const names = (list: readonly { name: string; detail: string }[]): Completion[] =>
    list.map(({ name, detail }) => ({ kind: 'name', text: nameForm(name, surface), detail }))
  const members = (type: Type): Completion[] => {
    if ('members' in type) return type.members.map((member) => ({ kind: 'member', text: nameForm(member, surface), detail: '' }))
    return type.kind === 'yesno' ? keywordList(['yes', 'no']).map((entry) => ({ ...entry, kind: 'value' })) : []
  }
  const values = () => [
    ...names(typed.facts.map(({ name, type }) => ({ name, detail: describeType(type, language) }))),
    ...names(typed.definitions.map(({ name, type }) => ({ name, detail: describeType(type, language) }))),
    ...names(typed.parameters.map(({ name, type }) => ({ name, detail: describeType(type, language) }))),
    ...names(typed.referenceDates.map(({ name }) => ({ name, detail: '' }))),
    ...words(functions, 'function'),
  ]
  /** Fields of the list that the statement at hand is about. */
  const fields = (list: FactSymbol | undefined): Completion[] =>
    list?.type.kind === 'records' ? names(list.type.fields.map(({ name, type }) => ({ name, detail: describeType(type, language) }))) : []
  const listBefore = typed.facts.find((fact) => fact.type.kind === 'records' && before.slice(-40).some((token) => token.value === fact.name))
  const items = () => [
    ...names(allItems(typed.items).map(({ name, path }) => ({ name, detail: path.join('.') }))),
    ...words([byForm.keyword.id.get('total') ?? { zh: unnamedTotal, en: 'total' }], 'name'),
  ]
  const typeOf = (name: string | undefined) =>
    name === undefined
      ? undefined
      : (typed.facts.find((fact) => fact.name === name)?.type ?? typed.definitions.find((definition) => definition.name === name)?.type)

  const last = before.at(-1)
  if (!last) return keywordList(['policy'])
  const scope = enclosing(before)
  const previous = before.at(-2)
  const type = last.tokenType

  if (type === k.is || type === k['is-not'] || type === k.has || type === k['has-not'] || comparisons.has(type.name)) {
    const other = typeOf(previous?.value)
    return other && 'members' in other ? members(other) : [...(other ? members(other) : []), ...values()]
  }
  if (scope.list) return members(typeOf(scope.list.value) ?? { kind: 'error' })
  if (type === symbols[':']) {
    if (scope.kind === 'case') return members(typeOf(previous?.value) ?? { kind: 'error' })
    if (scope.kind === 'expect') return words(states, 'value')
    return words(types, 'type')
  }
  const choice = choices[type.name as KeywordId]
  if (choice) return keywordList(choice)
  if (Object.values(recordKeywords).some((word) => type === k[word]) || type === k.without) {
    return names(typed.facts.filter((fact) => fact.type.kind === 'records').map((fact) => ({ name: fact.name, detail: describeType(fact.type, language) })))
  }
  if (previous?.tokenType === k.same) return keywordList(['best-only', 'max'])
  if (type === k.same || type === k.where) return [...fields(listBefore), ...values()]
  if (type === Word && byForm.function[surface].get(last.value)?.id === 'any') {
    return names(typed.facts.filter(isCounted).map((fact) => ({ name: fact.name, detail: describeType(fact.type, language) })))
  }
  if (type === k.range) return [...keywordList(['above']), ...values()]
  if (type === symbols['..']) return [...keywordList(['under']), ...values()]
  if (type === k['only-for']) return names(typed.scenarios.map(({ name }) => ({ name, detail: '' })))
  if (listBefore && last.value === listBefore.name && scope.kind === 'indicator')
    return [...keywordList(filters), ...keywordList(['same']), ...keywordList(awards)]
  if (scope.kind === 'case') return names(typed.facts.map(({ name, type: of }) => ({ name, detail: describeType(of, language) })))
  if (scope.kind === 'expect') return [...words(outcomeKeys, 'value'), ...items()]
  if (expectsValue(last)) return scope.inTotal ? items() : scope.kind === 'scenario' ? [...values(), ...items()] : [...fields(listBefore), ...values()]
  switch (scope.kind) {
    case 'policy':
      if (scope.head === 'fact') return [...keywordList(factClauses), ...keywordList(memberKeywords)]
      if (scope.head === 'total') return [...keywordList(['max', 'min', 'cites', 'audited-by', 'unsourced', 'reading']), ...keywordList(memberKeywords)]
      if (scope.head === 'group' || scope.head === 'indicator') return keywordList(itemClauses)
      return keywordList(memberKeywords)
    case 'group':
      return scope.head === 'group' || scope.head === 'indicator' ? keywordList(itemClauses) : keywordList(['indicator', 'group', 'deductions'])
    case 'indicator':
      if (scope.head === undefined || last.tokenType === symbols['{']) return keywordList(rowStarters)
      if (scope.head === 'condition') return [...keywordList(operators), ...values()]
      if (last.tokenType === k.otherwise || last.tokenType === k.plus || last.tokenType === k.base) return keywordList(awards)
      return [...keywordList(rowClauses), ...keywordList(rowStarters)]
    case 'scenario':
      if (scope.head === 'rank') return [...keywordList(directions), ...items(), ...values()]
      return [...keywordList(scenarioKeywords), ...keywordList(operators)]
    case 'define':
      return [...keywordList(['when', 'otherwise', 'gives']), ...values()]
  }
}

/** What 有 may be asked of. */
const isCounted = ({ type }: FactSymbol) => type.kind === 'records' || type.kind === 'choices'

const comparisons = new Set(['=', '!=', '<', '<=', '>', '>='])

function expectsValue(last: Token): boolean {
  const name = last.tokenType.name
  return (
    last.tokenType === k.when ||
    last.tokenType === k.and ||
    last.tokenType === k.or ||
    last.tokenType === k.not ||
    last.tokenType === k.gives ||
    ['=', '+', '-', '*', '/', '(', '..'].includes(name)
  )
}

interface Enclosing {
  readonly kind: 'policy' | 'group' | 'indicator' | 'scenario' | 'define' | 'case' | 'expect'
  /** What the current statement began with, when it is still being written. */
  readonly head: 'fact' | 'total' | 'group' | 'indicator' | 'condition' | 'row' | 'rank' | undefined
  readonly inTotal: boolean
  /** The name before `在 [`. */
  readonly list: Token | undefined
}

const opens: Partial<Record<KeywordId, Enclosing['kind']>> = {
  policy: 'policy',
  group: 'group',
  deductions: 'indicator',
  extend: 'group',
  indicator: 'indicator',
  scenario: 'scenario',
  define: 'define',
  case: 'case',
  expect: 'expect',
}

function enclosing(tokens: readonly Token[]): Enclosing {
  const stack: Enclosing['kind'][] = []
  let pending: Enclosing['kind'] = 'policy'
  let head: Enclosing['head']
  let list: Token | undefined
  tokens.forEach((token, i) => {
    const name = token.tokenType.name as KeywordId
    if (token.tokenType === symbols['{']) {
      stack.push(pending)
      head = undefined
    } else if (token.tokenType === symbols['}']) {
      stack.pop()
      head = undefined
    } else if (token.tokenType === symbols['[']) {
      list =
        tokens[i - 1]?.tokenType === k.in || tokens[i - 1]?.tokenType === k['not-in']
          ? tokens[i - 2]
          : tokens[i - 1]?.tokenType === symbols[':']
            ? tokens[i - 2]
            : undefined
    } else if (token.tokenType === symbols[']']) {
      list = undefined
    } else if (isKeyword(token)) {
      // 样例 … 应用 A { is still a case.
      if (opens[name] && !(name === 'scenario' && pending === 'case')) pending = opens[name]
      if (name === 'fact' || name === 'total' || name === 'group' || name === 'indicator') head = name
      else if (name === 'rank') head = 'rank'
      else if (name === 'when') head = 'condition'
      else if ((awards as readonly string[]).includes(name) || name === 'otherwise' || name === 'base') head = 'row'
    }
  })
  return { kind: stack.at(-1) ?? 'policy', head, inTotal: head === 'total', list }
}
