// Paths of files as the folder of policies has them, with `/` between names.

const casesEnding = '.cases.heng'

/** Where the cases of a policy stand that are not in it; of a file of cases nothing. */
export const caseFileOf = (path: string): string | undefined => (path.endsWith(casesEnding) ? undefined : `${path.slice(0, -'.heng'.length)}${casesEnding}`)

/** The policy that a file of cases stands beside; of a policy nothing. */
export const policyOfCases = (path: string): string | undefined => (path.endsWith(casesEnding) ? `${path.slice(0, -casesEnding.length)}.heng` : undefined)

/** Where it is said how the facts of a policy's people are spread. */
export const sampleFileOf = (path: string): string => path.replace(/(\.cases)?\.heng$/, '.people.json')

/** `written` as seen from the folder of `from`; what leads out of the root keeps its dots. */
export function beside(from: string, written: string): string {
  const parts = from.split('/').slice(0, -1)
  for (const part of written.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}
