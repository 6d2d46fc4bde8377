// Typed policy → the compiled form: plain JSON with ids, labels in both surfaces, and places in a side table. Decides
// nothing; what could be wrong was said by checking.

import type { TestCase } from '../../runtime/ir/cases.ts'
import { figuresOf } from '../../runtime/ir/figures.ts'
import { policyHashOf, type Unhashed } from '../../runtime/ir/hash.ts'
import { identified } from '../../runtime/ir/identity.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import { formatVersion } from '../../runtime/ir/version.ts'
import type * as Ast from '../ast.ts'
import { sourcedBy } from '../check/clauses.ts'
import { papersOf } from '../coverage/papers.ts'
import type { TypedPolicy } from '../typed.ts'
import { lowerCases } from './cases.ts'
import { type Lowering, loweringOf } from './expressions.ts'
import { itemLowering, sourced } from './items.ts'
import type { Source } from './marks.ts'
import { lowerScenario, lowerState } from './uses.ts'
import { lowerDeadline, lowerDefinition, lowerFact, lowerParameter, lowerTotal } from './values.ts'

export interface Lowered {
  readonly policy: Policy
  readonly cases: readonly TestCase[]
}

/** @param sources the policy's own text first, then those of the policies that it takes in */
export function lower(typed: TypedPolicy, sources: readonly Source[], imports: Policy['imports']): Lowered {
  const lowering = loweringOf(sources)
  const each = <T, Made>(list: readonly T[], one: (lowering: Lowering, symbol: T) => Made): Made[] => list.map((symbol) => one(lowering, symbol))
  const draft: Unhashed = {
    format: 'heng',
    version: formatVersion,
    ...headOf(typed.node),
    referenceDates: typed.referenceDates.map(({ name }) => name),
    ownDates: typed.referenceDates.flatMap(({ name, value }) => (value ? [{ name, value: lowering.expression(value) }] : [])),
    facts: each(typed.facts, lowerFact),
    parameters: each(typed.parameters, lowerParameter),
    definitions: each(typed.definitions, lowerDefinition),
    items: typed.items.map(itemLowering(lowering)),
    totals: each(typed.totals, lowerTotal),
    states: each(typed.states, lowerState),
    scenarios: each(typed.scenarios, lowerScenario),
    deadlines: each(typed.deadlines, lowerDeadline),
    imports,
    ...notesOf(typed.node),
    sources: sources.map(({ path, sha256 }) => ({ path, sha256 })),
    places: lowering.places,
    labels: lowering.labels,
    units: lowering.units,
  }
  return { policy: finished(draft, lowering), cases: lowerCases(typed.cases, sources[0]?.text ?? '') }
}

/** Rows, rules and keys get their ids, figures their places, and the whole its hash. */
function finished(draft: Unhashed, { written }: Lowering): Policy {
  const named = identified(draft)
  const places = { ...named.places }
  for (const { id, node } of figuresOf(named)) {
    const place = node && written.get(node)
    if (place) places[id] = place
  }
  const { sources, labels, units, ...rules } = named
  return { ...rules, policyHash: policyHashOf(named), sources, places, labels, units }
}

function headOf({ name, members }: Ast.PolicyNode): Pick<Unhashed, 'name' | 'number' | 'text' | 'moreTexts' | 'replaces' | 'inForce'> {
  const header = (kind: 'number' | 'replaces') => {
    const member = members.find((candidate) => candidate.kind === kind)
    return member?.kind === kind ? { [kind]: member.text.text } : {}
  }
  const [text, ...moreTexts] = papersOf({ members })
  const texts = { ...(text === undefined ? {} : { text }), ...(moreTexts.length === 0 ? {} : { moreTexts }) }
  const inForce = members.find((member) => member.kind === 'in-force')
  const days = inForce && { from: inForce.from.value, ...(inForce.to ? { to: inForce.to.value } : {}), ...saidBy(inForce.clauses) }
  return { name: name.text, ...header('number'), ...texts, ...header('replaces'), ...(days ? { inForce: days } : {}) }
}

/** 解释 of the policy as a whole, and what becomes of clauses of its paper. */
function notesOf({ members }: Ast.PolicyNode): Pick<Unhashed, 'readings' | 'clauses'> {
  return {
    readings: members.filter((member) => member.kind === 'reading').map(({ text, cites }) => ({ text: text.text, ...(cites ? { cites: cites.text } : {}) })),
    clauses: members.filter((member) => member.kind === 'clause').map(({ clause, how, reason }) => ({ clause: clause.text, how, reason: reason.text })),
  }
}

/** 待核 and 解释 of the head of a policy. */
export function saidBy(clauses: readonly Ast.SourceClause[]) {
  const { unsourced, readings } = sourced(sourcedBy(clauses))
  return { ...(unsourced.length > 0 ? { unsourced } : {}), ...(readings.length > 0 ? { readings } : {}) }
}
