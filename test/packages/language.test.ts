// The language as it is installed elsewhere: every policy of the corpus and every shipped one compiles and formats as by the sources.

import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as sources from '../../language/index.ts'
import { installed, nodes, root, typeErrors, writeRunner } from './installed.ts'
import { nodeOrSay } from './nodes.ts'

interface Texts {
  /** By path. */
  readonly [path: string]: string
}

/** Policies, and texts with mistakes in them. */
const folders = ['policies', 'test/conformance', 'test/language/diagnostics']

const texts: Texts = Object.fromEntries(
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.heng') && !name.endsWith('.cases.heng'))
      .sort()
      .map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), 'utf8')]),
  ),
)

/** All that comes of one text. */
function workings({ compilePolicy, describe, format, positions, severityOf }: typeof sources, path: string, all: Texts): string {
  const text = all[path] ?? ''
  const { diagnostics, policy, cases } = compilePolicy(text, path, (written, from) => {
    const parts: string[] = from.split('/').slice(0, -1)
    for (const part of written.split('/')) {
      if (part === '..') parts.pop()
      else parts.push(part)
    }
    const whole = parts.join('/')
    const found = all[whole]
    return found === undefined ? undefined : { path: whole, text: found }
  })
  const told = diagnostics.map((diagnostic) => [
    positions(text)(diagnostic.span.start),
    severityOf(diagnostic),
    describe(diagnostic, 'zh'),
    describe(diagnostic, 'en'),
  ])
  return JSON.stringify([told, policy, cases, format(text), policy && format(text, 'en')], (_, value) => (typeof value === 'bigint' ? String(value) : value))
}

let folder = ''
let expected: readonly string[] = []

beforeAll(async () => {
  folder = await installed(['heng-language'])
  expected = Object.keys(texts).map((path) => workings(sources, path, texts))
  writeRunner(folder, 'heng-language', workings, Object.keys(texts), texts)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the packed language', () => {
  test('brings nothing with it', () => {
    const place = join(folder, 'node_modules/heng-language')
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['heng-language'])
    expect(readFileSync(join(place, 'dist/index.js'), 'utf8')).not.toMatch(/^(import|export) .*from ["']|\brequire\(/m)
    for (const name of ['Apache License', 'chevrotain', '@noble/hashes']) expect(readFileSync(join(place, 'dist/LICENCES.txt'), 'utf8')).toContain(name)
  })

  test.for(nodes)('gives what the sources give on Node %i', (major, { skip }) => {
    const node = nodeOrSay(major)
    if (node === undefined) return skip()
    const out = JSON.parse(execFileSync(node, ['run.js'], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 29 })) as readonly string[]
    expect(out.length).toBeGreaterThan(300)
    for (const [i, path] of Object.keys(texts).entries()) expect([path, out[i]]).toEqual([path, expected[i]])
  })

  test('does what its page says', () => {
    const [, code = ''] = /```js\n(import [\s\S]*?from 'heng-language'[\s\S]*?)```/.exec(readFileSync(join(root, 'language/README.md'), 'utf8')) ?? []
    cpSync(join(root, 'policies/zhejiang/common-2023.heng'), join(folder, 'common-2023.heng'))
    writeFileSync(join(folder, 'page.js'), code)
    expect(execFileSync(process.execPath, ['page.js'], { cwd: folder, encoding: 'utf8' })).toBe('')
    expect(JSON.parse(readFileSync(join(folder, 'common-2023.json'), 'utf8'))).toMatchObject({ format: 'heng' })
    expect(existsSync(join(folder, 'page.js'))).toBe(true)
  })

  test('has types that stand alone', () => {
    const use = `import { compilePolicy, type Diagnostic, format, type Policy } from 'heng-language'
const { policy, diagnostics, cases } = compilePolicy('', 'a.heng', (path, from) => (path === from ? undefined : { path, text: '' }))
const compiled: Policy | undefined = policy
const first: Diagnostic | undefined = diagnostics[0]
const formatted = format('', 'en')
const text: string = formatted.ok ? formatted.text : formatted.diagnostics.map(({ code }) => code).join()
// @ts-expect-error a code that there is not
if (first?.code === 'nonsense') throw new Error(text + cases.length)
// @ts-expect-error a field that there is not
compiled?.nonsense
`
    expect(typeErrors(folder, use)).toBe('')
  })
})
