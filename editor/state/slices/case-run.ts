// The cases of the open policy, run as it is being written.

import type { Difference } from '../../../runtime/cases.ts'
import { decimal, equal, formatDecimal } from '../../../runtime/exact/number.ts'
import type { RanCase } from '../../cases/run-cases.ts'
import { makeCaseRunner } from '../case-runner.ts'
import { type Beside, compileFile, textsHere } from '../texts.ts'
import type { Slice } from './slice.ts'

export interface CaseRunSlice {
  /** The file of cases beside the open policy. */
  readonly beside: Beside | undefined
  /** How the newest text that can be run ran; `undefined` until one did. */
  readonly caseRun: { readonly cases: readonly RanCase[]; readonly isOld: boolean } | undefined
  runCases(): void
  showCase(ran: RanCase): Promise<void>
  /** Writes what came out in the place of what a case expects. */
  takeComputed(ran: RanCase, difference: Difference): Promise<void>
  /** Makes an applicant of a case, to try other values on. */
  openAsPerson(ran: RanCase): void
}

export const createCaseRun: Slice<CaseRunSlice> = (set, get) => {
  const runner = makeCaseRunner((asked, cases) => {
    const { open, caseRun } = get()
    if (open?.path !== asked.path) return
    // Of a text with errors nothing new can be said.
    if (cases) set({ caseRun: { cases, isOld: open.text !== asked.text } })
    else if (caseRun) set({ caseRun: { ...caseRun, isOld: true } })
  })

  return {
    beside: undefined,
    caseRun: undefined,

    runCases() {
      const { open, beside } = get()
      if (!open) return
      runner.run({ path: open.path, text: open.text, beside: beside && { path: beside.path, text: beside.text }, texts: textsHere() })
    },

    async showCase({ path, place }) {
      await get().showLine(path, place.line, place.column)
    },

    async takeComputed(ran, difference) {
      await get().showCase(ran)
      const { open } = get()
      const text = open?.path === ran.path ? withComputed(open.text, open.path, ran, difference) : undefined
      if (text === undefined) set({ notice: { kind: 'cannot-take' } })
      else get().replaceText(text)
    },

    openAsPerson({ testCase }) {
      get().addPersonOf(testCase)
    },
  }
}

/** The text in which the case expects what came out; `undefined` where the figure is not found as it was. */
function withComputed(text: string, path: string, { title }: RanCase, { what, expected, found }: Difference): string | undefined {
  const node = compileFile(text, path).parsed.tree.members.find((member) => member.kind === 'case' && member.title.text === title)
  if (node?.kind !== 'case') return undefined
  for (const { value } of node.expected) {
    if (value.kind !== 'number' || value.value === '' || !equal(decimal(value.value), decimal(expected))) continue
    const written = text.slice(value.span.start, value.span.end).replace(/-?[\d.]+/, formatDecimal(decimal(found)))
    const candidate = text.slice(0, value.span.start) + written + text.slice(value.span.end)
    const after = compileFile(candidate, path).cases.find((testCase) => testCase.title === title)?.expected
    const now = what === 'lowest' || what === 'highest' ? after?.[what] : after?.figures[what]
    if (now !== undefined && equal(decimal(now), decimal(found))) return candidate
  }
  return undefined
}

/** Whether what came out can be written in the place of what was expected: of figures. */
export const isFigure = ({ what, found }: Difference): boolean =>
  found !== '' && what !== 'state' && what !== 'until' && what !== 'awaiting' && what !== 'admitted' && !what.startsWith('places ')
