// Two texts that grew from one: joined line by line where each changed lines of its own.

import { diff3Merge } from 'node-diff3'

const lines = (text: string): string[] => text.split('\n')

/** @returns `undefined` where both changed the same lines, or lines side by side, and not in the same way */
export function joined(mine: string, base: string, theirs: string): string | undefined {
  if (mine === theirs || theirs === base) return mine
  if (mine === base) return theirs
  const regions = diff3Merge(lines(mine), lines(base), lines(theirs), { excludeFalseConflicts: true })
  const parts = regions.map(({ ok }) => ok)
  return parts.every((part) => part !== undefined) ? parts.flat().join('\n') : undefined
}
