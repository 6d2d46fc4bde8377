// The windows through which rows look back at records: their two ends.

import { type CalendarDate, formatDate } from '../exact/date.ts'
import { partsOfAward } from '../ir/operations.ts'
import type { Expression, Row } from '../ir/schema.ts'
import { visit } from '../ir/walk.ts'
import type { RowTrace } from '../outcome.ts'
import { evaluate } from './evaluate.ts'
import type { Person } from './person.ts'
import { calendarYears, lastWindow, type Window } from './records.ts'

type WindowOp = 'last' | 'last-years' | 'between'
export type WindowNode<O extends WindowOp = WindowOp> = Extract<Expression, { op: O }>

const windows: { readonly [O in WindowOp]: (person: Person, node: WindowNode<O>) => Window | undefined } = {
  last: (person, node) => windowOn(person, node.day, (on) => lastWindow(on, node.months, node.days)),
  'last-years': (person, node) => windowOn(person, node.day, (on) => calendarYears(on, node.years)),
  between: (person, node) => windowOn(person, node.from, (low) => windowOn(person, node.to, (high) => ({ low, high }))),
}

function windowOn<T>(person: Person, day: Expression, window: (on: CalendarDate) => T): T | undefined {
  const on = evaluate(person, day)
  return on.kind === 'date' ? window(on.value) : undefined
}

/** The first and the last day of a window, when they are known. */
export const windowOf = (person: Person, node: WindowNode): Window | undefined =>
  (windows[node.op] as (person: Person, node: WindowNode) => Window | undefined)(person, node)

const isWindow = (node: Expression): node is WindowNode => Object.hasOwn(windows, node.op)

const windowNodes = new WeakMap<Row, readonly WindowNode[]>()

/** The two ends of every window that the row looks back through. */
export function windowsOf(person: Person, row: Row): RowTrace['windows'] {
  const nodes = windowNodes.get(row) ?? findWindows(row)
  windowNodes.set(row, nodes)
  return nodes.flatMap((node) => {
    const window = windowOf(person, node)
    return window ? [{ from: formatDate(window.low), to: formatDate(window.high) }] : []
  })
}

function findWindows({ when, awards }: Row): readonly WindowNode[] {
  const found: WindowNode[] = []
  for (const node of [...(when ? [when] : []), ...awards.flatMap((award) => partsOfAward<Expression>(award))])
    visit(node, (part) => {
      if (isWindow(part)) found.push(part)
      return true
    })
  return found
}
