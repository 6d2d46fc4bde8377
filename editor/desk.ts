// What lies on the desk beside the policies of a folder, as page and server tell each other of it: drafts that are not saved, and the
// people whom one tries rules on. It is applicants' data and unfinished work: the server keeps it, never in or beside the policies.

import { z } from 'zod'

/** A text that is not saved, and the file that it builds on; both hash and text are `''` for a file that is not there. */
export const draftSchema = z.strictObject({ text: z.string(), base: z.strictObject({ hash: z.string(), text: z.string() }) })
export type Draft = z.infer<typeof draftSchema>

/** A draft that lost against another one written meanwhile, and could not be joined with it. */
export const asideSchema = z.strictObject({ id: z.string(), at: z.string(), draft: draftSchema })
export type Aside = z.infer<typeof asideSchema>

/** `revision` counts the changes: whoever writes names the one that they build on. */
export const keptDraftSchema = z.strictObject({
  path: z.string(),
  revision: z.int(),
  at: z.string(),
  draft: draftSchema.optional(),
  aside: z.array(asideSchema),
})
export type KeptDraft = z.infer<typeof keptDraftSchema>

/** Somebody whom one tries rules on: written values by fact, `''` or absent for what is not known. */
export const personSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** The use that they are scored for. */
  scenario: z.string().optional(),
  dates: z.record(z.string(), z.string()),
  facts: z.record(z.string(), z.string()),
})
export type Person = z.infer<typeof personSchema>

/** People of one policy; those who were removed can be brought back until they are deleted for good. */
export const keptPeopleSchema = z.strictObject({
  path: z.string(),
  revision: z.int(),
  people: z.array(personSchema),
  removed: z.array(z.strictObject({ at: z.string(), place: z.int(), person: personSchema })),
})
export type KeptPeople = Readonly<z.infer<typeof keptPeopleSchema>>

/** A change of the people of a policy: of fields, so that two pages that change the same person lose nothing of each other's. */
export const peopleChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('add'), person: personSchema, after: z.string().optional() }),
  z.strictObject({
    kind: z.literal('change'),
    id: z.string(),
    name: z.string().optional(),
    /** `null` for no use. */
    scenario: z.string().nullable().optional(),
    dates: z.record(z.string(), z.string()).optional(),
    facts: z.record(z.string(), z.string()).optional(),
  }),
  z.strictObject({ kind: z.literal('remove'), id: z.string() }),
  z.strictObject({ kind: z.literal('restore'), id: z.string() }),
  /** For good. */
  z.strictObject({ kind: z.literal('forget'), id: z.string() }),
])
export type PeopleChange = z.infer<typeof peopleChangeSchema>

/** The people after a change. What names somebody who is not there changes nothing. */
export function changePeople(kept: KeptPeople, change: PeopleChange, now: string): KeptPeople {
  const { people, removed } = kept
  switch (change.kind) {
    case 'add': {
      if (people.some(({ id }) => id === change.person.id)) return kept
      const at = people.findIndex(({ id }) => id === change.after)
      return { ...kept, people: at < 0 ? [...people, change.person] : people.toSpliced(at + 1, 0, change.person) }
    }
    case 'change': {
      const { id, name, scenario, dates, facts } = change
      const changed = (person: Person): Person => ({
        ...person,
        name: name ?? person.name,
        ...(scenario === undefined ? {} : { scenario: scenario ?? undefined }),
        dates: { ...person.dates, ...dates },
        facts: { ...person.facts, ...facts },
      })
      return { ...kept, people: people.map((person) => (person.id === id ? changed(person) : person)) }
    }
    case 'remove': {
      const place = people.findIndex(({ id }) => id === change.id)
      const person = people[place]
      if (!person) return kept
      return { ...kept, people: people.toSpliced(place, 1), removed: [...removed, { at: now, place, person }] }
    }
    case 'restore': {
      const found = removed.find(({ person }) => person.id === change.id)
      if (!found) return kept
      return { ...kept, people: people.toSpliced(found.place, 0, found.person), removed: removed.filter((other) => other !== found) }
    }
    case 'forget':
      return { ...kept, people: people.filter(({ id }) => id !== change.id), removed: removed.filter(({ person }) => person.id !== change.id) }
  }
}

/** What a page asks again and again: whether anything is newer than what it knows. */
export interface Standing {
  /** Of the file, `''` where it is gone. */
  readonly hash: string
  readonly draft: number
  readonly people: number
}
