// Conditions → what they ask about, with one sample for every region that they can tell apart, and whether they hold for given samples.
// Numbers and dates are compared with constants only, so a value beside each constant stands for all others; members and yes/no are
// tried one by one. A comparison that is not of this kind becomes a free yes/no.

import { dayNumber, firstDate, formatDate, fromDayNumber, lastDate, parseDate } from '../../runtime/exact/date.ts'
import { add, compare, divide, type Exact, formatDecimal, fromInteger, negate } from '../../runtime/exact/number.ts'
import { holds } from '../../runtime/exact/order.ts'
import { type Turn, turned } from '../../runtime/ir/fields.ts'
import { operations } from '../../runtime/ir/operations.ts'
import type { DefinitionSymbol, FactSymbol, FieldSymbol, ItemSymbol, ParameterSymbol, Presence, Typed, TypedTotal } from '../typed.ts'
import { formOf, type Surface } from '../words.ts'
import type { Scope } from './scope.ts'
import { reachedFrom } from './through.ts'
import { unitWord } from './units.ts'

/** Something that conditions ask about, with one sample for every region. */
export interface Subject {
  readonly label: string
  readonly samples: readonly Sample[]
  /** Names of the facts behind it. */
  readonly facts: ReadonlySet<string>
  readonly opaque: boolean
}

export type Sample =
  | { readonly kind: 'number'; readonly value: Exact; readonly shown: string }
  | { readonly kind: 'index'; readonly value: number; readonly shown: string }

/** Definitions looked into; one that is built on others twice over and over would never end. */
const mostInlined = 200

/** A condition, ready to be tried: the sample of subject i is the i-th value. */
export type Predicate = (values: readonly Sample[]) => boolean

/** Collects the subjects of the conditions that it is given. */
export class Subjects {
  readonly #scope: Scope
  /** The uses that any of them names. */
  readonly #uses: ReadonlySet<string>
  readonly #slots = new Map<string, number>()
  readonly #made: (() => Subject)[] = []
  /** Of each subject, what it is compared with. */
  readonly #cuts: Exact[][] = []
  #inlined = 0

  constructor(scope: Scope, uses: ReadonlySet<string>) {
    this.#scope = scope
    this.#uses = uses
  }

  /** All that were met so far: their samples depend on every condition, so it is asked last. */
  list(): readonly Subject[] {
    return this.#made.map((make) => make())
  }

  #slot(key: string, make: () => Subject): number {
    const known = this.#slots.get(key)
    if (known !== undefined) return known
    const fresh = this.#made.length
    this.#slots.set(key, fresh)
    this.#made.push(make)
    return fresh
  }

  /** 施行 asks about the main date, 仅用于 about the use. */
  presence(presence: Presence | undefined): Predicate {
    const [force, uses] = [this.#force(presence?.inForce), presence?.onlyFor]
    if (!uses) return force
    const at = this.#slot('use', () => useSubject(this.#uses, this.#scope.surface))
    return (values) => uses.includes(values[at]?.shown ?? '') && force(values)
  }

  /** Whether any condition so far asks about the main date, plainly. */
  asksMainDate(): boolean {
    const [main] = this.#scope.referenceDates.values()
    return main !== undefined && this.#slots.has(keyOfDay(main.name))
  }

  #force(inForce: Presence['inForce']): Predicate {
    const [main] = this.#scope.referenceDates.values()
    if (!inForce || !main) return always
    const bounds = (['from', 'to'] as const).map((end) => {
      const value = inForce[end]
      return value === undefined ? undefined : ({ op: 'date', value, type: anyDay, span: main.span } as const)
    })
    const value = { op: 'reference-date', name: main.name, type: anyDay, span: main.span } as const
    return this.condition({ op: 'within', value, low: bounds[0], high: bounds[1], lowOpen: false, highOpen: false, type: { kind: 'yesno' }, span: main.span })
  }

  /** When a condition holds, by the samples of the subjects that it asks about. */
  condition(node: Typed): Predicate {
    switch (node.op) {
      case 'yesno':
        return () => node.value
      case 'and': {
        const parts = node.operands.map((part) => this.condition(part))
        return (values) => parts.every((part) => part(values))
      }
      case 'or': {
        const parts = node.operands.map((part) => this.condition(part))
        return (values) => parts.some((part) => part(values))
      }
      case 'not': {
        const part = this.condition(node.operand)
        return (values) => !part(values)
      }
      case 'compare':
      case 'within': {
        const cut = cutOf(node)
        if (!cut) return this.#yesOrNo(node, this.#labelOf(node), factNames(node), true)
        const at = this.#slot(keyOf(cut.subject), () => this.#numericSubject(cut.subject, this.#cuts[at] ?? []))
        this.#cuts[at] = [...(this.#cuts[at] ?? []), ...cut.constants]
        return (values) => {
          const sample = values[at]
          return sample?.kind === 'number' && (node.op === 'within' ? isWithin(node, sample.value) : compares(node, sample.value))
        }
      }
      case 'one-of': {
        const { subject, members } = node
        const at = this.#slot(keyOf(subject), () => {
          const names = 'members' in subject.type ? subject.type.members : []
          return {
            label: this.#labelOf(subject),
            samples: names.map((shown, value): Sample => ({ kind: 'index', value, shown })),
            facts: factNames(subject),
            opaque: false,
          }
        })
        return (values) => {
          const sample = values[at]
          return sample?.kind === 'index' && members.includes(sample.value)
        }
      }
      case 'has': {
        // Each member of a 多选 is held or not held independently of the others.
        const member = 'members' in node.subject.type ? (node.subject.type.members[node.member] ?? '') : ''
        return this.#yesOrNo(node, `${this.#labelOf(node.subject)} ${member}`, new Set([`${keyOf(node.subject)} ${member}`]), false)
      }
      case 'definition': {
        const body = this.#inlined < mostInlined ? plainCondition(node) : undefined
        if (body) this.#inlined += 1
        return body ? this.condition(body) : this.#yesOrNo(node, this.#labelOf(node), factNames(node), true)
      }
      default:
        return this.#yesOrNo(node, this.#labelOf(node), factNames(node), node.op !== 'fact')
    }
  }

  #yesOrNo(node: Typed, label: string, facts: ReadonlySet<string>, opaque: boolean): Predicate {
    const at = this.#slot(keyOf(node), () => ({ label, samples: yesNo, facts, opaque }))
    return (values) => values[at]?.value === 1
  }

  #labelOf(node: Typed): string {
    if (node.op === 'reference-date') return node.name
    return this.#scope.text.slice(node.span.start, node.span.end).replace(/\s+/g, ' ')
  }

  #numericSubject(node: Typed, constants: readonly Exact[]): Subject {
    const isDate = node.type.kind === 'date'
    const places = node.type.kind === 'number' ? (node.type.places ?? 0) : 0
    const step = divide(fromInteger(1), fromInteger(10n ** BigInt(places)))
    const [low, high] =
      node.type.kind === 'number'
        ? [node.type.low, node.type.high]
        : node.type.kind === 'date'
          ? [dateNumber(node.type.low), dateNumber(node.type.high)]
          : [fromInteger(0), fromInteger(0)]
    // Beside what is written, before the ends of the range: who shows a gap is somebody whom one may meet.
    const wanted = [...constants.flatMap((constant) => [constant, add(constant, step), add(constant, negate(step))]), low, high]
    const distinct = new Map(wanted.filter((value) => compare(value, low) >= 0 && compare(value, high) <= 0).map((value) => [formatDecimal(value), value]))
    const unit = node.type.kind === 'number' && node.type.unit !== undefined ? unitWord(node.type.unit, this.#scope.surface) : ''
    const gap = this.#scope.surface === 'en' && unit !== '' ? ' ' : ''
    const samples = [...distinct.values()].map(
      (value): Sample => ({
        kind: 'number',
        value,
        shown: isDate ? formatDate(fromDayNumber(Number(value.numerator))) : `${formatDecimal(value)}${gap}${unit}`,
      }),
    )
    return { label: this.#labelOf(node), samples, facts: factNames(node), opaque: false }
  }
}

export const always: Predicate = () => true
const anyDay = { kind: 'date', low: formatDate(firstDate), high: formatDate(lastDate) } as const

/** The uses that guards name, and any other. */
function useSubject(uses: ReadonlySet<string>, surface: Surface): Subject {
  const samples = [...uses, ''].map((shown, value): Sample => ({ kind: 'index', value, shown }))
  return { label: formOf('scenario', surface), samples, facts: new Set(), opaque: false }
}

const yesNo: readonly Sample[] = [
  { kind: 'index', value: 0, shown: '否' },
  { kind: 'index', value: 1, shown: '是' },
]

const dateNumber = (date: string): Exact => fromInteger(dayNumber(parseDate(date) ?? 19700101))

/** A date or a number that is written out. */
function constantOf(node: Typed | undefined): Exact | undefined {
  if (node?.op === 'number') return node.value
  return node?.op === 'date' ? dateNumber(node.value) : undefined
}

function cutOf(node: Extract<Typed, { op: 'compare' | 'within' }>): { subject: Typed; constants: readonly Exact[] } | undefined {
  if (node.op === 'within') {
    const ends = [node.low, node.high].filter((end) => end !== undefined)
    const constants = ends.map(constantOf).filter((value) => value !== undefined)
    return constants.length === ends.length ? { subject: node.value, constants } : undefined
  }
  const [left, right] = [constantOf(node.left), constantOf(node.right)]
  if (right && !left) return { subject: node.left, constants: [right] }
  if (left && !right) return { subject: node.right, constants: [left] }
  return undefined
}

/** The body of a definition that is simply a condition. */
function plainCondition(node: Extract<Typed, { op: 'definition' }>): Typed | undefined {
  const { cases } = node.definition
  return cases.length === 1 && cases[0]?.when === undefined ? cases[0]?.value : undefined
}

const keyOfDay = (name: string): string => `day ${name}`

/** Equal for expressions that mean the same by their form: whatever an operation declares tells two of them apart. */
export const keyOf = (node: Typed): string => (node.op === 'reference-date' ? keyOfDay(node.name) : JSON.stringify(formOfExpression(node)))

function formOfExpression(node: Typed): readonly unknown[] {
  return node.op === 'error' ? [node.op, node.span] : [node.op, turned(operations[node.op].fields, node, byName)]
}

const byName: Turn = {
  part: formOfExpression,
  number: formatDecimal,
  fact: ({ name }: FactSymbol) => name,
  definition: ({ id }: DefinitionSymbol) => id,
  parameter: ({ name }: ParameterSymbol) => name,
  item: ({ path }: ItemSymbol) => path,
  total: ({ name }: TypedTotal) => name,
  field: ({ name }: FieldSymbol) => name,
}

const factNames = (node: Typed): ReadonlySet<string> => reachedFrom([node]).facts

function isWithin(node: Extract<Typed, { op: 'within' }>, value: Exact): boolean {
  const [low, high] = [constantOf(node.low), constantOf(node.high)]
  const above = !low || (node.lowOpen ? compare(value, low) > 0 : compare(value, low) >= 0)
  const below = !high || (node.highOpen ? compare(value, high) < 0 : compare(value, high) <= 0)
  return above && below
}

function compares(node: Extract<Typed, { op: 'compare' }>, value: Exact): boolean {
  const right = constantOf(node.right)
  const order = right ? compare(value, right) : compare(constantOf(node.left) ?? value, value)
  return holds(order, node.operator)
}
