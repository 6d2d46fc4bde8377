// Ids of what a policy declares: readable, one for one thing, and the same for as long as the thing is the same. Items go by their
// path; rows, states and keys of an order by where they stand and what they ask; figures by their owner and their part in it.
//
//   共性/学历                    an item                  total:总分           a total
//   共性/学历#5f2c81d0           one of its rows          fact:学历            a fact
//   共性/学历#5f2c81d0@amount    what that row gives      definition:本科      a definition
//   共性/学历@max                the item's cap           scenario:入学@quota  the places of a use

const marks = '~/#@:*'

/** Names may hold the marks that join an id: each is written as ~ and its place among them. */
const escaped = (name: string): string => name.replace(/[~/#@:*]/g, (mark) => `~${marks.indexOf(mark)}`)

export const itemId = (path: readonly string[]): string => path.map(escaped).join('/')
export const totalId = (name: string): string => `total:${escaped(name)}`
export const factId = (name: string): string => `fact:${escaped(name)}`
export const parameterId = (name: string): string => `parameter:${escaped(name)}`
export const scenarioId = (name: string): string => `scenario:${escaped(name)}`
export const deadlineId = (name: string): string => `deadline:${escaped(name)}`

/** What has an id by its name alone, and an item by its full name, as people write it. */
export const nameOfId = (id: string): string =>
  id
    .replace(/^[a-z]+:/u, '')
    .replaceAll('/', '.')
    .replace(/~(\d)/gu, (_, mark) => marks[Number(mark)] ?? '')

/** @param within id of the item in which alone it is known */
export const definitionId = (name: string, within?: string): string =>
  within === undefined ? `definition:${escaped(name)}` : `definition:${within}:${escaped(name)}`

/** @param scenario the use that asks it; without one the policy does. @param subject hash of what it asks */
export const stateId = (scenario: string | undefined, kind: string, subject: string): string =>
  `state:${scenario === undefined ? '' : `${escaped(scenario)}/`}${kind}#${subject}`
export const keyId = (scenario: string, subject: string): string => `key:${escaped(scenario)}#${subject}`
/** @param around id of the item or row in which it stands */
export const rowId = (around: string, subject: string): string => `${around}#${subject}`
/** @param part of the owner: `max`, `amount`, `per`, … */
export const figureId = (owner: string, part: string): string => `${owner}@${part}`
/** @param way to a part of an expression of the owner, by the places of the parts around it */
export const partId = (owner: string, way: readonly (string | number)[]): string => `${owner}@${way.join('.')}`

/** Gives every id once: the second that asks the same at the same place is told apart by its number. */
export function distinctIds(): (id: string) => string {
  const counts = new Map<string, number>()
  return (id) => {
    const count = (counts.get(id) ?? 0) + 1
    counts.set(id, count)
    return count === 1 ? id : `${id}*${count}`
  }
}
