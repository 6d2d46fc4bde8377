// What may stand at the cursor: keywords by place, names by kind, members by the type of the other side.

import type { Compiled } from '../compile.ts'
import {
  awards,
  choices,
  directions,
  factClauses,
  filters,
  itemClauses,
  memberKeywords,
  operators,
  rowClauses,
  rowStarters,
  scenarioKeywords,
} from '../keywords-by-place.ts'
import { lex } from '../lex.ts'
import type { Span } from '../span.ts'
import { keywordTokens as k, symbols, type Token, Word } from '../tokens.ts'
import type { FactSymbol, Type, TypedPolicy } from '../typed.ts'
import { byForm, type KeywordId, outcomeKeys, recordKeywords, type Surface, states, types } from '../words.ts'
import { type Enclosing, enclosing } from './enclosing.ts'
import {
  type Completion,
  fieldOffers,
  itemOffers,
  keywordOffers,
  memberOffers,
  nameOffers,
  type Offering,
  typedOffers,
  valueOffers,
  wordOffers,
} from './offers.ts'

export interface Completions {
  /** The part of a word before the cursor that a completion replaces. */
  readonly span: Span
  readonly list: readonly Completion[]
}

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
  return { span, list: candidates(before, { typed: compiled.typed, surface, language }) }
}

/** Where the cursor is. */
interface Place extends Offering {
  readonly scope: Enclosing
  /** The token before the cursor, and the one before that. */
  readonly last: Token
  readonly previous: Token | undefined
  /** The list that the statement at hand is about. */
  readonly list: FactSymbol | undefined
}

type Candidates = readonly Completion[]

function candidates(before: readonly Token[], offering: Offering): Candidates {
  const last = before.at(-1)
  if (!last) return keywordOffers(['policy'], offering)
  const list = offering.typed.facts.find((fact) => fact.type.kind === 'records' && before.slice(-40).some((token) => token.value === fact.name))
  const place: Place = { ...offering, scope: enclosing(before), last, previous: before.at(-2), list }
  return ofOtherSide(place) ?? afterWord(place) ?? inScope(place)
}

const comparisons = new Set(['=', '!=', '<', '<=', '>', '>='])

/** What the type of something before it decides: after a comparison, in a list of members, after a colon. */
function ofOtherSide(place: Place): Candidates | undefined {
  const { scope, last, previous, typed } = place
  const type = last.tokenType
  if (type === k.is || type === k['is-not'] || type === k.has || type === k['has-not'] || comparisons.has(type.name)) {
    const other = typeOf(previous?.value, typed)
    return other && 'members' in other ? memberOffers(other, place) : [...memberOffers(other, place), ...valueOffers(place)]
  }
  if (scope.list) return memberOffers(typeOf(scope.list.value, typed), place)
  if (type !== symbols[':']) return undefined
  if (scope.kind === 'case') return memberOffers(typeOf(previous?.value, typed), place)
  return scope.kind === 'expect' ? wordOffers(states, 'value', place) : wordOffers(types, 'type', place)
}

const typeOf = (name: string | undefined, { facts, definitions }: TypedPolicy): Type | undefined =>
  name === undefined ? undefined : (facts.find((fact) => fact.name === name)?.type ?? definitions.find((definition) => definition.name === name)?.type)

const aboutRecords = new Set<string>([...Object.values(recordKeywords), 'without'] satisfies KeywordId[])

/** What the word before the cursor asks for. */
function afterWord(place: Place): Candidates | undefined {
  const { typed, surface, scope, last, previous, list } = place
  const type = last.tokenType
  const choice = choices.get(type.name)
  if (choice) return keywordOffers(choice, place)
  if (aboutRecords.has(type.name)) return typedOffers(typed.facts.filter(isRecords), place)
  if (previous?.tokenType === k.same) return keywordOffers(['best-only', 'max'], place)
  if (type === k.same || type === k.where) return [...fieldOffers(list, place), ...valueOffers(place)]
  if (type === Word && byForm.function[surface].get(last.value)?.id === 'any') return typedOffers(typed.facts.filter(isCounted), place)
  if (type === k.range) return [...keywordOffers(['above'], place), ...valueOffers(place)]
  if (type === symbols['..']) return [...keywordOffers(['under'], place), ...valueOffers(place)]
  if (type === k['only-for']) return nameOffers(scenarioNames(typed), place)
  if (list && last.value === list.name && scope.kind === 'indicator') return keywordOffers([...filters, 'same', ...awards], place)
  return undefined
}

const isRecords = ({ type }: FactSymbol) => type.kind === 'records'

/** What 有 may be asked of. */
const isCounted = ({ type }: FactSymbol) => type.kind === 'records' || type.kind === 'choices'

const scenarioNames = ({ scenarios }: TypedPolicy) => scenarios.map(({ name }) => ({ name }))

/** What may come next in what the cursor stands in. */
function inScope(place: Place): Candidates {
  const { kind } = place.scope
  if (kind === 'case') return typedOffers(place.typed.facts, place)
  if (kind === 'expect') return [...wordOffers(outcomeKeys, 'value', place), ...itemOffers(place)]
  if (expectsValue(place.last)) return operands(place)
  switch (kind) {
    case 'policy':
      return inPolicy(place)
    case 'group':
      return inGroup(place)
    case 'indicator':
      return inIndicator(place)
    case 'scenario':
      return inScenario(place)
    case 'define':
      return [...keywordOffers(['when', 'otherwise', 'gives'], place), ...valueOffers(place)]
  }
}

const beforeValues = new Set<string>(['when', 'and', 'or', 'not', 'gives', '=', '+', '-', '*', '/', '(', '..'])

const expectsValue = ({ tokenType }: Token): boolean => beforeValues.has(tokenType.name)

function operands(place: Place): Candidates {
  if (place.scope.head === 'total') return itemOffers(place)
  if (place.scope.kind === 'scenario') return [...valueOffers(place), ...itemOffers(place)]
  return [...fieldOffers(place.list, place), ...valueOffers(place)]
}

function inPolicy(place: Place): Candidates {
  const { head } = place.scope
  if (head === 'fact') return keywordOffers([...factClauses, ...memberKeywords], place)
  if (head === 'total') return keywordOffers(['max', 'min', 'cites', 'audited-by', 'unsourced', 'reading', ...memberKeywords], place)
  return keywordOffers(head === 'group' || head === 'indicator' ? itemClauses : memberKeywords, place)
}

function inGroup(place: Place): Candidates {
  const { head } = place.scope
  return keywordOffers(head === 'group' || head === 'indicator' ? itemClauses : ['indicator', 'group', 'deductions'], place)
}

function inIndicator(place: Place): Candidates {
  const { head } = place.scope
  const type = place.last.tokenType
  if (head === undefined || type === symbols['{']) return keywordOffers(rowStarters, place)
  if (head === 'condition') return [...keywordOffers(operators, place), ...valueOffers(place)]
  if (type === k.otherwise || type === k.plus || type === k.base) return keywordOffers(awards, place)
  return keywordOffers([...rowClauses, ...rowStarters], place)
}

function inScenario(place: Place): Candidates {
  if (place.scope.head === 'rank') return [...keywordOffers(directions, place), ...itemOffers(place), ...valueOffers(place)]
  return keywordOffers([...scenarioKeywords, ...operators], place)
}
