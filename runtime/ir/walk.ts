// Questions about the whole of a compiled expression or policy.

import type { Item } from './schema.ts'

/** The first fact that an expression reads itself; not by way of a definition. */
export function firstFact(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined
  if ('op' in node && node.op === 'fact' && 'fact' in node) return String(node.fact)
  for (const part of Object.values(node)) {
    const found = firstFact(part)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether an item or total stands in an expression. */
export function mentionsFigures(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(mentionsFigures)
  if (typeof node !== 'object' || node === null) return false
  if ('op' in node && (node.op === 'item' || node.op === 'total')) return true
  return Object.values(node).some(mentionsFigures)
}

/** Whether any item or row is there in some uses only. */
export function isForSomeUses(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false
  return 'onlyFor' in node || Object.values(node).some(isForSomeUses)
}

/** The ids of items and of all that is in them. */
export function idsWithin(items: readonly Item[], ids: readonly string[], inside = false): ReadonlySet<string> {
  return new Set(
    items.flatMap((item) => {
      const counts = inside || ids.includes(item.id)
      return [...(counts ? [item.id] : []), ...(item.kind === 'group' ? idsWithin(item.children, ids, counts) : [])]
    }),
  )
}

/** Whether anything in it asks for the other member of the household. */
export function mentionsPartner(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(mentionsPartner)
  if (typeof node !== 'object' || node === null) return false
  return ('op' in node && node.op === 'partner') || Object.values(node).some(mentionsPartner)
}

/** Texts that values are compared with. */
export function textsIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(textsIn)
  if (typeof node !== 'object' || node === null) return []
  if ('op' in node && node.op === 'text' && 'value' in node) return [String(node.value)]
  return Object.values(node).flatMap(textsIn)
}
