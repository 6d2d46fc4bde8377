// Groups, indicators and rows → their compiled form.

import { formatDecimal } from '../../runtime/exact/number.ts'
import type { Award, Item, Row } from '../../runtime/ir/schema.ts'
import type { Span } from '../span.ts'
import { type ItemSymbol, itemId, type Presence, type Sourced, type TypedAward, type TypedLive, type TypedRow } from '../typed.ts'
import { type Lowering, numeric } from './expressions.ts'
import type { Marks } from './marks.ts'

/** @returns what lowers one item with all that is in it */
export function itemLowering(marks: Marks, { expression, unitOf, bounds }: Lowering) {
  const { note, fresh, label, within, cited } = marks
  return item

  function item(symbol: ItemSymbol): Item {
    return within(symbol.source, () => {
      const head = {
        id: note(itemId(symbol), symbol.node.name.span),
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
        : { kind: 'indicator', ...head, ...(symbol.live ? { live: live(symbol.live) } : {}), rows: symbol.rows.map(row) }
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
      ...(symbol.when ? { when: expression(symbol.when) } : {}),
      awards: symbol.awards.map(award),
      ...bounds(symbol),
      ...sourced(symbol, cited),
      ...presence(symbol),
    }
  }

  function award(typedAward: TypedAward): Award {
    const id = fresh()
    switch (typedAward.kind) {
      case 'flat':
        return { kind: 'flat', id, negative: typedAward.negative, amount: expression(typedAward.amount) }
      case 'rate':
        return {
          kind: 'rate',
          id,
          negative: typedAward.negative,
          steps: typedAward.steps,
          per: formatDecimal(typedAward.per),
          ...unitOf(typedAward.quantity.type),
          quantity: expression(typedAward.quantity),
          amount: expression(typedAward.amount),
          ...numeric(typedAward.type),
        }
      case 'stepped':
        return {
          kind: 'stepped',
          id,
          steps: typedAward.steps,
          how: typedAward.how,
          per: formatDecimal(typedAward.per),
          ...unitOf(typedAward.quantity.type),
          quantity: expression(typedAward.quantity),
          bands: typedAward.bands.map(({ low, high, lowOpen, highOpen, negative, amount }) => ({
            ...(low ? { low: formatDecimal(low) } : {}),
            ...(high ? { high: formatDecimal(high) } : {}),
            lowOpen,
            highOpen,
            negative,
            amount: expression(amount),
          })),
          ...numeric(typedAward.type),
        }
      case 'table':
        return {
          kind: 'table',
          id,
          negative: typedAward.negative,
          complete: typedAward.complete,
          entries: typedAward.entries.map(({ when, amount }) => ({ when: expression(when), amount: expression(amount) })),
        }
      case 'block':
        return { kind: 'block', id, mode: typedAward.mode, ...bounds(typedAward), rows: typedAward.rows.map(row) }
      case 'each': {
        const { same } = typedAward
        return {
          kind: 'each',
          id,
          best: typedAward.best,
          list: expression(typedAward.list),
          ...(same ? { same: { key: expression(same.key), ...(same.cap ? { cap: expression(same.cap) } : {}) } } : {}),
          body: row(typedAward.body),
          ...numeric(typedAward.type),
        }
      }
    }
  }
}

function presence({ onlyFor, inForce }: Presence) {
  const days = inForce && { ...(inForce.from === undefined ? {} : { from: inForce.from }), ...(inForce.to === undefined ? {} : { to: inForce.to }) }
  return { ...(onlyFor ? { onlyFor: [...onlyFor] } : {}), ...(days ? { inForce: days } : {}) }
}

/** What a row says, its clauses left out; of a block or a list with braces the head alone. */
function headOf({ node }: TypedRow): Span {
  const last = node.awards.at(-1)
  const end = last?.span.end ?? node.span.end
  const inner = last?.kind === 'each' ? last.body.awards[0] : last
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
