// Packages as they are installed elsewhere: packed, and put into an empty folder without the repository beside it.

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freshPackage, type PackageName } from '../../runtime/package/build.ts'
import { oneIn } from '../whole.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The Nodes that packages are for: the oldest and the newest, and where everything is tried those between. */
export const nodes = [20, 22, 24].filter((major) => major !== 22 || oneIn(2) === 1)

/** @param libraries what the packages leave to npm, which is asked for nothing: copied from beside the project @returns the folder */
export async function installed(names: readonly PackageName[], libraries: readonly string[] = []): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'heng-package-'))
  for (const library of libraries) cpSync(join(root, 'node_modules', library), join(folder, 'node_modules', library), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  const packed: string[] = []
  for (const name of names) {
    await freshPackage(name)
    const out = execFileSync('npm', ['pack', '--json', '--workspace', name, '--pack-destination', folder], { cwd: root, encoding: 'utf8', stdio: 'pipe' })
    packed.push(...(JSON.parse(out) as readonly { readonly filename: string }[]).map(({ filename }) => `./${filename}`))
  }
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  execFileSync('npm', ['install', '--offline', '--no-package-lock', ...packed], { cwd: folder, stdio: 'pipe' })
  return folder
}

/** Type errors of a text that uses packages, as a stranger's strict project finds them. @param types packages of types beside it */
export function typeErrors(folder: string, text: string, types: readonly string[] = []): string {
  writeFileSync(join(folder, 'use.ts'), text)
  const compilerOptions = { noEmit: true, strict: true, module: 'nodenext', target: 'es2023', types, skipLibCheck: types.length > 0 }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['use.ts'] }))
  try {
    return execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc')], { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    return (error as { readonly stdout: string }).stdout
  }
}

/**
 * Writes `run.js` into the folder: it prints what `workings` makes with the package of each piece of work, as JSON. `workings` is sent as it
 * stands, so that nothing from outside the folder is in it; importing the package may change nothing that is global.
 * @param shared what every piece of work needs beside its own
 */
export function writeRunner<Package, Work, Shared>(
  folder: string,
  name: PackageName,
  workings: (installed: Package, work: Work, shared: Shared) => unknown,
  works: readonly Work[],
  shared: Shared,
): void {
  writeFileSync(join(folder, 'work.json'), JSON.stringify({ works, shared }))
  writeFileSync(
    join(folder, 'run.js'),
    `import { readFileSync } from 'node:fs'
const before = Reflect.ownKeys(globalThis).length
const installed = await import('${name}')
if (Reflect.ownKeys(globalThis).length !== before) throw new Error('importing it changed what is global')
const workings = ${workings}
const { works, shared } = JSON.parse(readFileSync('work.json', 'utf8'))
const made = []
for (const work of works) made.push(await workings(installed, work, shared))
process.stdout.write(JSON.stringify(made))
`,
  )
}
