// Builds the packages that are installed elsewhere, each into `dist` of its room: JavaScript with what it needs bundled in, its types,
// and the licences of what is in it. With names it builds those alone.

import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type InputOptions, type Plugin, rolldown } from 'rolldown'
import { dts } from 'rolldown-plugin-dts'
import { z } from 'zod'
import { builtPages } from '../../editor/server/build.ts'
import { isFresh } from '../files/changes.ts'
import { policy } from '../ir/schema.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Package {
  /** Where it stands, and its `package.json` with it. */
  readonly room: string
  /** Its files by the name that they get. */
  readonly input: Readonly<Record<string, string>>
  /** A library's functions are part of it; a program is run. */
  readonly kind: 'library' | 'program'
  /** What it leaves to npm. */
  readonly external?: readonly RegExp[]
  /** What else goes into its folder. */
  readonly finish?: (folder: string) => Promise<void> | void
}

const duckdb = /^@duckdb\//

const packages = {
  'heng-runtime': {
    room: 'runtime',
    input: { index: 'runtime/index.ts' },
    kind: 'library',
    finish: (folder) => writeFileSync(join(folder, 'policy.schema.json'), `${JSON.stringify(z.toJSONSchema(policy), null, 1)}\n`),
  },
  'heng-language': { room: 'language', input: { index: 'language/index.ts' }, kind: 'library' },
  'heng-batch': { room: 'runtime/batch', input: { index: 'runtime/batch/index.ts' }, kind: 'library', external: [duckdb] },
  'heng-studio': { room: 'editor', input: { index: 'editor/server/main.ts' }, kind: 'library', finish: addPages },
  'heng-cli': { room: 'runtime/cli', input: { heng: 'runtime/cli/main.ts' }, kind: 'program', external: [duckdb] },
} satisfies Readonly<Record<string, Package>>

export type PackageName = keyof typeof packages

export const packageNames = Object.keys(packages) as readonly PackageName[]

/** Zod keeps its settings on `globalThis`, shared with every other zod of the process: inside the bundle they are its own. */
const ownSettings: Plugin = {
  name: 'own-settings',
  transform: {
    filter: { id: /zod[\\/]v4[\\/]core[\\/](core|registries)\.js$/ },
    handler: (code) => `const ownSettings = {};\n${code.replaceAll('globalThis', 'ownSettings')}`,
  },
}

/** Of zod's types a page is enough, and it stands alone. */
const zodInTypes: Plugin = {
  name: 'zod-in-types',
  resolveId: { order: 'pre', filter: { id: /^zod$/ }, handler: () => join(root, 'runtime/package/zod.d.ts') },
}

/** The studio is a package of its own, which only who opens it needs. */
const studioApart: Plugin = {
  name: 'studio-apart',
  resolveId: {
    order: 'pre',
    filter: { id: /editor\/server\/main\.ts$/ },
    handler: (_, from) => (from === undefined ? null : { id: 'heng-studio', external: true }),
  },
}

/** @returns its room's `dist`, made anew */
export async function buildPackage(name: PackageName): Promise<string> {
  const { room, input: files, kind, external, finish }: Package = packages[name]
  // It takes its place whole: whoever runs what was there before goes on, and half of it is never taken for all.
  const folder = join(root, 'node_modules/.cache/packages', `${name}-${process.pid}`)
  const input = Object.fromEntries(Object.entries(files).map(([as, path]) => [as, join(root, path)]))
  const common = { input, external: [/^node:/, ...(external ?? [])], platform: 'node' } satisfies InputOptions
  rmSync(folder, { recursive: true, force: true })
  const isLibrary = kind === 'library'
  const code = await rolldown({ ...common, plugins: [ownSettings, studioApart], treeshake: { moduleSideEffects: !isLibrary } })
  const { output } = await code.write({ dir: folder, format: 'esm', codeSplitting: !isLibrary })
  writeFileSync(join(folder, 'LICENCES.txt'), licences(output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))))
  if (isLibrary) {
    const types = await rolldown({ ...common, plugins: [zodInTypes, dts({ emitDtsOnly: true, tsconfig: join(root, 'runtime/package/tsconfig.types.json') })] })
    await types.write({ dir: folder })
  }
  await finish?.(folder)
  const [place, before] = [join(root, room, 'dist'), `${folder}-before`]
  if (existsSync(place)) renameSync(place, before)
  renameSync(folder, place)
  rmSync(before, { recursive: true, force: true })
  return place
}

/** Its room's `dist`, made anew only when a source is newer. */
export async function freshPackage(name: PackageName): Promise<string> {
  const { room, input }: Package = packages[name]
  const folder = join(root, room, 'dist')
  const made = join(folder, `${Object.keys(input)[0]}.js`)
  const sources = ['editor', 'language', 'runtime', 'LICENSE', 'package.json', 'package-lock.json', 'tsconfig.base.json', 'vite.config.ts'].map((path) =>
    join(root, path),
  )
  return (await isFresh(made, sources)) ? folder : buildPackage(name)
}

/** The pages, and the program by which a desktop without one of its own opens a browser. */
async function addPages(folder: string): Promise<void> {
  cpSync(await builtPages(() => {}), join(folder, 'pages'), { recursive: true })
  cpSync(join(root, 'node_modules/open/xdg-open'), join(folder, 'xdg-open'))
  chmodSync(join(folder, 'xdg-open'), 0o755)
}

/** The project's licence, and that of every library whose modules went in. */
function licences(modules: readonly string[]): string {
  const libraries = new Set(modules.flatMap((id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id) ?? []))
  return [readFileSync(join(root, 'LICENSE'), 'utf8'), ...[...libraries].sort().map(licenceOf)].join(`\n${'-'.repeat(80)}\n\n`)
}

/** Its own text, or for one that comes without the text that stands in `licences`. @throws where there is none: it may not be given on */
function licenceOf(library: string): string {
  const { name, version } = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8')) as Readonly<Record<string, string>>
  const own = readdirSync(library).find((each) => /^licen[cs]e/i.test(each))
  const path = own === undefined ? join(root, 'runtime/package/licences', `${name}.txt`) : join(library, own)
  return `${name} ${version}\n\n${readFileSync(path, 'utf8')}`
}

if (import.meta.main) {
  const asked = process.argv.slice(2)
  for (const name of packageNames) if (asked.length === 0 || asked.includes(name)) await buildPackage(name)
}
