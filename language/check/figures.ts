// A parameter by the day has a figure for every day on which the policy asks for one: on a day without, nobody can be scored.

import { childrenOf, type ParameterSymbol, type Typed, type TypedPolicy } from '../typed.ts'
import { type Days, holesBetween, meeting, moved } from './days.ts'
import type { Root } from './roots.ts'
import type { Scope } from './scope.ts'
import { partsOfDefinition } from './through.ts'

const always: Days = { from: undefined, to: undefined }

/**
 * Tells of the days from the first on which a figure is asked for; one that ends is not carried into a year for which none was published, and
 * that is no mistake.
 *
 * @param roots all of the policy's
 */
export function checkFigures(scope: Scope, { parameters, definitions, referenceDates }: TypedPolicy, roots: readonly Root[]) {
  const [main] = referenceDates
  const asked = new Map<string, Days[]>()
  const visit = (node: Typed, days: Days): void => {
    if (node.op === 'parameter' && node.on?.op === 'reference-date' && node.on.name === main?.name) {
      const known = asked.get(node.parameter.name)
      if (known) known.push(days)
      else asked.set(node.parameter.name, [days])
    }
    for (const child of childrenOf(node)) visit(child, days)
  }
  for (const { node, days, isQuota } of roots) {
    const needed = days && meeting(days, scope.inForce)
    if (needed && !isQuota) visit(node, needed)
  }
  // A definition is worked out whenever something asks for it.
  for (const definition of definitions) for (const part of partsOfDefinition(definition)) visit(part, scope.inForce ?? always)
  for (const parameter of parameters) if (parameter.source === 0 && parameter.dated) reportMissing(scope, parameter, asked.get(parameter.name) ?? [])
}

function reportMissing({ report }: Scope, { name, node, values }: ParameterSymbol, asked: readonly Days[]) {
  const [first] = values
  // Days out of their order are told by themselves.
  const isInOrder = values.every(({ from, to }, i) => (to === undefined || to >= (from ?? '')) && (from ?? '') >= (values[i - 1]?.from ?? ''))
  if (node.body.kind !== 'dated' || first?.from === undefined || !isInOrder) return
  const places = node.body.values
  const tell = (missing: Days, at: number) => {
    const span = places[at]?.from?.span ?? node.name.span
    if (missing.from !== undefined && missing.to !== undefined)
      report({ code: 'parameter-without-value', span, data: { name, from: missing.from, to: missing.to } })
  }
  const begins = asked.map(({ from }) => from).filter((from) => from !== undefined && from < (first.from ?? ''))
  const [begin] = begins.sort()
  if (begin !== undefined) tell({ from: begin, to: moved(first.from, -1) }, 0)
  const stretches = values.map(({ from, to }, i) => ({
    from,
    to: to ?? (values[i + 1]?.from === undefined ? undefined : moved(values[i + 1]?.from ?? '', -1)),
  }))
  for (const hole of holesBetween(stretches)) {
    const missing = asked.map((days) => meeting(days, hole)).find((days) => days !== undefined)
    if (missing) tell(missing, hole.after)
  }
}
