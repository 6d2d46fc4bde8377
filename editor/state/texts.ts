// The texts that the open one is compiled with. The compiler asks for them at once, so a text that is not here yet is noted, fetched from
// the server, and the compilation done again.

import type { Compiled } from '../../language/compile.ts'
import type { TestCase } from '../../runtime/ir/cases.ts'
import { caseFileOf, compileWith } from './compile.ts'
import { readDraft, readPolicy } from './server.ts'

/** By path; `undefined` for what cannot be read. */
const texts = new Map<string, string | undefined>()
/** Paths that were asked for and are not here yet. */
const missing = new Set<string>()

function textOf(path: string): string | undefined {
  if (!texts.has(path)) missing.add(path)
  return texts.get(path)
}

/** Compiles a policy, or a file of cases with the policy beside it, from the texts that are here. */
export const compileFile = (text: string, path: string): Compiled => compileWith(textOf, text, path)

/** The texts that are here, by path. */
export const textsHere = (): readonly (readonly [string, string])[] => [...texts].flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const]))

/** As `compileFile`, once everything that it takes in has been read anew. */
export async function compileAfresh(text: string, path: string, listed: readonly string[]): Promise<Compiled> {
  texts.clear()
  let compiled = compileFile(text, path)
  while (await fetchMissing(listed)) compiled = compileFile(text, path)
  return compiled
}

export interface Beside {
  readonly path: string
  readonly text: string
  readonly cases: readonly TestCase[]
}

/** The file of cases that stands beside a policy; nothing where it cannot be read, which is told when it is opened itself. */
export async function casesBeside(path: string, listed: readonly string[]): Promise<Beside | undefined> {
  const file = caseFileOf(path)
  if (file === undefined || !listed.includes(file)) return undefined
  const [found, kept] = await Promise.all([readPolicy(file).catch(() => undefined), readDraft(file).catch(() => undefined)])
  const text = kept?.draft?.text ?? found?.text
  return text === undefined ? undefined : { path: file, text, cases: (await compileAfresh(text, file, listed)).cases }
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
