// People for a policy: every fact drawn from its own type, one in twenty left empty; the same people on every run.

import { addDays, dayNumber, firstDate, formatDate, lastDate, parseDate } from '../../runtime/exact/date.ts'
import type { WrittenFacts } from '../../runtime/facts.ts'
import type { FactType, Policy } from '../../runtime/ir/schema.ts'

export function generatePeople(policy: Policy, count: number, seed = 1): readonly WrittenFacts[] {
  const next = numbers(seed)
  return Array.from({ length: count }, (_, i) => ({
    编号: `P${String(i).padStart(7, '0')}`,
    ...Object.fromEntries(policy.facts.map((fact) => [fact.name, next(20) === 0 && !fact.required ? '' : draw(fact.type, next)])),
  }))
}

/** Whole numbers from 0 to below the bound, by a linear congruence: the same on every machine. */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function draw(type: FactType, next: (below: number) => number): string {
  switch (type.kind) {
    case 'date': {
      const [low, high] = [Math.max(parseDate(type.low) ?? firstDate, 1950_01_01), Math.min(parseDate(type.high) ?? lastDate, 2006_12_31)]
      return formatDate(addDays(low, next(Math.max(1, dayNumber(high) - dayNumber(low) + 1))))
    }
    case 'number': {
      const [low, high] = [Math.ceil(Number(type.low)), Math.floor(Math.min(Number(type.high), Number(type.low) + 240))]
      return String(low + next(Math.max(1, high - low + 1)))
    }
    case 'yesno':
      return next(2) === 0 ? '是' : '否'
    case 'text':
      return `文本${next(100)}`
    case 'choice':
    case 'levels':
      return type.members[next(type.members.length)] ?? ''
    case 'choices': {
      const held = type.members.filter(() => next(2) === 0)
      return held.length === 0 ? '[]' : held.join('、')
    }
    case 'records': {
      const records = Array.from({ length: next(5) }, () => Object.fromEntries(type.fields.map((field) => [field.name, draw(field.type, next)])))
      return JSON.stringify(type.periods ? records.map(inOrder) : records)
    }
  }
}

/** A period does not end before it starts. */
function inOrder(period: Record<string, string>): Record<string, string> {
  const [start = '', end = ''] = [period.起, period.止].sort()
  return { ...period, 起: start, 止: end }
}
