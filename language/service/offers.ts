// Words and names as completions: each list in the form of the text's own surface, with its details in the reader's language.

import { unnamedTotal } from '../../runtime/ir/names.ts'
import { nameForm } from '../format/print.ts'
import type { FactSymbol, Type, TypedPolicy } from '../typed.ts'
import { byForm, formOf, functions, type KeywordId, type Surface } from '../words.ts'
import { allItems } from './at.ts'
import { describeType } from './hover.ts'
import { keywordDocs } from './keyword-docs.ts'

export interface Completion {
  readonly kind: 'keyword' | 'name' | 'member' | 'type' | 'function' | 'value'
  /** What is inserted. */
  readonly text: string
  readonly detail: string
}

export interface Offering {
  readonly typed: TypedPolicy
  readonly surface: Surface
  readonly language: Surface
}

export const keywordOffers = (ids: readonly KeywordId[], { surface, language }: Offering): readonly Completion[] =>
  ids.map((id) => ({ kind: 'keyword', text: formOf(id, surface), detail: keywordDocs[id]?.[language] ?? '' }))

export const wordOffers = (words: readonly { zh: string; en: string }[], kind: Completion['kind'], { surface }: Offering): readonly Completion[] =>
  words.map((word) => ({ kind, text: word[surface], detail: '' }))

export const nameOffers = (names: readonly { name: string; detail?: string }[], { surface }: Offering): readonly Completion[] =>
  names.map(({ name, detail = '' }) => ({ kind: 'name', text: nameForm(name, surface), detail }))

/** Names with their types. */
export const typedOffers = (symbols: readonly { name: string; type: Type }[], offering: Offering): readonly Completion[] =>
  nameOffers(
    symbols.map(({ name, type }) => ({ name, detail: describeType(type, offering.language) })),
    offering,
  )

/** The values of a type that has few. */
export function memberOffers(type: Type | undefined, offering: Offering): readonly Completion[] {
  if (!type) return []
  if ('members' in type) return type.members.map((member) => ({ kind: 'member', text: nameForm(member, offering.surface), detail: '' }))
  return type.kind === 'yesno' ? keywordOffers(['yes', 'no'], offering).map((entry) => ({ ...entry, kind: 'value' })) : []
}

/** All that has a value. */
export function valueOffers(offering: Offering): readonly Completion[] {
  const { facts, definitions, parameters, referenceDates } = offering.typed
  return [
    ...typedOffers(facts, offering),
    ...typedOffers(definitions, offering),
    ...typedOffers(parameters, offering),
    ...nameOffers(
      referenceDates.map(({ name }) => ({ name })),
      offering,
    ),
    ...wordOffers(functions, 'function', offering),
  ]
}

/** The fields of a list of records. */
export const fieldOffers = (list: FactSymbol | undefined, offering: Offering): readonly Completion[] =>
  list?.type.kind === 'records' ? typedOffers(list.type.fields, offering) : []

/** All that gives points. */
export function itemOffers(offering: Offering): readonly Completion[] {
  const items = allItems(offering.typed.items).map(({ name, path }) => ({ name, detail: path.join('.') }))
  return [...nameOffers(items, offering), ...wordOffers([byForm.keyword.id.get('total') ?? { zh: unnamedTotal, en: 'total' }], 'name', offering)]
}
