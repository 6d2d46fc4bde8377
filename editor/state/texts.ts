// Compiling what is open together with the policies that it takes in. The compiler asks for their texts at once, so a text
// that is not here yet is noted, fetched from the server, and the compilation done again.

import { type Compiled, compile, compileCases, type Load } from '../../language/compile.ts'
import type { TestCase } from '../../runtime/ir/cases.ts'
import { readPolicy } from './server.ts'

/** By path; `undefined` for what cannot be read. */
const texts = new Map<string, string | undefined>()
/** Paths that were asked for and are not here yet. */
const missing = new Set<string>()

function textOf(path: string): string | undefined {
  if (!texts.has(path)) missing.add(path)
  return texts.get(path)
}

const load: Load = (written, from) => {
  const path = beside(from, written)
  const text = textOf(path)
  return text === undefined ? undefined : { path, text }
}

const casesEnding = '.cases.heng'

/** Compiles a policy, or a file of cases with the policy beside it, from the texts that are here. */
export function compileFile(text: string, path: string): Compiled {
  const owner = path.endsWith(casesEnding) ? `${path.slice(0, -casesEnding.length)}.heng` : undefined
  const ownerText = owner === undefined ? undefined : textOf(owner)
  if (owner === undefined || ownerText === undefined) return compile(text, path, load)
  return compileCases(text, path, compile(ownerText, owner, load))
}

/** As `compileFile`, once everything that it takes in has been read anew. */
export async function compileAfresh(text: string, path: string, listed: readonly string[]): Promise<Compiled> {
  texts.clear()
  let compiled = compileFile(text, path)
  while (await fetchMissing(listed)) compiled = compileFile(text, path)
  return compiled
}

/** Where the cases of a policy stand that are not in it; of a file of cases nothing. */
export const caseFileOf = (path: string): string | undefined => (path.endsWith(casesEnding) ? undefined : `${path.slice(0, -'.heng'.length)}${casesEnding}`)

/** The cases of the file that stands beside a policy; none where it cannot be read, which is told when it is opened itself. */
export async function casesBeside(path: string, listed: readonly string[]): Promise<readonly TestCase[]> {
  const file = caseFileOf(path)
  if (file === undefined || !listed.includes(file)) return []
  const found = await readPolicy(file).catch(() => undefined)
  return found ? (await compileAfresh(found.text, file, listed)).cases : []
}

/** Fetches what was asked for in vain, where it is a policy of the folder; gives whether there was anything. */
export async function fetchMissing(listed: readonly string[]): Promise<boolean> {
  const wanted = [...missing].filter((path) => listed.includes(path))
  missing.clear()
  const read = (path: string) =>
    readPolicy(path).then(
      ({ text }) => text,
      () => undefined,
    )
  await Promise.all(wanted.map(async (path) => texts.set(path, await read(path))))
  return wanted.length > 0
}

/** `written` as seen from the folder of `from`; what leads out of the root keeps its dots. */
export function beside(from: string, written: string): string {
  const parts = from.split('/').slice(0, -1)
  for (const part of written.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}
