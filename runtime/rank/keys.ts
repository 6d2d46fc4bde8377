// The keys of a ranking: what each is worth for a candidate, and how two candidates compare.

import { formatDate } from '../exact/date.ts'
import { compare, type Exact, formatDecimal } from '../exact/number.ts'
import { compareTexts } from '../exact/text.ts'
import { provenByFormula } from '../interpret.ts'
import { evaluate } from '../interpreter/evaluate.ts'
import type { Person } from '../interpreter/person.ts'
import type { Value } from '../interpreter/value.ts'
import { provenOf } from '../interpreter/values.ts'
import type { RankKey } from '../ir/schema.ts'
import { mentionsFigures } from '../ir/walk.ts'

/** `undefined` when it is not known: such a key comes after all known ones, equal among themselves. */
export type KeyValue = { readonly kind: 'number'; readonly value: Exact } | { readonly kind: 'order'; readonly value: number | string; readonly shown: string }

export function keyValue(person: Person, key: RankKey): KeyValue | undefined {
  // Points rank by what is proven; whatever is open in them is told elsewhere.
  if (key.kind === 'number' && mentionsFigures(key.value)) return { kind: 'number', value: provenByFormula(person, key.value, new Set()).low }
  const value = evaluate(person, key.value)
  switch (value.kind) {
    case 'unknown':
    case 'number': {
      const proven = provenOf(value)
      return proven && { kind: 'number', value: proven }
    }
    case 'member':
      return { kind: 'order', value: memberOrder(key, value.value), shown: shownMember(person, key, value.value) }
    case 'yesno':
      return { kind: 'order', value: value.value ? 1 : 0, shown: value.value ? '是' : '否' }
    case 'date':
      return { kind: 'order', value: value.value, shown: formatDate(value.value) }
    default:
      return { kind: 'order', value: showText(value), shown: showText(value) }
  }
}

const showText = (value: Value): string => (value.kind === 'text' ? value.value : '')

/** Members that 按 […] does not name come last, equal. */
function memberOrder({ order }: RankKey, index: number): number {
  if (!order) return index
  const at = order.indexOf(index)
  return at < 0 ? order.length : at
}

function shownMember(person: Person, key: RankKey, index: number): string {
  const node = key.value
  const type =
    node.op === 'fact' ? person.index.facts.get(node.fact)?.type : node.op === 'definition' ? person.index.definitions.get(node.definition)?.type : undefined
  return type && 'members' in type ? (type.members[index] ?? String(index)) : String(index)
}

/** As it stands in an output: empty when not known. */
export const showKey = (value: KeyValue | undefined): string => (value === undefined ? '' : value.kind === 'number' ? formatDecimal(value.value) : value.shown)

/** Number keys hold numbers, text keys texts. */
function compareOrders(a: number | string | Exact, b: number | string | Exact): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b)
  return a === b ? 0 : (a as number) < (b as number) ? -1 : 1
}

/** Below zero when `a` comes first by this key. */
export function compareKey(key: RankKey, a: KeyValue | undefined, b: KeyValue | undefined): number {
  if (!a || !b) return a ? -1 : b ? 1 : 0
  const order = a.kind === 'number' && b.kind === 'number' ? compare(a.value, b.value) : compareOrders(a.value, b.value)
  return key.ascending ? order : -order
}

/** Index of the first key by which two candidates differ, with who comes first; `undefined` for equals. */
export function decidingKey(
  keys: readonly RankKey[],
  a: readonly (KeyValue | undefined)[],
  b: readonly (KeyValue | undefined)[],
): { readonly index: number; readonly order: number } | undefined {
  for (const [index, key] of keys.entries()) {
    const order = compareKey(key, a[index], b[index])
    if (order !== 0) return { index, order }
  }
  return undefined
}
