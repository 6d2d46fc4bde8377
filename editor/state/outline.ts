// The entries of an outline by the names that lead to them, as addresses and searches name them.

import type { OutlineEntry } from '../../language/service/outline.ts'

/** What an outline of rules shows. */
const shown: ReadonlySet<OutlineEntry['kind']> = new Set(['group', 'deductions', 'indicator', 'total', 'state', 'scenario'])

export const rulesOf = <Entry extends Pick<OutlineEntry, 'kind'>>(outline: readonly Entry[]): readonly Entry[] => outline.filter(({ kind }) => shown.has(kind))

/** How an entry below some names is named; a case may be called as a rule is. */
export const itemOf = ({ kind, name }: Pick<OutlineEntry, 'kind' | 'name'>, above: string): string =>
  kind === 'case' ? `case ${name}` : above === '' ? name : `${above}.${name}`

export interface NamedEntry {
  readonly entry: OutlineEntry
  /** 省级共性指标.年龄 */
  readonly item: string
}

/** Every entry below some names, with its own. */
export const namedEntries = (entries: readonly OutlineEntry[], above = ''): readonly NamedEntry[] =>
  entries.flatMap((entry) => {
    const item = itemOf(entry, above)
    return [{ entry, item }, ...namedEntries(entry.children, item)]
  })

/** A rule of these names, or else whatever has them. */
export const entryAt = (outline: readonly OutlineEntry[], item: string): OutlineEntry | undefined =>
  [...namedEntries(rulesOf(outline)), ...namedEntries(outline)].find((named) => named.item === item)?.entry
