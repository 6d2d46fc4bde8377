// Decides questions about conditions by trying one value out of every region that they can tell apart. Numbers and dates
// are compared with constants only, so a value beside each constant stands for all others; members and yes/no are tried
// one by one. A comparison that is not of this kind becomes a free yes/no: claims that need a witness are then not made.

import { dayNumber, firstDate, formatDate, fromDayNumber, lastDate, parseDate } from '../../runtime/exact/date.ts'
import { add, compare, divide, type Exact, formatDecimal, fromInteger, negate } from '../../runtime/exact/number.ts'
import { holds } from '../../runtime/exact/order.ts'
import { childrenOf, type DefinitionSymbol, type Presence, type Typed } from '../typed.ts'
import { byForm, type Surface } from '../words.ts'
import type { Scope } from './scope.ts'
import { unitWord } from './units.ts'

/** Something that conditions ask about, with one sample for every region. */
interface Subject {
  readonly label: string
  readonly samples: readonly Sample[]
  /** Names of the facts behind it. */
  readonly facts: ReadonlySet<string>
  readonly opaque: boolean
}

type Sample =
  | { readonly kind: 'number'; readonly value: Exact; readonly shown: string }
  | { readonly kind: 'index'; readonly value: number; readonly shown: string }

/** A condition, and when what it guards is there at all. */
export interface Guard {
  /** Without one it holds for everybody. */
  readonly when: Typed | undefined
  readonly presence?: Presence
}

export interface Region {
  /** Which of the guards are there and hold here. */
  readonly holds: readonly boolean[]
  /** Which of them are there. */
  readonly present: readonly boolean[]
  /** A concrete person of this region, in words; `undefined` where a free yes/no or a correlation makes it doubtful. */
  witness(): string | undefined
}

const tooMany = 50_000
/** Definitions looked into; one that is built on others twice over and over would never end. */
const mostInlined = 200

/** A condition, ready to be tried: the sample of subject i is the i-th value. */
type Predicate = (values: readonly Sample[]) => boolean

/** Every region of what the guards ask about; `undefined` when there are too many to try. */
export function regionsOf(guards: readonly Guard[], { text, surface, referenceDates }: Scope): readonly Region[] | undefined {
  const slots = new Map<string, number>()
  const made: (() => Subject)[] = []
  const cuts: Exact[][] = []
  let inlined = 0
  const presences = guards.map(({ presence }) => presencePredicate(presence))
  const predicates = guards.map(({ when }) => (when ? predicate(when) : always))
  const list = made.map((make) => make())

  const count = list.reduce((product, { samples }) => product * samples.length, 1)
  if (count > tooMany) return undefined
  const shared = list.some((a, i) => list.some((b, j) => i < j && [...a.facts].some((fact) => b.facts.has(fact))))
  const doubtful = shared || list.some(({ opaque }) => opaque)

  const regions: Region[] = []
  for (let number = 0; number < count; number += 1) {
    let rest = number
    const point = list.map(({ samples }) => {
      const sample = samples[rest % samples.length] as Sample
      rest = Math.floor(rest / samples.length)
      return sample
    })
    const present = presences.map((isThere) => isThere(point))
    regions.push({
      holds: predicates.map((holds, i) => present[i] === true && holds(point)),
      present,
      witness: () =>
        doubtful
          ? undefined
          : list.flatMap(({ label }, i) => (point[i]?.shown === '' ? [] : [`${label} = ${point[i]?.shown}`])).join(surface === 'zh' ? '，' : ', '),
    })
  }
  return regions

  function slot(key: string, make: () => Subject): number {
    const known = slots.get(key)
    if (known !== undefined) return known
    const fresh = made.length
    slots.set(key, fresh)
    made.push(make)
    return fresh
  }

  /** 施行 asks about the main date, 仅用于 about the use. */
  function presencePredicate(presence: Presence | undefined): Predicate {
    const [force, uses] = [forcePredicate(presence?.inForce), presence?.onlyFor]
    if (!uses) return force
    const at = slot('use', () => useSubject(guards, surface))
    return (values) => uses.includes(values[at]?.shown ?? '') && force(values)
  }

  function forcePredicate(inForce: Presence['inForce']): Predicate {
    const [main] = referenceDates.values()
    if (!inForce || !main) return always
    const bounds = (['from', 'to'] as const).map((end) => {
      const value = inForce[end]
      return value === undefined ? undefined : ({ op: 'date', value, type: anyDay, span: main.span } as const)
    })
    const value = { op: 'reference-date', name: main.name, type: anyDay, span: main.span } as const
    return predicate({ op: 'within', value, low: bounds[0], high: bounds[1], lowOpen: false, highOpen: false, type: { kind: 'yesno' }, span: main.span })
  }

  function predicate(node: Typed): Predicate {
    switch (node.op) {
      case 'yesno':
        return () => node.value
      case 'and': {
        const parts = node.operands.map(predicate)
        return (values) => parts.every((part) => part(values))
      }
      case 'or': {
        const parts = node.operands.map(predicate)
        return (values) => parts.some((part) => part(values))
      }
      case 'not': {
        const part = predicate(node.operand)
        return (values) => !part(values)
      }
      case 'compare':
      case 'within': {
        const cut = cutOf(node)
        if (!cut) return yesOrNo(node, labelOf(node), factNames(node), true)
        const at = slot(keyOf(cut.subject), () => numericSubject(cut.subject, cuts[at] ?? []))
        cuts[at] = [...(cuts[at] ?? []), ...cut.constants]
        return (values) => {
          const sample = values[at]
          return sample?.kind === 'number' && (node.op === 'within' ? isWithin(node, sample.value) : compares(node, sample.value))
        }
      }
      case 'one-of': {
        const { subject, members } = node
        const at = slot(keyOf(subject), () => {
          const names = 'members' in subject.type ? subject.type.members : []
          return {
            label: labelOf(subject),
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
        return yesOrNo(node, `${labelOf(node.subject)} ${member}`, new Set([`${keyOf(node.subject)} ${member}`]), false)
      }
      case 'definition': {
        const body = inlined < mostInlined ? plainCondition(node) : undefined
        if (body) inlined += 1
        return body ? predicate(body) : yesOrNo(node, labelOf(node), factNames(node), true)
      }
      default:
        return yesOrNo(node, labelOf(node), factNames(node), node.op !== 'fact')
    }
  }

  function yesOrNo(node: Typed, label: string, facts: ReadonlySet<string>, opaque: boolean): Predicate {
    const at = slot(keyOf(node), () => ({ label, samples: yesNo, facts, opaque }))
    return (values) => values[at]?.value === 1
  }

  function labelOf(node: Typed): string {
    if (node.op === 'reference-date') return node.name
    return text.slice(node.span.start, node.span.end).replace(/\s+/g, ' ')
  }

  function numericSubject(node: Typed, constants: readonly Exact[]): Subject {
    const isDate = node.type.kind === 'date'
    const places = node.type.kind === 'number' ? (node.type.places ?? 0) : 0
    const step = divide(fromInteger(1), fromInteger(10n ** BigInt(places)))
    const [low, high] =
      node.type.kind === 'number'
        ? [node.type.low, node.type.high]
        : node.type.kind === 'date'
          ? [dateNumber(node.type.low), dateNumber(node.type.high)]
          : [fromInteger(0), fromInteger(0)]
    const wanted = [low, high, ...constants.flatMap((constant) => [add(constant, negate(step)), constant, add(constant, step)])]
    const distinct = new Map(wanted.filter((value) => compare(value, low) >= 0 && compare(value, high) <= 0).map((value) => [formatDecimal(value), value]))
    const unit = node.type.kind === 'number' && node.type.unit !== undefined ? unitWord(node.type.unit, surface) : ''
    const gap = surface === 'en' && unit !== '' ? ' ' : ''
    const samples = [...distinct.values()].map(
      (value): Sample => ({
        kind: 'number',
        value,
        shown: isDate ? formatDate(fromDayNumber(Number(value.numerator))) : `${formatDecimal(value)}${gap}${unit}`,
      }),
    )
    return { label: labelOf(node), samples, facts: factNames(node), opaque: false }
  }
}

const always: Predicate = () => true
const anyDay = { kind: 'date', low: formatDate(firstDate), high: formatDate(lastDate) } as const

/** The uses that guards name, and any other. */
function useSubject(guards: readonly Guard[], surface: Surface): Subject {
  const names = new Set(guards.flatMap(({ presence }) => presence?.onlyFor ?? []))
  const samples = [...names, ''].map((shown, value): Sample => ({ kind: 'index', value, shown }))
  return { label: byForm.keyword.id.get('scenario')?.[surface] ?? '', samples, facts: new Set(), opaque: false }
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

/** Equal for expressions that mean the same by their form. */
function keyOf(node: Typed): string {
  const inside = () => childrenOf(node).map(keyOf).join(' ')
  switch (node.op) {
    case 'fact':
      return `fact ${node.fact.name}`
    case 'definition':
      return `definition ${node.definition.name}`
    case 'reference-date':
      return `day ${node.name}`
    case 'number':
      return formatDecimal(node.value)
    case 'date':
    case 'text':
      return `'${node.value}'`
    case 'yesno':
      return String(node.value)
    case 'member':
      return `#${node.index}`
    case 'has':
      return `(has ${inside()} ${node.member})`
    case 'one-of':
      return `(one-of ${inside()} ${node.members.join()})`
    case 'sum':
      return `(sum ${node.terms.map(({ negative, value }) => (negative ? '-' : '+') + keyOf(value)).join(' ')})`
    case 'compare':
      return `(${node.operator} ${inside()})`
    case 'within':
      return `(within ${node.lowOpen} ${node.highOpen} ${node.low === undefined} ${inside()})`
    case 'round':
      return `(round ${node.to} ${node.mode} ${inside()})`
    case 'shift':
      return `(shift ${node.months} ${node.days} ${inside()})`
    default:
      return `(${node.op} ${inside()})`
  }
}

function factNames(node: Typed, found: Set<string> = new Set(), seen: Set<DefinitionSymbol> = new Set()): Set<string> {
  if (node.op === 'fact') found.add(node.fact.name)
  if (node.op === 'definition' && !seen.has(node.definition)) {
    seen.add(node.definition)
    for (const { when, value } of node.definition.cases) {
      if (when) factNames(when, found, seen)
      factNames(value, found, seen)
    }
  }
  for (const child of childrenOf(node)) factNames(child, found, seen)
  return found
}

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
