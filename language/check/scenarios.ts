// Uses of the points: who competes, by which total, in which order, for how many places. What a paper leaves open about
// equals must be chosen by the author.

import { compare, fromInteger, zero } from '../../runtime/exact/number.ts'
import { unnamedTotal } from '../../runtime/ir/names.ts'
import type * as Ast from '../ast.ts'
import type { Span } from '../span.ts'
import type { FactSymbol, ItemSymbol, Type, Typed, TypedRankKey, TypedScenario, TypedState } from '../typed.ts'
import { formOf, type KeywordId } from '../words.ts'
import { typePoints } from './asked.ts'
import { sourcedBy } from './clauses.ts'
import { asNumber, isError, outermost } from './context.ts'
import { contextOf } from './expression.ts'
import { itemsNamed, typeMember } from './names.ts'
import { saidTwice } from './repeated.ts'
import { reportUnknownName, type Scope } from './scope.ts'
import { checkState } from './states.ts'
import { someThrough } from './through.ts'

type Part<K extends Ast.ScenarioMember['kind']> = Extract<Ast.ScenarioMember, { kind: K }>

export function checkScenario(scope: Scope, node: Ast.ScenarioNode): TypedScenario {
  const single = new Map<string, Ast.ScenarioMember>()
  for (const member of node.members) {
    if (member.kind === 'error' || member.kind === 'state') continue
    const key = member.kind === 'own-date' ? `as-of ${member.name.text}` : member.kind
    const before = single.get(key)
    const what = member.kind === 'own-date' ? 'as-of' : partWords[member.kind]
    if (before) scope.report(saidTwice(scope.text, what, before.span, member.span))
    else single.set(key, member)
  }
  const part = <K extends Ast.ScenarioMember['kind']>(kind: K) => single.get(kind) as Part<K> | undefined
  const states = node.members.filter((member) => member.kind === 'state')
  const household = part('household')
  const quota = part('quota')
  const keys = (part('rank')?.keys ?? []).map((key) => checkKey(scope, key, household !== undefined)).filter((key) => key !== undefined)
  const broken = node.members.some(({ kind }) => kind === 'error')
  if (!broken) checkTies(scope, node, part, keys)
  const typedQuota = quota && checkQuota(scope, quota)
  const secondRound = part('second-round')
  if (secondRound && !quota?.by) scope.report({ code: 'second-round-needs-lists', span: secondRound.span, data: {} })
  const sources = node.members.flatMap((member) => (member.kind === 'error' ? [] : member.kind === 'state' ? [] : member.clauses))
  return {
    name: node.name.text,
    node,
    total: totalOf(scope, node, part('uses-total')),
    dates: node.members.filter((member) => member.kind === 'own-date').flatMap((member) => ownDate(scope, member)),
    states: states.map((state) => checkState(scope, state)).filter((state): state is TypedState => state !== undefined),
    quota: typedQuota,
    secondRound: secondRound && { limit: checkLimit(scope, secondRound, quota?.by?.text) },
    household: household && checkHousehold(scope, household),
    keys,
    equals: part('equals')?.how ?? 'share',
    cutoff: part('cutoff')?.how ?? 'all',
    results: resultsOf(scope, part('results')),
    price: checkPrice(scope, part('price')),
    ...sourcedBy([...node.clauses, ...sources]),
  }
}

const partWords = {
  'uses-total': 'total',
  quota: 'quota',
  'second-round': 'second-round',
  household: 'household',
  rank: 'rank',
  equals: 'equals',
  cutoff: 'at-cutoff',
  results: 'results',
  price: 'spend',
} as const

/** 结果 "录取"、"轮候". */
function resultsOf(scope: Scope, node: Part<'results'> | undefined): TypedScenario['results'] {
  if (!node) return undefined
  const [admitted, waiting, ...more] = node.names.map(({ text }) => text)
  if (admitted && waiting && more.length === 0 && admitted !== waiting) return { admitted, waiting }
  scope.report({ code: 'two-results', span: node.span, data: {} })
  return undefined
}

function totalOf(scope: Scope, node: Ast.ScenarioNode, written: Part<'uses-total'> | undefined): TypedScenario['total'] {
  const names = [...scope.declarations.totals.keys()]
  if (written) {
    const total = scope.total(written.name.text)
    if (!total && written.name.text !== '' && !names.includes(written.name.text)) reportUnknownName(scope, 'total', written.name.text, written.name.span, names)
    return total
  }
  if (names.length > 1 && !names.includes(unnamedTotal)) {
    scope.report({ code: 'which-total', span: node.name.span, data: { names: names.join('、') } })
    return undefined
  }
  return scope.total(names.includes(unnamedTotal) ? unnamedTotal : (names[0] ?? ''))
}

/** 基准日 x = 式: a day that this use sets. */
function ownDate(scope: Scope, { name, value }: Part<'own-date'>): readonly { readonly name: string; readonly value: Typed }[] {
  if (!scope.referenceDates.has(name.text)) {
    if (name.text !== '') reportUnknownName(scope, 'reference-date', name.text, name.span, scope.referenceDates.keys())
    return []
  }
  if (name.text === [...scope.referenceDates.keys()][0]) {
    scope.report({ code: 'main-date-fixed', span: name.span, data: { name: name.text } })
    return []
  }
  const typed = contextOf(scope).type(value)
  if (isError(typed)) return []
  if (typed.type.kind !== 'date') {
    scope.report({ code: 'wrong-type', span: value.span, data: { expected: 'date', found: typed.type.kind } })
    return []
  }
  return [{ name: name.text, value: typed }]
}

export function factNamed(scope: Scope, name: Ast.Name, kinds: readonly Type['kind'][]): FactSymbol | undefined {
  const fact = scope.facts.get(name.text)
  if (!fact) {
    if (name.text !== '') reportUnknownName(scope, 'fact', name.text, name.span, scope.facts.keys())
    return undefined
  }
  if (fact.type.kind === 'error') return undefined
  if (kinds.includes(fact.type.kind)) return fact
  scope.report({ code: 'wrong-type', span: name.span, data: { expected: kinds[0] ?? '', found: fact.type.kind } })
  return undefined
}

// ---- places ------------------------------------------------------------------------------------------------------------

function checkQuota(scope: Scope, node: Part<'quota'>): TypedScenario['quota'] {
  if (node.amount) return { amount: placesOf(scope, node.amount), by: undefined, lists: undefined }
  const by = node.by && factNamed(scope, node.by, ['text', 'choice', 'levels'])
  return { amount: undefined, by, lists: by && node.table && listsOf(scope, node.table, by.type, node.span) }
}

/** Places by list; `undefined` after a report. @param type of the fact that tells the lists apart */
export function listsOf(
  scope: Scope,
  { keys, values }: Ast.QuotaTable,
  type: Type,
  span: Span,
): readonly { readonly name: string; readonly places: Typed }[] | undefined {
  if (keys.length !== values.length) {
    scope.report({ code: 'table-shape', span, data: { keys: String(keys.length), values: String(values.length) } })
    return undefined
  }
  const named = new Set<string>()
  return keys.flatMap((key, i) => {
    const name = listName(scope, key, type)
    if (name !== undefined && named.has(name)) scope.report({ code: 'duplicate-member', span: key.span, data: { name } })
    if (name !== undefined) named.add(name)
    const places = values[i] && placesOf(scope, values[i])
    return name === undefined || !places ? [] : [{ name, places }]
  })
}

function listName(scope: Scope, node: Ast.Expression, type: Type): string | undefined {
  const written = node.kind === 'text' ? node.text : node.kind === 'reference' ? node.path.names.map(({ text }) => text).join('.') : undefined
  if (written === undefined) {
    if (node.kind !== 'error') scope.report({ code: 'wrong-type', span: node.span, data: { expected: 'name', found: node.kind } })
    return undefined
  }
  if ('members' in type && typeMember(scope, written, node.span, type).op !== 'member') return undefined
  return written
}

/** A whole number that is the same for everybody: figures and parameters. */
function placesOf(scope: Scope, node: Ast.Expression): Typed | undefined {
  const typed = contextOf(scope).type(node)
  if (isError(typed)) return undefined
  if (typed.type.kind !== 'number' || typed.type.places !== 0 || compare(typed.type.low, zero) < 0) {
    scope.report({ code: 'quota-not-whole', span: node.span, data: {} })
    return undefined
  }
  if (!isCommon(typed)) {
    scope.report({ code: 'quota-per-person', span: node.span, data: {} })
    return undefined
  }
  return typed
}

/** Whether a value is the same for all applicants of a run. */
const isCommon = (node: Typed): boolean => !someThrough(node, ({ op }) => op === 'fact' || op === 'item' || op === 'total' || op === 'field')

function checkLimit(scope: Scope, { limit }: Part<'second-round'>, quotaBy: string | undefined): NonNullable<TypedScenario['secondRound']>['limit'] {
  if (!limit) return undefined
  const by = factNamed(scope, limit.by, ['text', 'choice', 'levels'])
  if (by && quotaBy !== undefined && by.name !== quotaBy) {
    scope.report({ code: 'second-round-other-fact', span: limit.by.span, data: { name: quotaBy } })
    return undefined
  }
  const share = contextOf(scope).type(limit.share)
  if (!by || share.op !== 'number') return undefined
  if (asNumber(share)?.unit !== undefined || compare(share.value, zero) < 0 || compare(share.value, fromInteger(1)) > 0) {
    scope.report({ code: 'limit-share', span: limit.share.span, data: {} })
    return undefined
  }
  if (!limit.rounding) {
    const at = limit.share.span.end
    scope.report({
      code: 'limit-rounding-missing',
      span: limit.share.span,
      data: {},
      fixes: (['down', 'up', 'half-up'] as const).map((id) => insertion(scope, id, at)),
    })
    return undefined
  }
  return { by, share: share.value, rounding: limit.rounding }
}

function checkHousehold(scope: Scope, node: Part<'household'>): TypedScenario['household'] {
  const key = factNamed(scope, node.key, ['text'])
  if (!node.added) return key && { key, added: undefined }
  const to = factNamed(scope, node.added.to, ['yesno'])
  const except = node.added.except.flatMap((path): readonly ItemSymbol[] => {
    const [item, other] = itemsNamed(
      scope,
      path.names.map(({ text }) => text),
    )
    const symbol = item && !other ? scope.item(item.path) : undefined
    if (!symbol) reportUnknownName(scope, 'item', path.names.map(({ text }) => text).join('.'), path.span, scope.declarations.itemsByName.keys())
    return symbol ? [symbol] : []
  })
  if (!node.added.order) {
    const at = node.added.to.span.end
    scope.report({
      code: 'merge-order-missing',
      span: node.span,
      data: {},
      fixes: (['merge-then-cap', 'cap-then-merge'] as const).map((id) => insertion(scope, id, at)),
    })
    return undefined
  }
  return key && to && { key, added: { to, order: node.added.order, except } }
}

function checkPrice(scope: Scope, node: Part<'price'> | undefined): TypedScenario['price'] {
  if (!node) return undefined
  const written = node.item.names.map(({ text }) => text)
  const [found, other] = itemsNamed(scope, written)
  const item = found && !other ? scope.item(found.path) : undefined
  if (!item) {
    reportUnknownName(scope, 'item', written.join('.'), node.item.span, scope.declarations.itemsByName.keys())
    return undefined
  }
  // A 期限 that could not be typed was told where it stands.
  const isLive = item.live !== undefined || item.node.clauses.some(({ kind }) => kind === 'live')
  if (!isLive) scope.report({ code: 'price-needs-live', span: node.item.span, data: { name: item.name } })
  const amount = typePoints(contextOf(scope), node.amount)
  return amount.op === 'number' ? { item, amount: amount.value } : undefined
}

// ---- order -------------------------------------------------------------------------------------------------------------

const directionsFor: Readonly<Record<string, readonly Ast.Direction[]>> = {
  number: ['high-to-low', 'low-to-high'],
  levels: ['high-to-low', 'low-to-high'],
  date: ['early-to-late', 'late-to-early'],
  yesno: ['yes-leading', 'no-leading'],
}

function checkKey(scope: Scope, node: Ast.RankKeyNode, partner: boolean): TypedRankKey | undefined {
  const value = contextOf(scope, 'either', { ...outermost, partner }).type(node.value)
  if (isError(value)) return undefined
  const { kind } = value.type
  if (kind === 'records' || kind === 'choices') {
    scope.report({ code: 'not-ordered', span: node.value.span, data: {} })
    return undefined
  }
  if (kind === 'number' && value.type.places === undefined) {
    scope.report({ code: 'endless-decimal', span: node.value.span, data: { value: '' } })
    return undefined
  }
  if (typeof node.direction === 'object') {
    if (!('members' in value.type)) {
      scope.report({ code: 'direction-mismatch', span: node.span, data: { directions: words(scope, directionsFor[kind] ?? []) } })
      return undefined
    }
    const { type } = value
    const order = node.direction.order.flatMap((element) => {
      const name = element.kind === 'reference' ? element.path.names.map(({ text }) => text).join('.') : element.kind === 'text' ? element.text : ''
      const member = typeMember(scope, name, element.span, type)
      return member.op === 'member' ? [{ index: member.index, element, name }] : []
    })
    for (const [i, { index, element, name }] of order.entries()) {
      if (order.findIndex((entry) => entry.index === index) < i) scope.report({ code: 'duplicate-member', span: element.span, data: { name } })
    }
    return { node, value, ascending: true, order: order.map(({ index }) => index) }
  }
  const allowed = directionsFor[kind] ?? []
  if (!node.direction || !allowed.includes(node.direction)) {
    const at = node.value.span.end
    const directions = allowed.length > 0 ? words(scope, allowed) : words(scope, ['by'])
    const key = scope.text.slice(node.value.span.start, at)
    scope.report(
      node.direction
        ? { code: 'direction-mismatch', span: node.span, data: { directions } }
        : { code: 'direction-missing', span: node.span, data: { directions, key }, fixes: allowed.map((id) => insertion(scope, id, at)) },
    )
    return undefined
  }
  return { node, value, ascending: node.direction === 'low-to-high' || node.direction === 'early-to-late' || node.direction === 'no-leading', order: undefined }
}

/** Whether equals can be left at the end of the chain, and what then happens, must be clear from the text. */
function checkTies(
  scope: Scope,
  node: Ast.ScenarioNode,
  part: <K extends Ast.ScenarioMember['kind']>(kind: K) => Part<K> | undefined,
  keys: readonly TypedRankKey[],
) {
  const [quota, rank, equals, cutoff] = [part('quota'), part('rank'), part('equals'), part('cutoff')]
  if (quota && !rank) scope.report({ code: 'quota-needs-rank', span: quota.span, data: {} })
  if (cutoff && !quota) scope.report({ code: 'cutoff-needs-quota', span: cutoff.span, data: {} })
  if (!rank) return
  const last = keys.at(-1)
  if (keys.length < rank.keys.length) return
  // Those of whom a unique fact is not known are equal still.
  const settled = last?.value.op === 'fact' && last.value.fact.unique && last.value.fact.required
  const at = rank.span.end
  if (!settled && !equals) {
    scope.report({ code: 'equals-missing', span: rank.span, data: {}, fixes: (['share-place', 'lot'] as const).map((id) => clause(scope, 'equals', id, at)) })
  }
  if (quota && !settled && equals?.how === 'share' && !cutoff) {
    scope.report({
      code: 'cutoff-missing',
      span: node.name.span,
      data: {},
      fixes: (['admit-all', 'admit-none', 'lot'] as const).map((id) => clause(scope, 'at-cutoff', id, equals.span.end)),
    })
  }
  if (cutoff && (settled || equals?.how === 'lot')) scope.report({ code: 'cutoff-never', span: cutoff.span, data: {} })
}

const form = (scope: Scope, id: KeywordId) => formOf(id, scope.surface)
const words = (scope: Scope, ids: readonly KeywordId[]) => ids.map((id) => form(scope, id)).join('、')

function insertion(scope: Scope, id: KeywordId, at: Span['end']) {
  const text = form(scope, id)
  return { title: 'insert' as const, data: { text }, edits: [{ span: { start: at, end: at }, text: ` ${text}` }] }
}

function clause(scope: Scope, what: KeywordId, id: KeywordId, at: Span['end']) {
  const text = `${form(scope, what)} ${form(scope, id)}`
  return { title: 'insert' as const, data: { text }, edits: [{ span: { start: at, end: at }, text: `\n    ${text}` }] }
}
