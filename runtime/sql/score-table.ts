// The scores as they are written: one row for each applicant who was not rejected, in the order of the file.

import type { Item, Policy } from '../ir/schema.ts'
import { type Detail, outputsOf } from '../plan/outputs.ts'
import { mainTotalOf, type Plan } from '../plan/plan.ts'
import type { Language } from '../problems.ts'
import type { Run } from '../run.ts'
import type { Dialect } from './dialect.ts'
import { fileWords } from './file-words.ts'
import { awaitingText, decimalText, type OutputColumn, runColumns, stateText, type Table, totalText } from './table.ts'

/** What scores say beside the points: what is awaited, and the bounds of every figure where these are wanted. */
export const scoreDetail = (bounds: boolean): Detail => (bounds ? 'bounds' : 'scores')

/** Of the relation `scored` with the outputs of `scoreDetail`. */
export function scoresTable(run: Run, plan: Plan, dialect: Dialect, { bounds, language }: AsWritten): Table {
  const w = fileWords[language]
  const { policy, scenario } = run
  const outputs = outputsOf(plan, scoreDetail(bounds))
  const figures = new Map([...plan.items, ...plan.totals].map((figure) => [figure.id, figure]))
  /** Where an output stands; a bound that is none of its own is the proven figure. */
  const column = (part: string, id: string): string => {
    const own = placeOf(`${part} ${id}`)
    return `o${own < 0 ? placeOf(`proven ${id}`) : own}`
  }
  const placeOf = (wanted: string): number => outputs.findIndex(({ name }) => name === wanted)
  const points = (part: string, id: string): Pick<OutputColumn, 'text' | 'places'> => {
    const figure = figures.get(id)
    return figure ? { text: decimalText(dialect, column(part, id), figure.places), places: figure.places } : { text: 'NULL' }
  }
  const parts = [['proven', ''], ...(bounds ? boundsIn(language) : [])] as const
  const columnsOf = (name: string, id: string): readonly OutputColumn[] => parts.map(([part, suffix]) => ({ name: `${name}${suffix}`, ...points(part, id) }))
  const total = mainTotalOf(run, plan)
  const main = total ? columnsOf(w.total, total.id) : [{ name: w.total, text: 'NULL' }]
  return {
    columns: [
      { name: w.key, text: 'k' },
      { name: w.state, text: stateText('o1', policy, scenario, language) },
      ...main.map((one) => ({ ...one, text: totalText('o1', one.text) })),
      { name: w.awaiting, text: awaitingText(dialect, plan, awaitingColumn(plan, bounds), language) },
      ...itemColumns(policy, language, bounds).flatMap(({ name, id }) => columnsOf(name, id)),
      ...runColumns(run, language),
    ],
    from: 'scored WHERE NOT o0',
    order: 'n',
  }
}

/** How the scores are to be written. */
export interface AsWritten {
  /** Also the lowest and the highest of every figure. */
  readonly bounds: boolean
  readonly language: Language
}

const boundsIn = (language: Language) =>
  [
    ['low', fileWords[language].lowest],
    ['high', fileWords[language].highest],
  ] as const

/** The columns of `scored` that hold what is awaited. */
export function awaitingColumn(plan: Plan, bounds: boolean): (word: number) => string {
  const outputs = outputsOf(plan, scoreDetail(bounds))
  return (word) => `o${outputs.findIndex(({ name }) => name === `awaiting ${word}`)}`
}

interface Column {
  readonly name: string
  readonly id: string
}

/**
 * One column for each group and indicator in the policy's order; the path where the name alone is not unique, also but for capitals, and a
 * number after it where another column is called so all the same.
 */
function itemColumns(policy: Policy, language: Language, bounds: boolean): readonly Column[] {
  const items: Item[] = []
  const visit = (item: Item): void => {
    items.push(item)
    if (item.kind === 'group') item.children.forEach(visit)
  }
  policy.items.forEach(visit)
  const { key, state, total, awaiting, unsourced, trial } = fileWords[language]
  const suffixes = boundsIn(language).map(([, suffix]) => suffix)
  const reserved = new Set([key, state, total, awaiting, unsourced, trial, ...suffixes.map((suffix) => `${total}${suffix}`)])
  const used = new Set<string>()
  const columns = (name: string): readonly string[] => ['', ...(bounds ? suffixes : [])].map((suffix) => `${name}${suffix}`)
  const isFree = (name: string): boolean => columns(name).every((column) => !reserved.has(column.toLowerCase()) && !used.has(column))
  const count = (name: string) => items.filter((item) => item.name.toLowerCase() === name.toLowerCase()).length
  return items.map((item) => {
    const own = count(item.name) > 1 || reserved.has(item.name.toLowerCase()) ? item.path.join('.') : item.name
    let name = own
    for (let number = 2; !isFree(name); number += 1) name = `${own}（${number}）`
    for (const column of columns(name)) used.add(column)
    return { name, id: item.id }
  })
}
