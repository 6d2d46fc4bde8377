// The items that a text writes itself, and those that it adds to a group that is taken in.

import type * as Ast from '../ast.ts'
import type { Declarations } from '../resolve.ts'
import { fullName, type ItemSymbol } from '../typed.ts'
import { extended, withChild } from './items.ts'
import { itemsNamed } from './names.ts'
import type { Scope } from './scope.ts'

interface ItemNode {
  readonly node: Ast.GroupNode | Ast.IndicatorNode
  readonly above: readonly string[]
  /** Whether a group around it is a 扣分组. */
  readonly deducts: boolean
}

/** Every item that this text writes, by its path. */
export function itemNodes(declarations: Declarations): ReadonlyMap<string, ItemNode> {
  const found = new Map<string, ItemNode>()
  const visit = (node: Ast.GroupNode | Ast.IndicatorNode, above: readonly string[], deducts: boolean): void => {
    const path = [...above, node.name.text]
    const id = path.join('.')
    if (node.name.text === '' || found.has(id)) return
    found.set(id, { node, above, deducts })
    if (node.kind === 'group') for (const child of node.children) visit(child, path, deducts || node.deducts)
  }
  for (const node of declarations.items) visit(node, [], false)
  for (const { path, children } of declarations.extensions) {
    const written = path.names.map(({ text }) => text)
    const base = (declarations.itemsByName.get(written.at(-1) ?? '') ?? []).find(
      (candidate) => candidate.imported && written.every((name, i) => candidate.path[candidate.path.length - written.length + i] === name),
    )
    if (base) for (const child of children) visit(child, base.path, base.node.deducts)
  }
  return found
}

/** Adds the items of each 扩充 to the group that it names, and to what is around the group. */
export function extendGroups(scope: Scope) {
  const { declarations, items, report } = scope
  for (const { path, children } of declarations.extensions) {
    const written = path.names.map(({ text: name }) => name)
    const [found, other] = itemsNamed(scope, written)
    const base = found && !other ? items.get(found.path.join('.')) : undefined
    if (!found || !base || !found.imported || base.kind !== 'group' || !base.extensible) {
      if (written.length > 0 && written[0] !== '') report({ code: 'not-extensible', span: path.span, data: { name: written.join('.') } })
      continue
    }
    const added = children.map((child) => scope.item([...base.path, child.name.text])).filter((item) => item !== undefined)
    let changed = extended(scope, base, added)
    items.set(fullName(changed), changed)
    for (let depth = base.path.length - 1; depth > 0; depth -= 1) {
      const parent = items.get(base.path.slice(0, depth).join('.'))
      if (!parent) break
      changed = withChild(scope, parent, changed)
      items.set(fullName(changed), changed)
    }
  }
}

/** Sets an item and all in it by their full names. */
export function setWithChildren(items: Map<string, ItemSymbol>, item: ItemSymbol) {
  items.set(fullName(item), item)
  for (const child of item.children) setWithChildren(items, child)
}
