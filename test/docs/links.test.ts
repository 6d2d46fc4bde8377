// Whatever a page of the project points to is there: files, folders, and headings of pages.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'language/README.md',
  'runtime/README.md',
  'runtime/batch/README.md',
  'runtime/cli/README.md',
  'editor/README.md',
  'test/conformance/README.md',
]
  .concat(readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name)))
  .concat(readdirSync(join(root, 'policies')).map((name) => join('policies', name, 'README.md')))
  .filter((path) => path.endsWith('.md'))

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** As pages are shown: lower case, signs away, blanks to hyphens. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\- _]/gu, '')
    .replaceAll(' ', '-')

function anchorsOf(path: string): ReadonlySet<string> {
  const text = read(path)
  return new Set([
    ...[...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)),
    ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id),
  ])
}

test.each(pages)('%s points to what is there', (page) => {
  const links = [
    ...read(page)
      .replaceAll(/```[\s\S]*?```/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ].map(([, link = '']) => link)
  const gone = links.filter((link) => {
    if (/^[a-z]+:/.test(link) || link.startsWith('../../security')) return false
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? page : join(dirname(page), path)
    if (!existsSync(join(root, target))) return true
    return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).has(anchor)
  })
  expect(gone).toEqual([])
})

test.each(['docs/architecture.md', 'CONTRIBUTING.md', 'language/README.md', 'docs/decisions/ids-and-hashes.md', 'docs/decisions/operations.md'])(
  '%s names files that are there',
  (page) => {
    const named = [
      ...read(page).matchAll(
        /`((?:runtime|language|editor|test|batch|ir|plan|interpreter|receipt|rank|sql|javascript|cli|check|lower|service|diagnostics|timeline)\/[\w./-]*\.(?:ts|grit))`/g,
      ),
    ]
    const places = ['', 'runtime/', 'language/', 'test/']
    expect(named.map(([, path = '']) => path).filter((path) => !places.some((place) => existsSync(join(root, place, path))))).toEqual([])
  },
)
