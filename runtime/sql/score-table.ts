// The scores as they are written: one row for each applicant who was not rejected, in the order of the file.

import { keyColumn } from '../ir/names.ts'
import type { Item, Policy } from '../ir/schema.ts'
import { outputsOf } from '../plan/outputs.ts'
import { mainTotalOf, type Plan } from '../plan/plan.ts'
import type { Run } from '../run.ts'
import type { Dialect } from './dialect.ts'
import { decimalText, type OutputColumn, runColumns, stateText, type Table, totalText } from './table.ts'

/** Of the relation `scored` with the outputs of points. */
export function scoresTable(run: Run, plan: Plan, dialect: Dialect): Table {
  const { policy, scenario } = run
  const outputs = outputsOf(plan, 'points')
  const figures = new Map([...plan.items, ...plan.totals].map((figure) => [figure.id, figure]))
  const points = (id: string): Pick<OutputColumn, 'text' | 'places'> => {
    const figure = figures.get(id)
    if (!figure) return { text: 'NULL' }
    return { text: decimalText(dialect, `o${outputs.findIndex(({ name }) => name === `proven ${id}`)}`, figure.places), places: figure.places }
  }
  const total = mainTotalOf(run, plan)
  const main = total ? points(total.id) : { text: 'NULL' }
  return {
    columns: [
      { name: keyColumn, text: 'k' },
      { name: '状态', text: stateText('o1', policy, scenario) },
      { ...main, name: '总分', text: totalText('o1', main.text) },
      ...itemColumns(policy).map(({ name, id }) => ({ name, ...points(id) })),
      ...runColumns(run),
    ],
    from: 'scored WHERE NOT o0',
    order: 'n',
  }
}

interface Column {
  readonly name: string
  readonly id: string
}

/** One column for each group and indicator in the policy's order; the path where the name alone is not unique, also but for capitals. */
function itemColumns(policy: Policy): readonly Column[] {
  const items: Item[] = []
  const visit = (item: Item): void => {
    items.push(item)
    if (item.kind === 'group') item.children.forEach(visit)
  }
  policy.items.forEach(visit)
  const reserved = new Set([keyColumn, '状态', '总分', '内容待核', '试算'])
  const count = (name: string) => items.filter((item) => item.name.toLowerCase() === name.toLowerCase()).length
  return items.map((item) => ({ name: count(item.name) > 1 || reserved.has(item.name) ? item.path.join('.') : item.name, id: item.id }))
}
