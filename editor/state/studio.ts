// The studio's state: which policy is open, its text as it is being written, what compiling it says, and people with
// their results. Everything that can be derived is derived in its slices, once for each change.

import { create } from 'zustand'
import { createCaseRun } from './slices/case-run.ts'
import { createCases } from './slices/cases.ts'
import { createEditor } from './slices/editor.ts'
import { createInterface } from './slices/interface.ts'
import { createKeeping } from './slices/keeping.ts'
import { createPeople } from './slices/people.ts'
import { createPolicies } from './slices/policies.ts'
import { createSaving } from './slices/saving.ts'
import type { Studio } from './slices/slice.ts'
import { createText } from './slices/text.ts'

export const useStudio = create<Studio>((...store) => ({
  ...createInterface(...store),
  ...createPolicies(...store),
  ...createText(...store),
  ...createEditor(...store),
  ...createSaving(...store),
  ...createPeople(...store),
  ...createKeeping(...store),
  ...createCases(...store),
  ...createCaseRun(...store),
}))
