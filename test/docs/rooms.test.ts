// No file needs, by way of others, itself: types apart, which need nothing when a program runs.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const files = ['language', 'runtime', 'editor'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name)),
)

/** What a file needs when it runs. */
function needsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^import (?!type )(?:([^;]*?) from )?'(\.[^']+)'/gm)].flatMap(([, names = '', path = '']) => {
    const inside = /^\{([^}]*)\}$/.exec(names.trim())?.[1]
    const typesAlone = inside?.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type '))
    return typesAlone ? [] : [normalize(join(dirname(file), path))]
  })
}

test('imports go in no circle', () => {
  const needs = new Map(files.map((file) => [file, needsOf(file)]))
  expect([...needs.values()].flat().length).toBeGreaterThan(800)
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
    if (done.has(file) || path.includes(file)) return
    for (const next of needs.get(file) ?? []) visit(next, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  expect(circles).toEqual([])
})
