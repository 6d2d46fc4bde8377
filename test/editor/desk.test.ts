// What the studio keeps beside the policies: drafts and people, for the user alone, whatever becomes of pages and processes.

import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changePeople, type Draft, type KeptPeople, type PeopleChange, type Person } from '../../editor/desk.ts'
import { studioApp } from '../../editor/server/app.ts'
import { type Desk, openDesk, stateFolder } from '../../editor/server/desk.ts'
import { below, seeded } from '../language/mutate.ts'
import { oneIn } from '../whole.ts'

let folder = ''
let desk: Desk
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heng-desk-'))
  desk = openDesk(join(folder, 'state'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const draft = (text: string): Draft => ({ text, base: { hash: 'h', text: '政策 甲 { }\n' } })
const person = (id: string, facts: Readonly<Record<string, string>> = {}): Person => ({ id, name: id, dates: {}, facts: { ...facts } })
const add = (id: string): PeopleChange => ({ kind: 'add', person: person(id) })

test('a draft is there for whoever asks next, also after a restart', async () => {
  expect(await desk.keepDraft('a.heng', draft('一'), 0, false)).toEqual({ kind: 'kept', revision: 1 })
  const again = openDesk(join(folder, 'state'))
  expect(await again.draft('a.heng')).toMatchObject({ path: 'a.heng', revision: 1, draft: draft('一'), aside: [] })
  expect(await again.drafts()).toEqual(['a.heng'])
  expect(await again.keepDraft('a.heng', undefined, 1, false)).toEqual({ kind: 'kept', revision: 2 })
  expect(await again.drafts()).toEqual([])
})

test('files and folders are the user’s alone', async () => {
  await desk.keepDraft('a.heng', draft('一'), 0, false)
  await desk.changePeople('a.heng', [add('甲')])
  const modes = await Promise.all(
    ['', 'drafts', 'people'].map(async (name) => {
      const path = join(folder, 'state', name)
      const files = (await readdir(path)).filter((file) => file.endsWith('.json'))
      const fileModes = await Promise.all(files.map(async (file) => (await stat(join(path, file))).mode & 0o777))
      return [(await stat(path)).mode & 0o777, ...fileModes]
    }),
  )
  expect(modes).toEqual([[0o700], [0o700, 0o600], [0o700, 0o600]])
})

test('a draft that builds on an older one is told so, and nothing is written over', async () => {
  await desk.keepDraft('a.heng', draft('一'), 0, false)
  expect(await desk.keepDraft('a.heng', draft('二'), 0, false)).toMatchObject({ kind: 'behind', revision: 1, draft: draft('一') })
  expect((await desk.draft('a.heng')).draft?.text).toBe('一')
})

test('a page that goes away too late has its draft set aside, where it can be looked at and dropped', async () => {
  await desk.keepDraft('a.heng', draft('一'), 0, false)
  await desk.keepDraft('a.heng', draft('二'), 0, true)
  const kept = await desk.draft('a.heng')
  expect([kept.draft?.text, kept.aside.map((aside) => aside.draft.text)]).toEqual(['一', ['二']])
  await desk.keepDraft('a.heng', undefined, kept.revision, false)
  // What was set aside is unfinished work too.
  expect(await desk.drafts()).toEqual(['a.heng'])
  expect((await desk.dropAside('a.heng', kept.aside[0]?.id ?? '')).aside).toEqual([])
  expect(await desk.drafts()).toEqual([])
})

test('of many drafts at once on one revision a single one is kept', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => desk.keepDraft('a.heng', draft(String(i)), 0, true)))
  expect(answers.filter(({ kind }) => kind === 'kept').map((answer) => answer.revision).length).toBe(8)
  const { draft: kept, aside } = await desk.draft('a.heng')
  expect([kept?.text, ...aside.map((other) => other.draft.text)].sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
})

test('what cannot be read is put beside, not written over', async () => {
  await desk.keepDraft('a.heng', draft('一'), 0, false)
  const [file = ''] = await readdir(join(folder, 'state', 'drafts'))
  await writeFile(join(folder, 'state', 'drafts', file), '{"half')
  expect(await desk.draft('a.heng')).toMatchObject({ revision: 0, aside: [] })
  await desk.keepDraft('a.heng', draft('二'), 0, false)
  expect(await readFile(join(folder, 'state', 'drafts', `${file}.unread`), 'utf8')).toBe('{"half')
})

test('two pages that change one person lose nothing of each other’s', async () => {
  await desk.changePeople('a.heng', [add('甲'), add('乙')])
  await Promise.all([
    desk.changePeople('a.heng', [{ kind: 'change', id: '甲', facts: { 学历: '本科' } }]),
    desk.changePeople('a.heng', [{ kind: 'change', id: '甲', facts: { 社保: '12' }, name: '张三', scenario: '入学' }]),
    desk.changePeople('a.heng', [{ kind: 'add', person: person('丙'), after: '甲' }]),
  ])
  const { people } = await desk.people('a.heng')
  expect(people.map(({ id }) => id)).toEqual(['甲', '丙', '乙'])
  expect(people[0]).toEqual({ id: '甲', name: '张三', scenario: '入学', dates: {}, facts: { 学历: '本科', 社保: '12' } })
})

test('whoever is removed comes back to their place, and is gone once deleted for good', async () => {
  await desk.changePeople('a.heng', [add('甲'), add('乙'), add('丙')])
  await desk.changePeople('a.heng', [{ kind: 'remove', id: '乙' }])
  expect((await desk.people('a.heng')).removed.map(({ person: { id } }) => id)).toEqual(['乙'])
  await desk.changePeople('a.heng', [{ kind: 'restore', id: '乙' }])
  expect((await desk.people('a.heng')).people.map(({ id }) => id)).toEqual(['甲', '乙', '丙'])
  await desk.changePeople('a.heng', [
    { kind: 'remove', id: '乙' },
    { kind: 'forget', id: '乙' },
  ])
  const [file = ''] = await readdir(join(folder, 'state', 'people'))
  expect(await readFile(join(folder, 'state', 'people', file), 'utf8')).not.toContain('乙')
})

test('whatever is changed, nobody is lost unless deleted for good', () => {
  const random = seeded(20_261_128)
  const ids = ['甲', '乙', '丙', '丁']
  for (let round = 0; round < 2000 / oneIn(10); round += 1) {
    let kept: KeptPeople = { path: 'a.heng', revision: 0, people: [], removed: [] }
    const present = new Set<string>()
    for (let step = 0; step < 12; step += 1) {
      const id = ids[below(random, ids.length)]!
      const kind = (['add', 'change', 'remove', 'restore', 'forget'] as const)[below(random, 5)]!
      if (kind === 'add' && present.has(id)) continue
      kept = changePeople(kept, kind === 'add' ? add(id) : kind === 'change' ? { kind, id, facts: { 甲: '1' } } : { kind, id }, '')
      if (kind === 'add') present.add(id)
      if (kind === 'forget') present.delete(id)
      const known = [...kept.people.map((each) => each.id), ...kept.removed.map((each) => each.person.id)]
      expect(known.sort()).toEqual([...present].sort())
    }
  }
})

test('the state lies outside of the policies, and each folder has its own', async () => {
  await mkdir(join(folder, 'policies'))
  await mkdir(join(folder, 'others'))
  const home = join(folder, 'home')
  expect(stateFolder(join(folder, 'policies'), home)).toMatch(/home\/studio\/[0-9a-f]{24}$/)
  expect(stateFolder(join(folder, 'policies'), home)).not.toBe(stateFolder(join(folder, 'others'), home))
  expect(stateFolder(folder, home)).toBe(undefined)
  expect(stateFolder(join(folder, 'policies'), join(folder, 'policies', 'deep'))).toBe(undefined)
})

test('only the studio’s own page may change anything, and only what it may send', async () => {
  for (const name of ['policies', 'pages']) await mkdir(join(folder, name))
  const app = studioApp(join(folder, 'pages'), join(folder, 'policies'), desk)
  const host = { host: '127.0.0.1:4000' }
  const send = (method: string, path: string, body: unknown, own = true) =>
    app.request(path, { method, headers: { ...host, ...(own ? { 'x-heng': 'studio' } : {}) }, body: JSON.stringify(body) })
  const requests = [
    ['PUT', '/api/draft?path=a.heng', { draft: draft('一'), from: 0, leaves: false }],
    ['POST', '/api/aside?path=a.heng', { draft: draft('一') }],
    ['POST', '/api/people?path=a.heng', { changes: [add('甲')] }],
    ['DELETE', '/api/aside?path=a.heng&id=x', {}],
  ] as const
  for (const [method, path, body] of requests) expect((await send(method, path, body, false)).status).toBe(403)
  for (const [method, path] of requests.slice(0, 3)) expect((await send(method, path, { draft: 1 })).status).toBe(400)
  for (const [method, path, body] of requests) expect((await send(method, path, body)).status).toBe(200)
  const standing = (await (await app.request('/api/standing?path=a.heng', { headers: host })).json()) as unknown
  expect(standing).toEqual({ hash: '', draft: 3, people: 1 })
})

test('a state folder that cannot be made is told', async () => {
  await writeFile(join(folder, 'file'), '')
  expect(() => openDesk(join(folder, 'file', 'deep'))).toThrow(/ENOTDIR/)
})
