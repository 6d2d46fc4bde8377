// Builds the package that is installed elsewhere: one file of JavaScript, one of types, with all that they need bundled in, and the
// form of a compiled policy as JSON Schema.

import { rmSync, writeFileSync } from 'node:fs'
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
  await code.write({ dir: folder, format: 'esm', codeSplitting: false })
  const types = await rolldown({ input, plugins: [zodInTypes, dts({ emitDtsOnly: true, tsconfig: join(runtime, 'tsconfig.json') })] })
  await types.write({ dir: folder })
  writeFileSync(join(folder, 'policy.schema.json'), `${JSON.stringify(z.toJSONSchema(policy), null, 1)}\n`)
}

if (import.meta.main) await buildRuntime(join(runtime, 'dist'))
