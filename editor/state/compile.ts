// Compiling one of several texts that name each other, wherever they come from: on the page and in a worker.

import { type Compiled, compile, compileCases, type Load } from '../../language/compile.ts'

const casesEnding = '.cases.heng'

/** Where the cases of a policy stand that are not in it; of a file of cases nothing. */
export const caseFileOf = (path: string): string | undefined => (path.endsWith(casesEnding) ? undefined : `${path.slice(0, -'.heng'.length)}${casesEnding}`)

/** The policy that a file of cases stands beside; of a policy nothing. */
export const policyOfCases = (path: string): string | undefined => (path.endsWith(casesEnding) ? `${path.slice(0, -casesEnding.length)}.heng` : undefined)

/** Compiles a policy, or a file of cases with the policy beside it. */
export function compileWith(textOf: (path: string) => string | undefined, text: string, path: string): Compiled {
  const load: Load = (written, from) => {
    const taken = beside(from, written)
    const found = textOf(taken)
    return found === undefined ? undefined : { path: taken, text: found }
  }
  const owner = policyOfCases(path)
  const ownerText = owner === undefined ? undefined : textOf(owner)
  if (owner === undefined || ownerText === undefined) return compile(text, path, load)
  return compileCases(text, path, compile(ownerText, owner, load))
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
