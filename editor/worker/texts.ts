// The texts that the open one is compiled with. The compiler asks for them at once, so a text that is not here yet is noted, fetched from
// the server, and the compilation done again.

import { type Compiled, compile, compileCases, type Load } from '../../language/compile.ts'
import { beside, policyOfCases } from '../paths.ts'

export interface Texts {
  /** A policy, or a file of cases with the policy beside it, from the texts that are here. */
  compile(text: string, path: string): Compiled
  /** Fetches what was asked for in vain. @returns whether any of it was there */
  fetchMissing(): Promise<boolean>
  /** Each is read anew when it is asked for next. */
  forget(): void
}

/** @param read gives the text of a file, or fails */
export function makeTexts(read: (path: string) => Promise<string>): Texts {
  const texts = new Map<string, string>()
  /** Paths that were asked for and are not here. */
  const missing = new Set<string>()

  const textOf = (path: string): string | undefined => {
    if (!texts.has(path)) missing.add(path)
    return texts.get(path)
  }
  const load: Load = (written, from) => {
    const path = beside(from, written)
    const text = textOf(path)
    return text === undefined ? undefined : { path, text }
  }

  return {
    compile(text, path) {
      const owner = policyOfCases(path)
      const ownerText = owner === undefined ? undefined : textOf(owner)
      if (owner === undefined || ownerText === undefined) return compile(text, path, load)
      return compileCases(text, path, compile(ownerText, owner, load))
    },

    async fetchMissing() {
      const wanted = [...missing]
      missing.clear()
      const found = await Promise.all(
        wanted.map((path) =>
          read(path).then(
            (text) => texts.set(path, text),
            () => undefined,
          ),
        ),
      )
      return found.some((each) => each !== undefined)
    },

    forget() {
      texts.clear()
      missing.clear()
    },
  }
}
