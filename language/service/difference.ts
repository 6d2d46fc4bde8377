// What a case expects and what came out, in words; and the case that expects what came out.

import { decimal, equal, formatDecimal } from '../../runtime/exact/number.ts'
import { nameOfId } from '../../runtime/ir/ids.ts'
import type { Compiled } from '../compile.ts'
import { byForm, type Surface } from '../words.ts'

/** As running a case gives it. */
interface Difference {
  /** The item's or total's id, a key of the outcome, or `places` and the key of an applicant. */
  readonly what: string
  readonly expected: string
  readonly found: string
}

/** The same in the words of a language; `—` for nothing. */
export function differenceIn(
  { what, expected, found }: Difference,
  language: Surface,
): { readonly name: string; readonly expected: string; readonly found: string } {
  // Of a list the place of one applicant: the key follows the word.
  const [, ofOne, applicant = ''] = /^(places) (.+)$/.exec(what) ?? []
  const named = byForm.outcome.id.get(ofOne ?? what)?.[language] ?? nameOfId(what)
  const word = (value: string) => (what === 'state' ? (byForm.state.id.get(value)?.[language] ?? value) : value === '' ? '—' : value)
  return { name: ofOne === undefined ? named : `${named} ${applicant}`, expected: word(expected), found: word(found) }
}

type Expected = Compiled['cases'][number]['expected']

/** The figure that a case expects; `undefined` where it is none. */
export const expectedFigure = (expected: Expected, what: string): string | undefined =>
  what === 'lowest' || what === 'highest' ? expected[what] : expected.figures[what]

/**
 * The text in which the case expects the figure that came out; `undefined` where no figure in it, changed alone, says so.
 * @param compileText compiles the text, and what it is tried to become
 */
export function withFound(text: string, title: string, { what, expected, found }: Difference, compileText: (text: string) => Compiled): string | undefined {
  const node = compileText(text).parsed.tree.members.find((member) => member.kind === 'case' && member.title.text === title)
  if (node?.kind !== 'case') return undefined
  for (const { value } of node.expected) {
    if (value.kind !== 'number' || value.value === '' || !equal(decimal(value.value), decimal(expected))) continue
    const { start, end } = value.span
    const written = text.slice(start, end).replace(/-?[\d.]+/, formatDecimal(decimal(found)))
    const changed = text.slice(0, start) + written + text.slice(end)
    const after = compileText(changed).cases.find((testCase) => testCase.title === title)
    const now = after && expectedFigure(after.expected, what)
    if (now !== undefined && equal(decimal(now), decimal(found))) return changed
  }
  return undefined
}
