// One version for the project and all its packages, each of which needs of the others just that one and of npm what the project has.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageNames } from '../../runtime/package/build.ts'
import { root } from './installed.ts'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly engines: unknown
  readonly license: string
  readonly workspaces?: readonly string[]
  readonly dependencies?: Readonly<Record<string, string>>
}

const manifest = (room: string) => JSON.parse(readFileSync(join(root, room, 'package.json'), 'utf8')) as Manifest

test('packages agree with the project', () => {
  const project = manifest('.')
  const rooms = (project.workspaces ?? []).map(manifest)
  expect(rooms.map(({ name }) => name).sort()).toEqual([...packageNames].sort())
  for (const { name, version, engines, license, dependencies = {} } of rooms) {
    expect([name, version, engines, license]).toEqual([name, project.version, project.engines, project.license])
    for (const [needed, asked] of Object.entries(dependencies))
      expect([name, needed, asked]).toEqual([name, needed, packageNames.some((own) => own === needed) ? project.version : project.dependencies?.[needed]])
  }
})
