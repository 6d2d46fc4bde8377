// The studio's server: policies of one folder, saved whole, never over somebody else's change, and only for its own page.

import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { studioApp } from '../../editor/server/app.ts'
import { openDesk } from '../../editor/server/desk.ts'
import { hashOf } from '../../editor/server/store.ts'
import { encodeGb18030 } from '../cli/gb18030.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heng-server-'))
  await mkdir(join(folder, 'policies', '甲县'), { recursive: true })
  await writeFile(join(folder, 'policies', '甲县', 'a.heng'), '政策 甲 { }\n')
  await mkdir(join(folder, 'pages'))
  await writeFile(join(folder, 'secret.heng'), '政策 密 { }\n')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const app = () => studioApp(join(folder, 'pages'), join(folder, 'policies'), openDesk(join(folder, 'state')))
const local = { host: '127.0.0.1:4000' }
const own = { ...local, 'x-heng': 'studio', 'content-type': 'application/json' }
const at = (path: string) => `/api/policy?path=${encodeURIComponent(path)}`
const put = (path: string, body: unknown, headers: Record<string, string> = own) =>
  app().request(at(path), { method: 'PUT', headers, body: JSON.stringify(body) })
const onDisk = () => readFile(join(folder, 'policies', '甲县', 'a.heng'), 'utf8')

test('lists the policies of the folder by their path', async () => {
  expect(await (await app().request('/api/policies', { headers: local })).json()).toEqual({
    policies: ['甲县/a.heng'],
    drafts: [],
    heads: { '甲县/a.heng': { name: '甲' } },
  })
})

test('saves a text whole when the file is as it was read', async () => {
  const answer = await put('甲县/a.heng', { text: '政策 乙 { }\n', base: hashOf('政策 甲 { }\n') })
  expect(await answer.json()).toEqual({ kind: 'saved', hash: hashOf('政策 乙 { }\n') })
  expect(await onDisk()).toBe('政策 乙 { }\n')
  expect(await readdir(join(folder, 'policies', '甲县'))).toEqual(['a.heng'])
})

test('finds words in all policies as they are being written, and nothing outside of the folder', async () => {
  const search = async (words: string) => (await app().request(`/api/search?words=${encodeURIComponent(words)}`, { headers: local })).json()
  expect(await search('政策')).toEqual([{ path: '甲县/a.heng', line: 1, column: 1, text: '政策 甲 { }' }])
  expect(await search(' ')).toEqual([])
  const draft = { text: '# 说明\n  政策 乙 { }\n', base: { text: '政策 甲 { }\n', hash: hashOf('政策 甲 { }\n') } }
  await app().request(`/api/draft?path=${encodeURIComponent('甲县/a.heng')}`, {
    method: 'PUT',
    headers: own,
    body: JSON.stringify({ draft, from: 0, leaves: false }),
  })
  expect(await search('政策 乙')).toEqual([{ path: '甲县/a.heng', line: 2, column: 3, text: '政策 乙 { }' }])
  expect(await search('政策 甲')).toEqual([])
  await writeFile(join(folder, 'policies', '甲县', 'b.heng'), 'x\n'.repeat(200))
  expect(await search('X')).toHaveLength(50)
})

test('hands out official texts and sample files beside policies, and nothing else', async () => {
  const read = async (path: string) => (await app().request(`/api/text?path=${encodeURIComponent(path)}`, { headers: local })).json()
  for (const name of ['a.txt', 'a.people.json', 'a.json', 'people.json.heng']) await writeFile(join(folder, 'policies', '甲县', name), '{}')
  expect(await read('甲县/a.txt')).toMatchObject({ text: '{}' })
  expect(await read('甲县/a.people.json')).toMatchObject({ text: '{}' })
  for (const path of ['甲县/a.json', '甲县/a.heng', '../a.people.json']) expect(await read(path)).toEqual({ error: 'not-found' })
})

test('refuses to overwrite a change made on disk, and shows it', async () => {
  await writeFile(join(folder, 'policies', '甲县', 'a.heng'), '别人的')
  const answer = await put('甲县/a.heng', { text: '我的', base: hashOf('政策 甲 { }\n') })
  expect(await answer.json()).toEqual({ kind: 'conflict', onDisk: { text: '别人的', hash: hashOf('别人的') } })
  expect(await onDisk()).toBe('别人的')
})

test('of many saves at once on one text a single one wins', async () => {
  const base = hashOf('政策 甲 { }\n')
  const one = app()
  const save = (text: string) => one.request(at('甲县/a.heng'), { method: 'PUT', headers: own, body: JSON.stringify({ text, base }) })
  const answers = await Promise.all(Array.from({ length: 8 }, async (_, i) => (await (await save(`政策 丙 { } # ${i}`)).json()) as { kind: string }))
  expect(answers.filter(({ kind }) => kind === 'saved').length).toBe(1)
})

test('says that a file is not text, or not there', async () => {
  await writeFile(join(folder, 'policies', 'b.heng'), Buffer.from([0xff, 0xfe, 0x00]))
  expect(await (await app().request(at('b.heng'), { headers: local })).json()).toEqual({ error: 'utf-16' })
  await writeFile(join(folder, 'policies', 'b.heng'), Buffer.from('政策 某县积分 { }').with(1, 0xff))
  expect(await (await app().request(at('b.heng'), { headers: local })).json()).toEqual({ error: 'damaged-utf-8' })
  await writeFile(join(folder, 'policies', 'b.heng'), Buffer.from([0x80, 0xff, 0x80]))
  expect(await (await app().request(at('b.heng'), { headers: local })).json()).toEqual({ error: 'not-text' })
  expect(await (await app().request(at('c.heng'), { headers: local })).json()).toEqual({ error: 'not-found' })
  await writeFile(join(folder, 'policies', 'd.heng'), ' '.repeat(8_000_001))
  expect(await (await app().request(at('d.heng'), { headers: local })).json()).toEqual({ error: 'too-large' })
})

test('reads an official text beside a policy, and nothing else', async () => {
  await writeFile(join(folder, 'policies', '甲县', '原文.txt'), '一、总则\n')
  const read = async (path: string) => (await app().request(`/api/text?path=${encodeURIComponent(path)}`, { headers: local })).json()
  expect(await read('甲县/原文.txt')).toEqual({ text: '一、总则\n', hash: hashOf('一、总则\n') })
  for (const path of ['甲县/a.heng', '甲县/没有.txt', '../secret.txt', '']) expect(await read(path), path).toEqual({ error: 'not-found' })
})

test('reaches nothing outside the folder, by dots, by an absolute path or by a link', async () => {
  await symlink(folder, join(folder, 'policies', 'link'))
  for (const path of ['../secret.heng', '甲县/../../secret.heng', join(folder, 'secret.heng'), 'link/secret.heng', '甲县/a.heng\0', '甲县']) {
    expect(await (await app().request(at(path), { headers: local })).json(), path).toEqual({ error: 'not-found' })
    expect((await put(path, { text: 'x', base: '' })).status, path).toBe(404)
  }
  expect(await readFile(join(folder, 'secret.heng'), 'utf8')).toBe('政策 密 { }\n')
})

test('answers no other host, and changes nothing for a page that is not its own', async () => {
  expect((await app().request('/api/policies', { headers: { host: 'evil.example' } })).status).toBe(403)
  const body = { text: 'x', base: hashOf('政策 甲 { }\n') }
  expect((await put('甲县/a.heng', body, local)).status).toBe(403)
  expect((await put('甲县/a.heng', { text: 1 })).status).toBe(400)
  expect(await onDisk()).toBe('政策 甲 { }\n')
})

test('every answer carries the content security policy', async () => {
  const answer = await app().request('/api/policies', { headers: local })
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self';")
})

test('reads and writes through no link that leaves the folder', async () => {
  await symlink(join(folder, 'secret.heng'), join(folder, 'policies', 'out.heng'))
  await symlink(join(folder, 'secret.heng'), join(folder, 'policies', 'out.txt'))
  await symlink(join(folder, 'new.heng'), join(folder, 'policies', 'dangling.heng'))
  await symlink('/dev/zero', join(folder, 'policies', 'zero.heng'))
  for (const path of ['out.heng', 'dangling.heng', 'zero.heng']) {
    expect(await (await app().request(at(path), { headers: local })).json()).toEqual({ error: 'not-found' })
    expect((await put(path, { text: '政策 改 { }\n', base: '' })).status).toBe(404)
  }
  expect(await (await app().request('/api/text?path=out.txt', { headers: local })).json()).toEqual({ error: 'not-found' })
  expect(await readFile(join(folder, 'secret.heng'), 'utf8')).toBe('政策 密 { }\n')
  expect((await readdir(folder)).sort()).toEqual(['pages', 'policies', 'secret.heng', 'state'])
})

test('follows a link inside the folder', async () => {
  await symlink('甲县/a.heng', join(folder, 'policies', 'in.heng'))
  expect((await put('in.heng', { text: '政策 丁 { }\n', base: hashOf('政策 甲 { }\n') })).status).toBe(200)
  expect(await onDisk()).toBe('政策 丁 { }\n')
})

test('takes no body without bounds', async () => {
  expect((await put('甲县/a.heng', { text: 'a'.repeat(9_000_000), base: '' })).status).toBe(413)
  const stream = new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(1_000_000).fill(32))
    },
  })
  const endless = new Request(`http://127.0.0.1:4000${at('甲县/a.heng')}`, { method: 'PUT', headers: own, body: stream, duplex: 'half' } as RequestInit)
  expect((await app().request(endless)).status).toBe(413)
  expect(await onDisk()).toBe('政策 甲 { }\n')
})

const file = () => join(folder, 'policies', '甲县', 'a.heng')
const stored = async () => (await (await app().request(at('甲县/a.heng'), { headers: local })).json()) as { text: string; hash: string; encoding?: string }

test.each([
  ['CRLF', '政策 甲 {\r\n}\r\n', '政策 乙 {\r\n\r\n}\r\n'],
  ['CR', '政策 甲 {\r}\r', '政策 乙 {\r\r}\r'],
  ['a byte-order mark', '\ufeff政策 甲 {\n}\n', '\ufeff政策 乙 {\n\n}\n'],
  ['a byte-order mark and CRLF', '\ufeff政策 甲 {\r\n}\r\n', '\ufeff政策 乙 {\r\n\r\n}\r\n'],
  ['no line end', '政策 甲 { }', '政策 乙 {\n\n}\n'],
  ['most lines with CRLF', '政策 甲 {\r\n\n}\r\n', '政策 乙 {\r\n\r\n}\r\n'],
])('a file with %s keeps it when it is saved, and the page has plain lines', async (_, before, after) => {
  await writeFile(file(), before)
  const { text, hash } = await stored()
  expect({ text, hash }).toEqual({ text: before.replace('\ufeff', '').replaceAll(/\r\n?/g, '\n'), hash: hashOf(before) })
  // What says nothing new changes no byte.
  expect(await (await put('甲县/a.heng', { text, base: hash })).json()).toEqual({ kind: 'saved', hash })
  expect(await onDisk()).toBe(before)
  const saved = await put('甲县/a.heng', { text: '政策 乙 {\n\n}\n', base: hash })
  expect(await saved.json()).toEqual({ kind: 'saved', hash: hashOf(after) })
  expect(await onDisk()).toBe(after)
  // A draft that an older page kept may have other line ends.
  expect(await (await put('甲县/a.heng', { text: '政策 丙 {\r\n}\r\n', base: hashOf(after) })).json()).toMatchObject({ kind: 'saved' })
  expect((await onDisk()).replaceAll(/\r\n?|\ufeff/g, (end) => (end === '\ufeff' ? '' : '\n'))).toBe('政策 丙 {\n}\n')
})

test('a byte-order mark or line ends that change on disk are a change', async () => {
  const { hash } = await stored()
  await writeFile(file(), '\ufeff政策 甲 { }\n')
  expect(await (await put('甲县/a.heng', { text: '政策 乙 { }\n', base: hash })).json()).toMatchObject({ kind: 'conflict' })
})

test.each([
  ['UTF-16', () => Buffer.from('\ufeff政策 甲 { }\n', 'utf16le'), 'utf-16'],
  ['no text', () => Buffer.from([255, 255, 255]), 'not-text'],
  ['too large', () => Buffer.alloc(8_000_001, 0x20), 'too-large'],
])('what is %s on disk by now is never written over, whatever a save says', async (_, bytes, reason) => {
  const { hash } = await stored()
  await writeFile(file(), bytes())
  for (const text of ['政策 乙 { }\n', ''])
    for (const base of [hash, reason, '']) expect(await (await put('甲县/a.heng', { text, base, toUtf8: true })).json()).toEqual({ kind: 'unread', reason })
  expect((await readFile(file())).equals(bytes())).toBe(true)
})

test('what is GB18030 is read, and written over only when UTF-8 is asked for', async () => {
  const bytes = encodeGb18030('政策 甲 {\r\n}\r\n')
  await writeFile(file(), bytes)
  await writeFile(join(folder, 'policies', '甲县', '原文.txt'), encodeGb18030('一、总则\r\n'))
  const { text, hash, encoding } = await stored()
  expect({ text, hash, encoding }).toEqual({ text: '政策 甲 {\n}\n', hash: hashOf(bytes), encoding: 'gb18030' })
  expect(await (await app().request(`/api/text?path=${encodeURIComponent('甲县/原文.txt')}`, { headers: local })).json()).toMatchObject({ text: '一、总则\n' })
  for (const changed of [text, '政策 乙 {\n}\n']) {
    expect(await (await put('甲县/a.heng', { text: changed, base: hash })).json()).toEqual({ kind: 'gb18030' })
    expect((await readFile(file())).equals(bytes)).toBe(true)
  }
  expect(await (await put('甲县/a.heng', { text: '政策 乙 {\n}\n', base: 'another', toUtf8: true })).json()).toMatchObject({ kind: 'conflict' })
  expect(await (await put('甲县/a.heng', { text, base: hash, toUtf8: true })).json()).toEqual({ kind: 'saved', hash: hashOf('政策 甲 {\r\n}\r\n') })
  expect(await onDisk()).toBe('政策 甲 {\r\n}\r\n')
})
