// What is asked of a ranking once it is made, and what it is told before places are given: queries over its relations, which `rank.ts` makes.

import { fileWords } from './file-words.ts'
import { quoted } from './quote.ts'
import { quotaTable, statedMark } from './rank.ts'
import { shownKey, type Wording } from './rank-table.ts'
import type { Table } from './table.ts'

/** The lists that have candidates, in order. */
export const candidateLists = 'SELECT DISTINCT list FROM candidates ORDER BY list'

export const rankedCount = 'SELECT COUNT(*) FROM placed'

/** The relation of places by list. */
export const quotaStatements = (quotas: ReadonlyMap<string, number>): readonly string[] => [
  `CREATE TEMP TABLE ${quotaTable} (list VARCHAR, places BIGINT)`,
  ...[...quotas].map(([list, places]) => `INSERT INTO ${quotaTable} VALUES (${quoted(list)}, ${places})`),
]

/** Who gets a place in the second round, and how: empty, and filled by whoever works it out. */
export const secondTable = { name: 'second', create: 'CREATE TEMP TABLE second (n BIGINT, result VARCHAR)' } as const

/** The people who could not be read, by row, and what they and those without a household gave. */
export const unreadTable = { name: 'unread_rows', create: 'CREATE TEMP TABLE unread_rows (n BIGINT)' } as const

/** @param isAlone a condition on `raw` @param given the household that a row of `raw` gives, as it is written */
export const householdStatements = (isAlone: string, given: string): { readonly alone: string; readonly unread: string } => ({
  alone: `CREATE TEMP TABLE alone AS SELECT n FROM raw WHERE ${isAlone}`,
  unread: `CREATE TEMP TABLE unread AS SELECT ${given} AS household, k AS key FROM raw WHERE n IN (SELECT n FROM ${unreadTable.name})`,
})

/** Of each list: places, candidates, admitted, equals at the last place, the keys of the last one admitted, and their total if it ranks. */
export function listsQuery({ policy, scenario, plan, dialect, language }: Wording, lists: readonly string[]): string {
  const w = fileWords[language]
  const shown = plan.keys.map((key, i) => `COALESCE(${shownKey(dialect, key, i, language)}, '?')`)
  const keys = shown.map((text, i) => `${quoted(`${policy.labels[scenario.keys[i]?.id ?? '']?.[language] ?? ''} `)} || ${text}`)
  const [first] = scenario.keys
  const byTotal = first?.value.op === 'total' && first.value.total === scenario.total && !first.ascending
  const names = lists.map((name) => `SELECT ${quoted(name)} AS list`)
  const admitted = "FILTER (WHERE result = 'admitted')"
  const counted = `SELECT list, COUNT(*) AS candidates, COUNT(*) ${admitted} AS admitted, MAX(tied) AS tied, MAX(i) ${admitted} AS last FROM results GROUP BY list`
  return `WITH c AS MATERIALIZED (${counted})
    SELECT l.list, q.places, COALESCE(c.candidates, 0), COALESCE(c.admitted, 0), COALESCE(c.tied, 0),
      CASE WHEN r.n IS NOT NULL THEN concat_ws(${quoted(w.comma)}, ${keys.join(', ')}) END,
      ${byTotal ? `CASE WHEN r.n IS NOT NULL THEN ${shown[0]} END` : 'NULL'}
    FROM (${[...names, 'SELECT list FROM c'].join(' UNION ')}) l LEFT JOIN ${quotaTable} q ON q.list = l.list
      LEFT JOIN c ON c.list = l.list LEFT JOIN results r ON r.list = c.list AND r.i = c.last ORDER BY l.list`
}

/** Two of one household who name different lists: key and list of both. */
export const differingLists = `SELECT a.key, a.list, b.key, b.list FROM members a JOIN members b ON b.household = a.household AND a.n < b.n
    WHERE (a.counts OR b.counts) AND a.list IS DISTINCT FROM b.list ORDER BY a.n`

/** Who gives somebody's key as the household, while that one gives another or none: the keys of both. */
export const oneSided = `SELECT a.key, b.key FROM grouped a JOIN grouped b ON a.household = '${statedMark}' || b.key AND a.n <> b.n
    WHERE b.household IS DISTINCT FROM a.household ORDER BY a.n`

/** Members of households that cannot be ranked, by what is wrong: row, key, and what it is told with. */
export const brokenHouseholds = {
  'household-too-large': 'SELECT e.n, e.key, e.household, s.size FROM everybody e JOIN sizes s ON s.household = e.household',
  'household-crossed':
    'SELECT n, key, other FROM crossed WHERE n NOT IN (SELECT n FROM everybody WHERE rejected OR household IN (SELECT household FROM sizes)) ORDER BY n',
  'household-incomplete':
    'SELECT e.n, e.key, e.household, l.key FROM everybody e JOIN lost l ON l.household = e.household WHERE NOT e.rejected AND e.n NOT IN (SELECT n FROM crossed) AND e.household NOT IN (SELECT household FROM sizes)',
  'household-main': 'SELECT n, key, household FROM members WHERE main_wrong',
} as const

/** The row of a key with those before and after it in the same list: the columns of the table, and how far from its own. */
export function aroundQueries({ columns, from, order }: Table, key: string): { readonly prepare: string; readonly query: string } {
  const named = columns.map((_, i) => `c${i}`)
  const values = columns.map(({ text }, i) => `${text} AS c${i}`).join(', ')
  return {
    prepare: `CREATE TEMP TABLE ranking AS SELECT row_number() OVER (ORDER BY ${order}) AS line, ${values} FROM ${from}`,
    query: `SELECT ${named.map((name) => `b.${name}`).join(', ')}, b.line - a.line FROM ranking a JOIN ranking b ON abs(b.line - a.line) <= 1
      WHERE a.c0 = ${quoted(key)} AND (b.line = a.line OR (a.c2 IS NOT NULL AND b.c2 IS NOT NULL AND a.c1 IS NOT DISTINCT FROM b.c1)) ORDER BY b.line`,
  }
}
