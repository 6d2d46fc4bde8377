// Facts, parameters, definitions, totals and deadlines → their compiled form.

import { formatDecimal } from '../../runtime/exact/number.ts'
import { deadlineId, factId, parameterId, totalId } from '../../runtime/ir/ids.ts'
import type { Deadline, Definition, Fact, Parameter, Total } from '../../runtime/ir/schema.ts'
import type { DefinitionSymbol, FactSymbol, ParameterSymbol, TypedDeadline, TypedTotal } from '../typed.ts'
import { type Lowering, numeric } from './expressions.ts'
import { sourced } from './items.ts'

export function lowerFact({ within, note, factType }: Lowering, fact: FactSymbol): Fact {
  return within(fact.source, () => {
    note(factId(fact.name), fact.node.name.span)
    return {
      name: fact.name,
      type: factType(fact.type),
      ...sourceOf(fact),
      ...(fact.notAfter === undefined ? {} : { notAfter: fact.notAfter }),
      ...(fact.defaultValue === undefined ? {} : { default: fact.defaultValue }),
      defaultKey: fact.defaultKey,
      required: fact.required,
      unique: fact.unique,
      ...(fact.household === undefined ? {} : { household: fact.household }),
    }
  })
}

function sourceOf({ node }: FactSymbol): Pick<Fact, 'source' | 'auditedBy'> {
  const source = node.clauses.find((clause) => clause.kind === 'source')
  const auditor = node.clauses.find((clause) => clause.kind === 'audited-by')
  return { ...(source ? { source: source.text.text } : {}), ...(auditor ? { auditedBy: auditor.text.text } : {}) }
}

export function lowerParameter({ within, note, unitOf, cited }: Lowering, parameter: ParameterSymbol): Parameter {
  return within(parameter.source, () => {
    note(parameterId(parameter.name), parameter.node.name.span)
    return {
      name: parameter.name,
      ...numeric(parameter.type),
      ...unitOf(parameter.type),
      values: parameter.values.map(({ from, to, value }) => ({
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        value: formatDecimal(value),
      })),
      ...sourced(parameter, cited),
    }
  })
}

export function lowerDefinition(lowering: Lowering, definition: DefinitionSymbol): Definition {
  const { within, note, factType, expression, condition } = lowering
  return within(definition.source, () => ({
    id: note(definition.id, definition.node.name.span),
    name: definition.name,
    ...(definition.within === undefined ? {} : { within: definition.within }),
    type: factType(definition.type),
    perRecord: definition.perRecord,
    cases: definition.cases.map(({ when, value }) => ({
      ...(when ? { when: condition(when) } : {}),
      value: value.type.kind === 'yesno' ? condition(value) : expression(value),
    })),
  }))
}

export function lowerTotal({ note, label, expression, bounds }: Lowering, total: TypedTotal): Total {
  const id = note(totalId(total.name), total.node.span)
  label(id, total.node.value.span)
  return { id, name: total.name, value: expression(total.value), ...numeric(total.range), ...bounds(total), ...sourced(total) }
}

export function lowerDeadline({ note, label }: Lowering, deadline: TypedDeadline): Deadline {
  const { node, amount, unit, extension } = deadline
  const id = note(deadlineId(node.name.text), node.span)
  label(id, { start: node.from.span.start, end: (node.extension ?? node.amount).span.end })
  return {
    id,
    name: node.name.text,
    from: node.from.text,
    ahead: node.ahead,
    bound: node.bound,
    amount,
    unit,
    ...(extension ? { extension } : {}),
    ...sourced(deadline),
  }
}
