// Two texts that grew from one: joined where nobody needs to be asked.

import { mergeTexts } from '../../language/merge/merge.ts'

/** @returns `undefined` where both changed the same and not in the same way */
export function joined(mine: string, base: string, theirs: string): string | undefined {
  const { text, conflicts } = mergeTexts(mine, base, theirs)
  return conflicts === 0 ? text : undefined
}
