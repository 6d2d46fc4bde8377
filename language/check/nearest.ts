// The known word that was probably meant by one that nobody knows. Only a slip of the pen or the beginning of the word
// counts: 中专 and 大专, 月初 and 年初 differ in one letter and are two things.

import { isSlipOf } from '../mend/slip.ts'

/** Words so short may be another word when one letter differs. */
const shortest = 3

/** The name that begins like `name`, or has one letter wrong; `undefined` where none or several would do. */
export function likely(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > 40 || name === '') return undefined
  const all = [...new Set(candidates)].filter((candidate) => candidate !== name)
  const near = all.filter((candidate) => isSlipOf(name, candidate))
  const [only, ...others] = near.length > 0 ? near : all.filter((candidate) => candidate.startsWith(name))
  return others.length === 0 ? only : undefined
}

/** As `likely`, where a word of the same length may well be meant as it stands: members of a type, functions. */
export function surely(name: string, candidates: Iterable<string>): string | undefined {
  const found = likely(name, candidates)
  return found === undefined || found.startsWith(name) || name.length >= shortest + 1 || found.length !== name.length ? found : undefined
}
