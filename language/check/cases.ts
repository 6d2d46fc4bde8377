// Reads the cases of a policy: dates for the reference dates, facts in written form, and what is expected of which item.

import { formatDecimal } from '../../runtime/exact/number.ts'
import type * as Ast from '../ast.ts'
import type { TypedTestCase } from '../typed.ts'
import { byForm, unnamedTotal } from '../words.ts'
import { convertTo } from './arithmetic.ts'
import { contextOf } from './expression.ts'
import { itemsNamed, typeDate } from './names.ts'
import { reportUnknownName, type Scope } from './scope.ts'
import { points } from './units.ts'
import { writtenValue } from './written.ts'

/** Where the figures of every total and item are found under `expected.figures`. */
export const totalId = (name: string): string => `total ${name}`

export function checkCase(scope: Scope, node: Ast.CaseNode): TypedTestCase {
  const dates: Record<string, string> = {}
  for (const [i, { name, date }] of node.dates.entries()) {
    const before = node.dates.slice(0, i).find((given) => given.name.text === name.text)
    if (before) scope.report({ code: 'duplicate-field', span: name.span, data: { name: name.text }, related: [before.name.span] })
    if (!scope.referenceDates.has(name.text)) {
      if (name.text !== '') reportUnknownName(scope, name.text, name.span, scope.referenceDates.keys())
    } else if (typeDate(scope, date).op === 'date') {
      dates[name.text] = date.value
    }
  }
  const missing = [...scope.referenceDates.keys()].filter((name) => !node.dates.some((given) => given.name.text === name))
  if (missing.length > 0) scope.report({ code: 'case-needs-date', span: node.title.span, data: { names: missing.join('、') } })
  checkRepeats(scope, node.facts)
  checkRepeats(scope, node.expected)
  return { node, dates, facts: factsOf(scope, node), expected: expectedOf(scope, node) }
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

function factsOf(scope: Scope, node: Ast.CaseNode): Record<string, string> {
  const facts: Record<string, string> = {}
  for (const field of node.facts) {
    const name = nameOf(field)
    const fact = scope.facts.get(name)
    if (!fact) {
      if (name !== '') reportUnknownName(scope, name, field.path.span, scope.facts.keys())
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
  const special: { state?: string; lowest?: string; highest?: string; awaiting?: readonly string[] } = {}
  if (node.expected.length === 0) scope.report({ code: 'case-expects-nothing', span: node.title.span, data: {} })
  for (const field of node.expected) {
    switch (field.outcome) {
      case 'state': {
        const state = stateOf(scope, field.value)
        if (state) special.state = state
        break
      }
      case 'lowest':
      case 'highest': {
        const figure = figureOf(scope, field.value)
        if (figure !== undefined) special[field.outcome] = figure
        break
      }
      case 'awaiting': {
        const names = awaitingOf(scope, field.value)
        if (names) special.awaiting = names
        break
      }
      case undefined: {
        const id = figureId(scope, field)
        const figure = id === undefined ? undefined : figureOf(scope, field.value)
        if (id !== undefined && figure !== undefined) figures[id] = figure
      }
    }
  }
  return { state: special.state, lowest: special.lowest, highest: special.highest, awaiting: special.awaiting, figures }
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
  if (items[0]) return items[0].path.join('.')
  if (written.length === 1 && totals.has(last)) return totalId(last)
  reportUnknownName(scope, written.join('.'), field.path.span, [...itemsByName.keys(), ...totals.keys(), unnamedTotal])
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
    const known = [...byForm.state[scope.surface].keys()].join('、')
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
    reportUnknownName(scope, name, element.span, scope.facts.keys())
    return []
  })
}
