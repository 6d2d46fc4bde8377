// Reads the cases of a policy: dates for the reference dates, facts in written form, and what is expected of which item.

import { decimalPlaces, formatDecimal } from '../../runtime/exact/number.ts'
import { itemId, totalId } from '../../runtime/ir/ids.ts'
import { keyAmong, keyColumn, unnamedTotal } from '../../runtime/ir/names.ts'
import type * as Ast from '../ast.ts'
import type { Span } from '../span.ts'
import type { Typed, TypedTestCase } from '../typed.ts'
import { byForm, states } from '../words.ts'
import { convertTo } from './arithmetic.ts'
import { contextOf } from './expression.ts'
import { itemsNamed, typeDate } from './names.ts'
import { listsOf } from './scenarios.ts'
import { reportUnknownName, type Scope } from './scope.ts'
import { points } from './units.ts'
import { writtenValue } from './written.ts'

export function checkCase(scope: Scope, node: Ast.CaseNode): TypedTestCase {
  const dates: Record<string, string> = {}
  for (const [i, { name, date }] of node.dates.entries()) {
    const before = node.dates.slice(0, i).find((given) => given.name.text === name.text)
    if (before) scope.report({ code: 'duplicate-field', span: name.span, data: { name: name.text }, related: [before.name.span] })
    const isSet = scope.referenceDates.get(name.text)?.value !== undefined || ownDates(scope, node).includes(name.text)
    if (!scope.referenceDates.has(name.text)) {
      if (name.text !== '') reportUnknownName(scope, 'reference-date', name.text, name.span, scope.referenceDates.keys())
    } else if (isSet) {
      scope.report({ code: 'date-set-already', span: name.span, data: { name: name.text } })
    } else if (typeDate(scope, date).op === 'date') {
      dates[name.text] = date.value
    }
  }
  const scenario = scenarioOf(scope, node)
  const own = ownDates(scope, node)
  const missing = [...scope.referenceDates.values()]
    .filter(({ value, name }) => value === undefined && !own.includes(name) && !node.dates.some((given) => given.name.text === name))
    .map(({ name }) => name)
  if (missing.length > 0) scope.report({ code: 'case-needs-date', span: node.title.span, data: { names: missing.join('、') } })
  checkRepeats(scope, node.facts)
  checkRepeats(scope, node.expected)
  const people = node.people?.map((person) => personOf(scope, person))
  if (people) checkList(scope, node, people)
  return {
    node,
    scenario: scenario?.name.text,
    dates,
    facts: factsOf(scope, node.facts),
    people: people?.filter((person) => person !== undefined),
    quota: quotaOf(scope, node),
    expected: expectedOf(scope, node),
  }
}

/** Days that the scenario of a case sets by itself. */
function ownDates(scope: Scope, { scenario }: Ast.CaseNode): readonly string[] {
  const members = scope.declarations.scenarios.get(scenario?.text ?? '')?.members ?? []
  return members.flatMap((member) => (member.kind === 'own-date' ? [member.name.text] : []))
}

/** Keys differ, what is expected is expected of somebody in the list, and where a lot may be drawn there is a seed. */
function checkList(scope: Scope, node: Ast.CaseNode, people: readonly (Readonly<Record<string, string>> | undefined)[]) {
  const keys = people.map((person) => person?.[keyColumn] ?? '')
  keys.forEach((key, i) => {
    if (key !== '' && keys.indexOf(key) < i) scope.report({ code: 'duplicate-field', span: node.people?.[i]?.span ?? node.span, data: { name: key } })
  })
  for (const { outcome, value } of node.expected) {
    const named =
      outcome === 'places' && value.kind === 'record'
        ? value.fields.map((field) => ({ key: nameOf(field), span: field.path.span }))
        : outcome === 'admitted' && value.kind === 'list'
          ? value.elements.map((element) => ({ key: keyOf(element) ?? '', span: element.span }))
          : []
    for (const { key, span } of named) if (key !== '' && !keys.includes(key)) reportUnknownName(scope, 'key', key, span, keys)
  }
  const members = scope.declarations.scenarios.get(node.scenario?.text ?? '')?.members ?? []
  const draws = members.some((member) => (member.kind === 'equals' || member.kind === 'cutoff') && member.how === 'lot')
  if (draws && !node.seed) scope.report({ code: 'list-needs-seed', span: node.title.span, data: {} })
}

function scenarioOf(scope: Scope, node: Ast.CaseNode): Ast.ScenarioNode | undefined {
  const { scenarios } = scope.declarations
  const name = node.scenario
  if (name && name.text !== '' && !scenarios.has(name.text)) reportUnknownName(scope, 'scenario', name.text, name.span, scenarios.keys())
  if (node.people && !name) scope.report({ code: 'list-needs-scenario', span: node.title.span, data: {} })
  if (!node.people && (node.quota || node.seed))
    scope.report({ code: 'quota-needs-list', span: node.quota?.span ?? node.seed?.span ?? node.title.span, data: {} })
  return name && scenarios.get(name.text)
}

/** One applicant of a small list: the facts with the key 编号 among them. */
function personOf(scope: Scope, node: Ast.Expression): Record<string, string> | undefined {
  if (node.kind === 'error') return undefined
  if (node.kind !== 'record') {
    scope.report({ code: 'wrong-type', span: node.span, data: { expected: 'record', found: node.kind === 'reference' ? 'name' : node.kind } })
    return undefined
  }
  const name = keyAmong(
    (written) => node.fields.some((field) => nameOf(field) === written),
    (other) => scope.facts.has(other),
  )
  const own = node.fields.find((field) => nameOf(field) === name)
  const key = own && keyOf(own.value)
  if (key === undefined || key === '') scope.report({ code: 'list-needs-key', span: own?.span ?? node.span, data: {} })
  checkRepeats(scope, node.fields)
  return {
    [keyColumn]: key ?? '',
    ...factsOf(
      scope,
      node.fields.filter((field) => field !== own),
    ),
  }
}

const keyOf = (node: Ast.Expression): string | undefined =>
  node.kind === 'text'
    ? node.text
    : node.kind === 'reference'
      ? node.path.names.map(({ text }) => text).join('.')
      : node.kind === 'number'
        ? node.value
        : undefined

/** Places of the use, or for each of its lists. */
function quotaOf(scope: Scope, { quota, scenario }: Ast.CaseNode): TypedTestCase['quota'] {
  if (!quota) return undefined
  const own = scope.declarations.scenarios.get(scenario?.text ?? '')?.members.find((member) => member.kind === 'quota')
  const by = own?.kind === 'quota' ? own.by : undefined
  const { amount, table, span } = quota
  if (by ? amount && amount.kind !== 'error' : table) {
    scope.report({ code: by ? 'quota-by-list' : 'quota-not-whole', span, data: { name: by?.text ?? '' } })
    return undefined
  }
  const whole = (typed: Typed, at: Span): number | undefined => {
    if (typed.op === 'error') return undefined
    if (typed.op === 'number' && decimalPlaces(typed.value) === 0 && typed.value.numerator >= 0n) return Number(typed.value.numerator)
    scope.report({ code: 'quota-not-whole', span: at, data: {} })
    return undefined
  }
  if (amount) return whole(contextOf(scope).type(amount), amount.span)
  const type = by && scope.facts.get(by.text)?.type
  const lists = type && table && listsOf(scope, table, type, span)
  return lists && Object.fromEntries(lists.map(({ name, places }) => [name, whole(places, places.span) ?? 0]))
}

const nameOf = (field: Ast.Field) => field.path.names.map(({ text }) => text).join('.')

function checkRepeats(scope: Scope, fields: readonly Ast.Field[]) {
  const seen = new Map<string, Ast.Field>()
  for (const field of fields) {
    const before = seen.get(nameOf(field))
    if (before && nameOf(field) !== '')
      scope.report({ code: 'duplicate-field', span: field.path.span, data: { name: nameOf(field) }, related: [before.path.span] })
    seen.set(nameOf(field), field)
  }
}

function factsOf(scope: Scope, fields: readonly Ast.Field[]): Record<string, string> {
  const facts: Record<string, string> = {}
  for (const field of fields) {
    const name = nameOf(field)
    const fact = scope.facts.get(name)
    if (!fact) {
      if (name !== '') reportUnknownName(scope, 'fact', name, field.path.span, scope.facts.keys())
      continue
    }
    if (field.value.kind === 'unknown') continue
    const value = writtenValue(scope, field.value, fact.type)
    if (value !== undefined) facts[name] = value
  }
  return facts
}

function expectedOf(scope: Scope, node: Ast.CaseNode): TypedTestCase['expected'] {
  const figures: Record<string, string> = {}
  let [state, until, lowest, highest]: (string | undefined)[] = []
  let awaiting: readonly string[] | undefined
  let places: Record<string, number> | undefined
  let admitted: readonly string[] | undefined
  if (node.expected.length === 0) scope.report({ code: 'case-expects-nothing', span: node.title.span, data: {} })
  for (const field of node.expected) {
    const ofList = field.outcome === 'places' || field.outcome === 'admitted'
    if (ofList !== (node.people !== undefined) && field.path.names.length > 0) {
      scope.report({ code: node.people ? 'list-expects-places' : 'places-need-list', span: field.path.span, data: {} })
      continue
    }
    switch (field.outcome) {
      case 'state':
        state = stateOf(scope, field.value)
        break
      case 'until':
        until = field.value.kind === 'date' ? dateOf(scope, field.value) : mismatch(scope, field.value, 'date')
        break
      case 'lowest':
        lowest = figureOf(scope, field.value)
        break
      case 'highest':
        highest = figureOf(scope, field.value)
        break
      case 'awaiting':
        awaiting = awaitingOf(scope, field.value)
        break
      case 'places':
        places = placesOf(scope, field.value)
        break
      case 'admitted':
        admitted = field.value.kind === 'list' ? field.value.elements.map((element) => keyOf(element) ?? '') : mismatch(scope, field.value, 'list')
        break
      case undefined: {
        const id = figureId(scope, field)
        const figure = id === undefined ? undefined : figureOf(scope, field.value)
        if (id !== undefined && figure !== undefined) figures[id] = figure
      }
    }
  }
  return { state, until, lowest, highest, awaiting, places, admitted, figures }
}

function mismatch(scope: Scope, node: Ast.Expression, expected: string): undefined {
  if (node.kind !== 'error') scope.report({ code: 'wrong-type', span: node.span, data: { expected, found: node.kind === 'reference' ? 'name' : node.kind } })
}

function dateOf(scope: Scope, node: Ast.DateLiteral): string | undefined {
  const typed = typeDate(scope, node)
  return typed.op === 'date' ? typed.value : undefined
}

/** `{甲: 1；乙: 2}`: places by key. */
function placesOf(scope: Scope, node: Ast.Expression): Record<string, number> | undefined {
  if (node.kind !== 'record') return mismatch(scope, node, 'record')
  const places: Record<string, number> = {}
  for (const field of node.fields) {
    const typed = contextOf(scope).type(field.value)
    const place = typed.op === 'number' && decimalPlaces(typed.value) === 0 ? Number(typed.value.numerator) : 0
    if (place < 1 && typed.op !== 'error') scope.report({ code: 'wrong-type', span: field.value.span, data: { expected: 'whole', found: typed.type.kind } })
    if (place >= 1) places[nameOf(field)] = place
  }
  return places
}

function figureId(scope: Scope, field: Ast.Field): string | undefined {
  const written = field.path.names.map(({ text }) => text)
  const last = written.at(-1) ?? ''
  if (last === '') return undefined
  const { itemsByName, totals } = scope.declarations
  const items = itemsNamed(scope, written)
  if (items.length > 1) {
    scope.report({
      code: 'ambiguous-item',
      span: field.path.span,
      data: { name: written.join('.'), paths: items.map(({ path }) => path.join('.')).join('、') },
    })
    return undefined
  }
  if (items[0]) return itemId(items[0].path)
  if (written.length === 1 && totals.has(last)) return totalId(last)
  reportUnknownName(scope, 'item', written.join('.'), field.path.span, [...itemsByName.keys(), ...totals.keys(), unnamedTotal])
  return undefined
}

function figureOf(scope: Scope, node: Ast.Expression): string | undefined {
  if (node.kind === 'error') return undefined
  const typed = contextOf(scope).type(node)
  if (typed.type.kind === 'error') return undefined
  if (typed.op !== 'number') {
    scope.report({ code: 'wrong-type', span: node.span, data: { expected: 'number', found: typed.type.kind } })
    return undefined
  }
  const converted = convertTo(scope, typed, points, node.span)
  return converted?.op === 'number' ? formatDecimal(converted.value) : undefined
}

function stateOf(scope: Scope, node: Ast.Expression): string | undefined {
  if (node.kind === 'error') return undefined
  if (node.kind !== 'reference') {
    scope.report({ code: 'wrong-type', span: node.span, data: { expected: 'name', found: node.kind } })
    return undefined
  }
  const word = node.path.names[0]?.text ?? ''
  const state = byForm.state[scope.surface].get(word)
  if (!state) {
    const known = states.map((known) => known[scope.surface]).join('、')
    scope.report({ code: 'unknown-member', span: node.span, data: { name: word, members: known, suggestion: '' } })
  }
  return state?.id
}

function awaitingOf(scope: Scope, node: Ast.Expression): readonly string[] | undefined {
  if (node.kind === 'error') return undefined
  if (node.kind !== 'list') {
    scope.report({ code: 'wrong-type', span: node.span, data: { expected: 'list', found: node.kind === 'reference' ? 'name' : node.kind } })
    return undefined
  }
  return node.elements.flatMap((element) => {
    if (element.kind === 'error') return []
    if (element.kind !== 'reference') {
      scope.report({ code: 'wrong-type', span: element.span, data: { expected: 'name', found: element.kind } })
      return []
    }
    const name = element.path.names.map(({ text }) => text).join('.')
    if (scope.facts.has(name)) return [name]
    reportUnknownName(scope, 'fact', name, element.span, scope.facts.keys())
    return []
  })
}
