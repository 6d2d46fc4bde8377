// The cases of the open policy, run as it is being written.

import { expectedFigure, withFound } from '../../../language/service/difference.ts'
import type { Difference } from '../../../runtime/cases.ts'
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
      const text = open?.path === ran.path ? withFound(open.text, ran.title, difference, (tried) => compileFile(tried, open.path)) : undefined
      if (text === undefined) set({ notice: { kind: 'cannot-take' } })
      else get().replaceText(text)
    },

    openAsPerson({ testCase }) {
      get().addPersonOf(testCase)
    },
  }
}

/** Whether what came out can be written in the place of what was expected. */
export const isFigure = ({ testCase }: RanCase, { what, found }: Difference): boolean => found !== '' && expectedFigure(testCase.expected, what) !== undefined
