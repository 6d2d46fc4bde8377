// What an outcome, or a whole run, rests on beside the official text: values that no official text gives (待核), and readings of open
// texts (解释). An outcome names what it used; a run, and a list that it makes, everything that it may have used.

import type { Item, Row } from './ir/schema.ts'
import { stateRules } from './ir/states.ts'
import { allOf, rowsOf } from './ir/walk.ts'
import type { ItemTrace, RowTrace, SourceNote, Step } from './outcome.ts'
import { expressionsOfRun } from './presence.ts'
import type { Run } from './run.ts'

export interface UsedSources {
  readonly unsourced: readonly (SourceNote & { readonly reason: string })[]
  /** Readings of open texts that applied. */
  readonly readings: readonly (SourceNote & { readonly text: string; readonly cites: string | undefined })[]
}

/** @param traces of an outcome; without them whatever the run may use */
export function sourcesOf(run: Run, traces?: readonly ItemTrace[]): UsedSources {
  const { policy, scenario } = run
  const unsourced: (SourceNote & { reason: string })[] = []
  const readings: (SourceNote & { text: string; cites: string | undefined })[] = []
  const add = (
    note: SourceNote,
    node: { readonly unsourced?: readonly string[] | undefined; readonly readings?: readonly { text: string; cites?: string | undefined }[] | undefined },
  ) => {
    for (const reason of node.unsourced ?? []) unsourced.push({ ...note, reason })
    for (const { text, cites } of node.readings ?? []) readings.push({ ...note, text, cites })
  }
  const used = traces && usedIn(traces)
  const passed = traces && passedIn(traces)
  const isUsed = (node: Pick<Item | Row, 'id' | 'onlyFor'>): boolean =>
    used ? used.has(node.id) : node.onlyFor === undefined || (scenario !== undefined && node.onlyFor.includes(scenario.name))
  const visit = (item: Item): void => {
    const note: SourceNote = { kind: 'item', where: item.path.join('.') }
    if (!isUsed(item)) {
      // Of whom no row says anything, why it does not is said.
      if (passed?.has(item.id)) add(note, { readings: item.readings })
      return
    }
    add(note, item)
    if (item.kind === 'group') item.children.forEach(visit)
    for (const row of rowsOf(item)) if (isUsed(row)) add(note, row)
  }
  for (const { name, readings: read } of policy.imports) add({ kind: 'import', where: name }, { readings: read })
  policy.items.forEach(visit)
  for (const total of policy.totals) add({ kind: 'total', where: total.name }, total)
  const parameters = parametersOf(run)
  for (const parameter of policy.parameters) if (parameters.has(parameter.name)) add({ kind: 'parameter', where: parameter.name }, parameter)
  // A rule that does not hold was used too: it let the applicant pass.
  for (const rule of [...policy.states, ...(scenario?.states ?? [])]) add({ kind: 'state', where: stateRules[rule.kind].state }, rule)
  if (scenario) add({ kind: 'scenario', where: scenario.name }, scenario)
  if (policy.inForce) add({ kind: 'in-force', where: '' }, policy.inForce)
  for (const { text, cites } of policy.readings) readings.push({ kind: 'policy', where: '', text, cites })
  return { unsourced, readings }
}

/** Ids of the items and rows that had a part. */
function usedIn(traces: readonly ItemTrace[]): ReadonlySet<string> {
  const used = new Set<string>()
  const visit = (trace: ItemTrace): void => {
    for (const row of trace.rows) markUsed(row, used)
    trace.children.forEach(visit)
    if (!trace.absent && (trace.limited === 'min' || trace.rows.some(({ row }) => used.has(row)) || trace.children.some(({ item }) => used.has(item)))) {
      used.add(trace.item)
    }
  }
  traces.forEach(visit)
  return used
}

/** Ids of the indicators of which no row held. */
function passedIn(traces: readonly ItemTrace[]): ReadonlySet<string> {
  const all = (trace: ItemTrace): readonly ItemTrace[] => [trace, ...trace.children.flatMap(all)]
  const passes = ({ absent, rows }: ItemTrace) => !absent && rows.length > 0 && rows.every(({ status }) => status === 'not-matched')
  return new Set(
    traces
      .flatMap(all)
      .filter(passes)
      .map(({ item }) => item),
  )
}

/** A row that had a part, and the rows inside it. */
function markUsed(row: RowTrace, used: Set<string>) {
  if (row.status === 'not-matched') return
  used.add(row.row)
  const inside = (step: Step): readonly RowTrace[] => (step.kind === 'block' ? step.rows : step.kind === 'each' ? step.records.flatMap(({ rows }) => rows) : [])
  for (const nested of row.steps.flatMap(inside)) markUsed(nested, used)
}

const usedParameters = new WeakMap<Run, ReadonlySet<string>>()

/** The parameters that a run may use. */
function parametersOf(run: Run): ReadonlySet<string> {
  const known = usedParameters.get(run)
  if (known) return known
  const names = new Set(expressionsOfRun(run).flatMap((node) => allOf(node, 'parameter').map(({ parameter }) => parameter)))
  usedParameters.set(run, names)
  return names
}
