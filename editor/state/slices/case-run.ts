// The cases of the open policy, run as it is being written.

import { expectedFigure } from '../../../language/service/difference.ts'
import type { Difference } from '../../../runtime/cases.ts'
import type { RanCase } from '../../worker/protocol.ts'
import { language } from '../language.ts'
import type { Slice } from './slice.ts'

export interface CaseRunSlice {
  /** How the newest text that can be run ran; `undefined` until one did. */
  readonly caseRun: { readonly cases: readonly RanCase[]; readonly isOld: boolean } | undefined
  runCases(): Promise<void>
  showCase(ran: RanCase): Promise<void>
  /** Writes what came out in the place of what a case expects. */
  takeComputed(ran: RanCase, difference: Difference): Promise<void>
  /** Makes an applicant of a case, to try other values on. */
  openAsPerson(ran: RanCase): void
}

export const createCaseRun: Slice<CaseRunSlice> = (set, get) => {
  /** What was asked last: of the same text nothing new can come out. */
  let asked: { readonly path: string; readonly text: string } | undefined

  return {
    caseRun: undefined,

    async runCases() {
      const { open, caseRun } = get()
      if (!open || (caseRun && asked?.path === open.path && asked.text === open.text)) return
      const subject = { path: open.path, text: open.text }
      asked = subject
      const cases = await language.runCases(subject)
      const now = get()
      if (asked !== subject || now.open?.path !== subject.path) return
      // A newer text ended it, and is run itself.
      if (!cases && now.open.text !== subject.text) return
      // Of a text with errors nothing new can be said.
      if (cases) set({ caseRun: { cases, isOld: false } })
      else if (now.caseRun) set({ caseRun: { ...now.caseRun, isOld: true } })
    },

    async showCase({ path, place }) {
      await get().showLine(path, place.line, place.column)
    },

    async takeComputed(ran, difference) {
      await get().showCase(ran)
      const { open } = get()
      const text = open?.path === ran.path ? await language.takeFound({ path: open.path, text: open.text }, ran.title, difference) : undefined
      if (text === undefined || get().open?.text !== open?.text) set({ notice: { kind: 'cannot-take' } })
      else get().replaceText(text)
    },

    openAsPerson({ testCase }) {
      get().addPersonOf(testCase)
    },
  }
}

/** Whether what came out can be written in the place of what was expected. */
export const isFigure = ({ testCase }: RanCase, { what, found }: Difference): boolean => found !== '' && expectedFigure(testCase.expected, what) !== undefined
