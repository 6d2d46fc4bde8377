// The people whom one tries the open policy on, which one is looked at, and the result of each.

import { z } from 'zod'
import type { TestCase } from '../../../runtime/ir/cases.ts'
import { type KeptPeople, type PeopleChange, type Person, personSchema } from '../../desk.ts'
import { today } from '../../today.ts'
import type { Language } from '../../words.ts'
import type { Form, Result } from '../../worker/protocol.ts'
import { keepSelected } from '../kept.ts'
import { makePeople, type People } from '../people.ts'
import type { Slice, Studio } from './slice.ts'

export interface PeopleSlice {
  readonly people: readonly Person[]
  /** Those who can be brought back. */
  readonly removed: KeptPeople['removed']
  readonly selected: string
  readonly results: ReadonlyMap<string, Result>
  /** How the people of the open policy reach the server. */
  readonly peopleKept: People
  addPerson(copy: boolean): void
  /** Makes one of a case. */
  addPersonOf(testCase: TestCase): void
  selectPerson(id: string): void
  removePerson(): void
  restorePerson(id: string): void
  /** Nobody can bring them back. */
  forgetPerson(id: string): void
  changePerson(change: { readonly name?: string; readonly scenario?: string | null; readonly dates?: Readonly<Record<string, string>> }): void
  /** @param written `''` for not known */
  changeFact(name: string, written: string): void
  /** The people of the open policy as a file that `importPeople` reads. */
  exportPeople(): string
  importPeople(text: string): void
  /** Takes what is kept of the open policy's people; who is there when nobody is kept is kept with the first change. */
  showPeople(kept: KeptPeople, selected: string | undefined): void
}

/** What people are exported as. */
const exportedSchema = z.strictObject({ heng: z.literal('people'), people: z.array(personSchema) })

export const selectedPerson = ({ people, selected }: Studio): Person | undefined => people.find(({ id }) => id === selected)

export const defaultDates = (form: Form | undefined): Record<string, string> => Object.fromEntries((form?.referenceDates ?? []).map((name) => [name, today()]))

/** Somebody of whom nothing is known. */
export const blankPerson = (form: Form | undefined, language: Language): Person => ({
  id: crypto.randomUUID(),
  name: language === 'zh' ? '申请人1' : 'Applicant 1',
  dates: defaultDates(form),
  facts: {},
})

export const createPeople: Slice<PeopleSlice> = (set, get) => {
  const show = ({ people, removed }: KeptPeople, wanted: string | undefined) => {
    const list = people.length === 0 ? get().unkept : people
    const selected = list.find(({ id }) => id === wanted)?.id ?? list[0]?.id ?? ''
    set({ people: list, removed, selected })
    void get().study()
  }

  const change = (changes: readonly PeopleChange[], selected = get().selected) => {
    const { open, unkept, people } = get()
    if (!open) return
    // Whom the studio chose is kept as soon as anything is done with anybody.
    const first = unkept.filter((person) => people.includes(person)).map((person): PeopleChange => ({ kind: 'add', person }))
    set({ unkept: [] })
    show(get().peopleKept.change(open.path, [...first, ...changes]), selected)
    keepSelected(open.path, get().selected)
  }

  return {
    people: [],
    removed: [],
    selected: '',
    results: new Map(),
    peopleKept: makePeople(
      (path, kept) => {
        if (path === get().open?.path) show(kept, get().selected)
      },
      (reason) => get().keepingFails('people', reason),
    ),

    addPerson(copy) {
      const { people, open, language } = get()
      const current = selectedPerson(get())
      const id = crypto.randomUUID()
      const name = `${language === 'zh' ? '申请人' : 'Applicant '}${people.length + 1}`
      const dates = current?.dates ?? defaultDates(open?.form)
      const scenario = current?.scenario === undefined ? {} : { scenario: current.scenario }
      change([{ kind: 'add', person: { id, name, ...scenario, dates, facts: copy && current ? current.facts : {} } }], id)
    },

    addPersonOf({ title, scenario, dates, facts }) {
      const id = crypto.randomUUID()
      change([{ kind: 'add', person: { id, name: title, ...(scenario === undefined ? {} : { scenario }), dates: { ...dates }, facts: { ...facts } } }], id)
    },

    selectPerson(id) {
      const { open } = get()
      set({ selected: id })
      void get().study()
      if (open) keepSelected(open.path, id)
    },

    removePerson() {
      const { people, selected } = get()
      const person = selectedPerson(get())
      if (people.length <= 1 || !person) return
      const at = people.findIndex(({ id }) => id === selected)
      change([{ kind: 'remove', id: selected }], people[at === 0 ? 1 : at - 1]?.id)
      set({ notice: { kind: 'removed', id: person.id, name: person.name } })
    },

    restorePerson(id) {
      change([{ kind: 'restore', id }], id)
      set({ notice: undefined })
    },

    forgetPerson(id) {
      change([{ kind: 'forget', id }])
    },

    changePerson(changed) {
      change([{ kind: 'change', id: get().selected, ...changed }])
    },

    changeFact(name, written) {
      change([{ kind: 'change', id: get().selected, facts: { [name]: written } }])
    },

    exportPeople: () => `${JSON.stringify({ heng: 'people', people: [...get().people] } satisfies z.infer<typeof exportedSchema>, null, 2)}\n`,

    importPeople(text) {
      const read = exportedSchema.safeParse(jsonOf(text))
      if (!read.success) {
        set({ notice: { kind: 'not-people' } })
        return
      }
      const added = read.data.people.map((person) => ({ ...person, id: crypto.randomUUID() }))
      change(
        added.map((person) => ({ kind: 'add', person })),
        added[0]?.id,
      )
      set({ notice: { kind: 'imported', count: added.length } })
    },

    showPeople: show,
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
