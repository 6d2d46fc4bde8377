// The floor and the cap of a row, an item or a total.

import { clamp } from '../exact/interval.ts'
import { equal, larger, smaller } from '../exact/number.ts'
import type { Expression } from '../ir/schema.ts'
import type { Figure } from '../outcome.ts'
import { evaluate } from './evaluate.ts'
import { figure } from './figures.ts'
import type { Person } from './person.ts'
import { awaited } from './value.ts'
import { numbersOf, provenOf } from './values.ts'

/** Floor first, then cap; both on all three figures. */
export function bounded(
  person: Person,
  inside: Figure,
  bounds: { min?: Expression | undefined; max?: Expression | undefined },
): { figure: Figure; limited: 'max' | 'min' | undefined; waiting: ReadonlySet<string>; known: boolean } {
  const values = [bounds.min, bounds.max].map((bound) => (bound ? evaluate(person, bound) : undefined))
  const [min, max] = values.map((value) => (value ? numbersOf(value) : undefined))
  // Of a bound that is not known, only its lower end is proven, or what is proven of the points that it asks for.
  const [floor, cap] = values.map((value) => (value ? (provenOf(value) ?? numbersOf(value).low) : undefined))
  const raised = floor ? larger(inside.proven, floor) : inside.proven
  const proven = cap ? smaller(raised, cap) : raised
  const clamped = clamp({ low: inside.lowest, high: inside.highest }, min, max)
  const limited = !equal(proven, raised) ? 'max' : !equal(raised, inside.proven) ? 'min' : undefined
  const present = values.filter((value) => value !== undefined)
  return { figure: figure(proven, clamped), limited, waiting: awaited(present), known: present.every((value) => provenOf(value) !== undefined) }
}
