// The studio's state is that of its slices together; each makes its part of it and may ask the others.

import type { StateCreator } from 'zustand'
import type { CaseRunSlice } from './case-run.ts'
import type { CasesSlice } from './cases.ts'
import type { EditorSlice } from './editor.ts'
import type { InterfaceSlice } from './interface.ts'
import type { KeepingSlice } from './keeping.ts'
import type { PeopleSlice } from './people.ts'
import type { PoliciesSlice } from './policies.ts'
import type { SavingSlice } from './saving.ts'
import type { TextSlice } from './text.ts'

export type Studio = InterfaceSlice & PoliciesSlice & TextSlice & EditorSlice & SavingSlice & PeopleSlice & CasesSlice & KeepingSlice & CaseRunSlice

export type Slice<Part> = StateCreator<Studio, [], [], Part>
