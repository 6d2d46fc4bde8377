// Keys and texts are the same when their characters are. Where two of a column differ only by what cannot be seen, they are told:
// one person or household may have been written in two ways.

import { hasPrivateUse, lookOf } from '../exact/text.ts'
import { type Problem, problem } from '../problems.ts'
import type { Session } from './session.ts'

export interface TextColumn {
  /** As people know it. */
  readonly name: string
  readonly relation: string
  readonly column: string
  /** Texts that the policy compares it with. */
  readonly known: readonly string[]
}

/** What is on every keyboard, and the usual Han, is its own look: only other texts are looked at one by one. */
const plainText = '[!-~\\x{4e00}-\\x{9fff}]*'

const shown = 5

/** @param columns of keys and texts */
export async function lookAlikes(session: Session, columns: readonly TextColumn[]): Promise<readonly Problem[]> {
  const found: Problem[] = []
  for (const column of columns) found.push(...(await alikeIn(session, column)))
  return found
}

async function alikeIn(session: Session, { name, relation, column, known }: TextColumn): Promise<readonly Problem[]> {
  const odd = `SELECT DISTINCT ${column} AS t FROM ${relation} WHERE NOT regexp_full_match(${column}, '${plainText}')`
  const texts = (await session.rows(`SELECT CAST(to_json(t) AS VARCHAR) FROM (${odd}) ORDER BY t`)).map(([text]) => JSON.parse(String(text)) as string)
  if (texts.length === 0 && known.length === 0) return []
  const byLook = new Map<string, Set<string>>()
  const put = (text: string) => byLook.set(lookOf(text), (byLook.get(lookOf(text)) ?? new Set()).add(text))
  for (const text of [...texts, ...known]) put(text)
  await joinPlain(session, relation, column, byLook)
  const groups = [...byLook.values()].filter((group) => group.size > 1).map((group) => [...group].sort())
  const pairs = groups.flatMap(([first = '', ...others]) => others.map((other) => [first, other] as const))
  const ownUse = texts.filter(hasPrivateUse)
  return [
    ...pairs.slice(0, shown).map(([value, other]) => problem('looks-alike', name, value, { other })),
    ...(pairs.length > shown ? [problem('more-look-alike', name, '', { count: String(pairs.length - shown) })] : []),
    ...ownUse.slice(0, 1).map((value) => problem('private-use', name, value, { count: String(ownUse.length) })),
  ]
}

/** Adds the plain texts that one of the others looks like. */
async function joinPlain(session: Session, relation: string, column: string, byLook: Map<string, Set<string>>): Promise<void> {
  await session.run('CREATE OR REPLACE TEMP TABLE looks (t VARCHAR)')
  await session.fill(
    'looks',
    [...byLook.keys()].map((look) => [look]),
  )
  const rows = await session.rows(`SELECT DISTINCT CAST(to_json(${column}) AS VARCHAR) FROM ${relation} WHERE ${column} IN (SELECT t FROM looks)`)
  for (const [json] of rows) {
    const text = JSON.parse(String(json)) as string
    byLook.get(lookOf(text))?.add(text)
  }
}
