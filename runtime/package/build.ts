// Builds the package that is installed elsewhere: one file of JavaScript, one of types, with all that they need bundled in, and the
// form of a compiled policy as JSON Schema.

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Plugin, rolldown } from 'rolldown'
import { dts } from 'rolldown-plugin-dts'
import { z } from 'zod'
import { policy } from '../ir/schema.ts'

const runtime = fileURLToPath(new URL('..', import.meta.url))
const input = { index: join(runtime, 'index.ts') }

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
  resolveId: { order: 'pre', filter: { id: /^zod$/ }, handler: () => join(runtime, 'package/zod.d.ts') },
}

/** @param folder that is made anew */
export async function buildRuntime(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  const code = await rolldown({ input, plugins: [ownSettings], treeshake: { moduleSideEffects: false } })
  const { output } = await code.write({ dir: folder, format: 'esm', codeSplitting: false })
  writeFileSync(join(folder, 'LICENCES.txt'), licences(output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))))
  const types = await rolldown({ input, plugins: [zodInTypes, dts({ emitDtsOnly: true, tsconfig: join(runtime, 'tsconfig.json') })] })
  await types.write({ dir: folder })
  writeFileSync(join(folder, 'policy.schema.json'), `${JSON.stringify(z.toJSONSchema(policy), null, 1)}\n`)
}

/** The project's licence, and that of every library whose modules went in. */
function licences(modules: readonly string[]): string {
  const libraries = new Set(modules.flatMap((id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id) ?? []))
  const texts = [...libraries].sort().map((library) => {
    const { name, version } = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8')) as { readonly name: string; readonly version: string }
    return `${name} ${version}\n\n${readFileSync(join(library, 'LICENSE'), 'utf8')}`
  })
  return [readFileSync(join(runtime, '../LICENSE'), 'utf8'), ...texts].join(`\n${'-'.repeat(80)}\n\n`)
}

if (import.meta.main) await buildRuntime(join(runtime, 'dist'))
