// The faults that `npm run survivors` puts in have a place to go.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

interface Fault {
  readonly what: string
  readonly file: string
  readonly sound: string
}

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8')

test('every fault stands in place of something that is there', () => {
  const faults = JSON.parse(read('faults.json')) as readonly Fault[]
  expect(faults.length).toBeGreaterThan(10)
  expect(faults.filter(({ file, sound }) => !read(`../../${file}`).includes(sound)).map(({ what, file, sound }) => [what, file, sound])).toEqual([])
})
