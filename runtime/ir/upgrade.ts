// Compiled policies of earlier versions → the present form. Version 3 told rows, rules and expressions apart by numbers, items by
// their path joined with dots, and had no hash of its meaning.

import { policyHashOf, type Unhashed } from './hash.ts'
import { identified } from './identity.ts'
import { deadlineId, definitionId, distinctIds, factId, itemId, parameterId, scenarioId, totalId } from './ids.ts'
import { formatVersion } from './version.ts'

type Data = { readonly [key: string]: unknown }

/** @returns what the schema of the present version still has to accept; nothing for a version that cannot be brought up */
export function upgraded(data: object, version: number): unknown {
  if (version !== 3) return undefined
  try {
    return from3(data as Data)
  } catch (error) {
    // What is broken beyond its version has no present form.
    if (error instanceof TypeError) return undefined
    throw error
  }
}

function from3(data: Data): unknown {
  const ids = idsOf3(data)
  const { places, labels, ...rules } = data
  const draft = { ...(modern(rules, ids, labels as Data) as Data), version: formatVersion, places: underNow(places, ids), labels: underNow(labels, ids) }
  const named = identified(draft as unknown as Unhashed)
  const { sources, labels: words, places: spots, units, ...rest } = named
  return { ...rest, policyHash: policyHashOf(named), sources, places: spots, labels: words, units }
}

const listOf = (value: unknown): readonly Data[] => (value as readonly Data[]).map((one) => one)

/** The ids of version 3 that are made of names, with those of today. Facts, parameters and uses went by their name alone. */
function idsOf3(data: Data): ReadonlyMap<string, string> {
  const ids = new Map<string, string>()
  const distinct = distinctIds()
  for (const { name } of listOf(data.facts)) ids.set(String(name), factId(String(name)))
  for (const { name } of listOf(data.parameters)) ids.set(String(name), parameterId(String(name)))
  const visit = (item: Data): void => {
    ids.set(String(item.id), itemId(item.path as readonly string[]))
    if (item.kind === 'group') listOf(item.children).forEach(visit)
  }
  listOf(data.items).forEach(visit)
  for (const { id, name } of listOf(data.definitions)) ids.set(String(id), distinct(definitionId(String(name), withinOf3(String(id), String(name), ids))))
  for (const { id, name } of listOf(data.totals)) ids.set(String(id), totalId(String(name)))
  for (const { id, name } of listOf(data.deadlines)) ids.set(String(id), deadlineId(String(name)))
  for (const { name } of listOf(data.scenarios)) ids.set(`scenario ${name}`, scenarioId(String(name)))
  return ids
}

/** `= 甲.乙 名 12` was known in 甲.乙 alone; `= 名` everywhere. */
function withinOf3(id: string, name: string, items: ReadonlyMap<string, string>): string | undefined {
  if (id === `= ${name}`) return undefined
  const [, path = ''] = /^= (.+) \d+$/u.exec(id) ?? []
  return items.get(path.slice(0, path.length - name.length - 1))
}

/** Fields that hold an id which is made of names. */
const references = new Set(['definition', 'item', 'total', 'except'])

/** A part of version 3 without the ids that nothing needs, and with those of today for the rest. */
function modern(node: unknown, ids: ReadonlyMap<string, string>, labels: Data, key = ''): unknown {
  if (Array.isArray(node)) return node.map((part) => modern(part, ids, labels, key))
  if (typeof node === 'string') return references.has(key) ? (ids.get(node) ?? node) : node
  if (typeof node !== 'object' || node === null) return node
  const { id, ...rest } = node as Data
  const made: Record<string, unknown> = Object.fromEntries(Object.entries(rest).map(([name, part]) => [name, modern(part, ids, labels, name)]))
  if (typeof id !== 'string') return made
  if (rest.kind === 'each') {
    const { best, ...each } = made
    return { ...each, takes: best === true ? 'highest' : 'all' }
  }
  if ('op' in rest) return Object.hasOwn(labels, id) ? { ...made, label: id } : made
  if (!keepsId(rest)) return made
  const within = 'perRecord' in rest ? withinOf3(id, String(rest.name), ids) : undefined
  return { id: ids.get(id) ?? id, ...made, ...(within === undefined ? {} : { within }) }
}

/** Rows, items, definitions, totals, rules, keys of an order and deadlines; not facts, parameters, uses and awards. */
const keepsId = (node: Data): boolean =>
  'guard' in node ||
  'path' in node ||
  'perRecord' in node ||
  'ascending' in node ||
  'ahead' in node ||
  ('name' in node && 'value' in node && 'low' in node) ||
  ['applies', 'veto', 'clear', 'lapse', 'bar'].includes(String(node.kind))

const underNow = (table: unknown, ids: ReadonlyMap<string, string>): Data =>
  Object.fromEntries(Object.entries(table as Data).map(([id, entry]) => [ids.get(id) ?? id, entry]))
