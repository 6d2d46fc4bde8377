// What 有 may take without brackets: a list whose 其中 holds no 且 or 或 that a reader would take for those around it.

import type * as Ast from '../ast.ts'

/** A name with filters, all of which would be read the same without brackets around them. */
export function isBareList(node: Ast.Expression): boolean {
  if (node.kind === 'reference') return true
  return node.kind === 'filtered' && node.list.kind === 'reference' && !joinsConditions(node)
}

/** Whether a 且 or 或 stands in it outside all brackets. */
function joinsConditions(node: Ast.Expression): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
      return true
    case 'filtered':
      return node.filters.some((filter) => filter.kind === 'where' && joinsConditions(filter.condition))
    case 'not':
    case 'negative':
    case 'round':
      return joinsConditions(node.operand)
    case 'compare':
    case 'is':
    case 'in':
    case 'has':
      return joinsConditions(node.left) || joinsConditions(node.right)
    case 'range':
      return [node.low, node.high].some((end) => end !== undefined && joinsConditions(end))
    case 'sum':
      return node.terms.some(({ value }) => joinsConditions(value))
    case 'product':
      return node.factors.some(({ value }) => joinsConditions(value))
    default:
      return false
  }
}
