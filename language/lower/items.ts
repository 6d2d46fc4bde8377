// Groups, indicators and rows → their compiled form.

import { turned } from '../../runtime/ir/fields.ts'
import { itemId } from '../../runtime/ir/ids.ts'
import { awards } from '../../runtime/ir/operations.ts'
import type { Award, Item, Row } from '../../runtime/ir/schema.ts'
import type { Span } from '../span.ts'
import type { ItemSymbol, Presence, Sourced, TypedAward, TypedLive, TypedRow } from '../typed.ts'
import { type Lowering, numeric, proofOf } from './expressions.ts'

/** @returns what lowers one item with all that is in it */
export function itemLowering({ note, fresh, label, within, cited, expression, condition, turn, unitOf, bounds }: Lowering): (symbol: ItemSymbol) => Item {
  return item

  function item(symbol: ItemSymbol): Item {
    return within(symbol.source, () => {
      const head = {
        id: note(itemId(symbol.path), symbol.node.name.span),
        name: symbol.name,
        path: [...symbol.path],
        mode: symbol.mode,
        deducts: symbol.deducts,
        ...numeric(symbol.range),
        ...bounds(symbol),
        ...sourced(symbol, cited),
        ...presence(symbol),
      }
      return symbol.kind === 'group'
        ? { kind: 'group', ...head, children: symbol.children.map(item) }
        : {
            kind: 'indicator',
            ...head,
            ...(symbol.complete && { complete: true }),
            ...(symbol.live ? { live: live(symbol.live) } : {}),
            rows: symbol.rows.map(row),
          }
    })
  }

  function live({ from, to, on, spend }: TypedLive) {
    return {
      from: expression(from),
      to: expression(to),
      on: expression(on),
      ...(spend ? { spend: { list: expression(spend.list), date: spend.date, amount: expression(spend.amount) } } : {}),
    }
  }

  function row(symbol: TypedRow): Row {
    const id = note(fresh(), symbol.node.span)
    label(id, headOf(symbol))
    return {
      id,
      guard: symbol.guard,
      ...(symbol.when ? { when: condition(symbol.when) } : {}),
      awards: symbol.awards.map(award),
      ...bounds(symbol),
      ...sourced(symbol, cited),
      ...presence(symbol),
    }
  }

  function award(typed: TypedAward): Award {
    const { kind } = typed
    const { proves, fields } = awards[kind]
    const unit = 'quantity' in typed ? unitOf(typed.quantity.type) : {}
    const held = typed.kind === 'table' ? table(typed) : turned(fields, typed, { ...turn, row })
    return { kind, ...proofOf(proves, typed.type), ...held, ...unit } as Award
  }

  /** A column and a line have words, by which a receipt says which of them it was. */
  function table({ negative, complete, entries }: Extract<TypedAward, { kind: 'table' }>) {
    return { negative, complete, entries: entries.map(({ when, amount }) => ({ when: condition(when), amount: expression(amount) })) }
  }
}

function presence({ onlyFor, inForce }: Presence) {
  const days = inForce && { ...(inForce.from === undefined ? {} : { from: inForce.from }), ...(inForce.to === undefined ? {} : { to: inForce.to }) }
  return { ...(onlyFor ? { onlyFor: [...onlyFor] } : {}), ...(days ? { inForce: days } : {}) }
}

/** What a row says, its clauses left out; of a block, a table or a list with braces the head alone. */
function headOf({ node }: TypedRow): Span {
  const last = node.awards.at(-1)
  const inner = last?.kind === 'each' ? last.body.awards[0] : last
  const end = (inner?.kind === 'table' ? inner.subjects.at(-1)?.span.end : last?.span.end) ?? node.span.end
  if (inner?.kind === 'block' && inner.rows && inner.rows.length > 0) {
    const start = inner.clauses.at(-1)?.span.end ?? inner.mode?.span.end ?? inner.span.start
    return { start: node.span.start, end: Math.max(start, node.span.start + 1) }
  }
  return { start: node.span.start, end }
}

/** @param cited names a clause with its paper where that is another one */
export const sourced = ({ cites, auditedBy, unsourced, readings }: Sourced, cited: (clauses: string) => string = (clauses) => clauses) => ({
  cites: cites.map(cited),
  auditedBy: [...auditedBy],
  unsourced: [...unsourced],
  readings: readings.map(({ text, cites: clauses }) => ({ text, ...(clauses === undefined ? {} : { cites: cited(clauses) }) })),
})
