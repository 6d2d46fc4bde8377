// Before the tests of a file: of the corpus only the entries asked for are run, and what is reached is noted where that is asked.

import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, afterEach, beforeEach, inject } from 'vitest'

declare global {
  /** Names of functions. */
  var reached: Set<string> | undefined
}

const entries = inject('entries')
const notes = inject('notes')
const isEntry = (name: string | undefined): name is string => name?.endsWith('.json') ?? false

beforeEach(({ task, skip }) => {
  if (entries && isEntry(task.suite?.name) && !entries.includes(task.suite.name)) skip()
})

if (notes !== undefined) {
  globalThis.reached = new Set()
  /** By entry of the corpus; what is reached otherwise, or before the first test, concerns all. */
  const byEntry = new Map<string, Set<string>>()
  const note = (name: string): void => {
    const known = byEntry.get(name) ?? new Set()
    for (const each of globalThis.reached ?? []) known.add(each)
    byEntry.set(name, known)
    globalThis.reached?.clear()
  }
  let file: string | undefined
  beforeEach(({ task }) => {
    if (file === undefined) note('')
    file = task.file.filepath
  })
  afterEach(({ task }) => note(isEntry(task.suite?.name) ? task.suite.name : ''))
  afterAll(() => {
    note('')
    if (file !== undefined)
      writeFileSync(join(notes, `${basename(file)}.json`), JSON.stringify(Object.fromEntries([...byEntry].map(([name, names]) => [name, [...names]]))))
  })
}
