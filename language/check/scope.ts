// What the checks share: the declarations, the symbols found so far, and where to report.

import type { Diagnostic, Fix, Report } from '../diagnostics/diagnostic.ts'
import type { Declarations } from '../resolve.ts'
import type { Span } from '../span.ts'
import type { DefinitionSymbol, FactSymbol, ItemSymbol, OwnUnit, ParameterSymbol, ReferenceDateSymbol, Typed, TypedTotal, ValueSymbol } from '../typed.ts'
import type { Surface } from '../words.ts'
import type { Days } from './days.ts'
import { likely } from './nearest.ts'

export type Words = Pick<ReadonlySet<string>, 'has'>

export interface Scope {
  readonly text: string
  readonly surface: Surface
  readonly declarations: Declarations
  readonly report: Report
  /** The days on which the policy is in force; `undefined` where it does not say. */
  readonly inForce: Days | undefined
  readonly facts: Map<string, FactSymbol>
  readonly parameters: Map<string, ParameterSymbol>
  readonly referenceDates: Map<string, ReferenceDateSymbol>
  /** The author's own units, by their word. */
  readonly units: Map<string, OwnUnit>
  /** Filled on demand. */
  readonly definitions: Map<string, DefinitionSymbol>
  /** All definitions in order of dependence, those inside items included. */
  readonly definitionOrder: DefinitionSymbol[]
  /** Tells definitions of one name in one item apart. */
  readonly distinct: (id: string) => string
  /** By joined path. */
  readonly items: Map<string, ItemSymbol>
  readonly totals: Map<string, TypedTotal>
  /** Types a definition when it is first needed; `undefined` inside its own value. */
  define(name: string): DefinitionSymbol | undefined
  /** As `define`, for totals that build on one another. */
  total(name: string): TypedTotal | undefined
  /** As `define`, for items whose points are used elsewhere. */
  item(path: readonly string[]): ItemSymbol | undefined
  /** Words that may have been meant as declarations and could not be read: silence about them. */
  readonly lost: Words
  readonly unknown: Set<string>
  /** Whether a name could stand where another is used: what is compared with years is no age. */
  fits(name: string, other: string): boolean
  /** The fact that would declare a name, as it seems to be used. */
  declaring(name: string, written: string): Fix | undefined
  /** Names that were passed over because what is wrong with them is told elsewhere. */
  readonly passedOver: Set<string>
}

export const failure = (span: Span): Typed => ({ op: 'error', type: { kind: 'error' }, span })

/** A name whose own declaration is at fault, and says so there. */
export function passOver(scope: Scope, name: string, span: Span): Typed {
  scope.passedOver.add(name)
  return failure(span)
}

/** Reports and gives an error node in one go. */
export function fail(scope: Scope, diagnostic: Diagnostic): Typed {
  scope.report(diagnostic)
  return failure(diagnostic.span)
}

export function valueSymbol(scope: Scope, name: string): ValueSymbol | undefined {
  return (
    scope.facts.get(name) ??
    scope.parameters.get(name) ??
    scope.referenceDates.get(name) ??
    (scope.declarations.values.has(name) ? scope.define(name) : undefined)
  )
}

export type Named = 'value' | 'item' | 'scenario' | 'reference-date' | 'fact' | 'key' | 'total' | 'field'

/** A name that nobody declared is reported once, at its first use, with the nearest name. */
/** @param kind what the name should be of */
export function reportUnknownName(scope: Scope, kind: Named, name: string, span: Span, candidates: Iterable<string>): Typed {
  if (scope.lost.has(name) || scope.unknown.has(name)) return failure(span)
  scope.unknown.add(name)
  const near = likely(name, candidates)
  const suggestion = near !== undefined && scope.fits(name, near) ? near : undefined
  const declared = kind === 'value' || kind === 'fact' || kind === 'item' ? scope.declaring(name, scope.text.slice(span.start, span.end)) : undefined
  return fail(scope, {
    code: 'unknown-name',
    span,
    data: { name, kind, suggestion: suggestion ?? '' },
    fixes: [
      ...(suggestion ? [{ title: 'replace', data: { text: suggestion }, edits: [{ span, text: suggestion }] } as const] : []),
      ...(declared ? [declared] : []),
    ],
  })
}
