// Records of a file of their own belong to the applicant who has their key; those that belong to nobody are told, with the key that
// was probably meant.

import { lookOf } from '../exact/text.ts'
import type { Session } from './session.ts'

export interface Unclaimed {
  /** Of the file of records. */
  readonly row: number
  readonly key: string
  /** The key of an applicant that differs by what is easily overlooked. */
  readonly near: string | undefined
}

/** What a slip leaves of a key: blanks, leading zeros and the case of letters do not count. */
const core = (key: string): string =>
  lookOf(key)
    .replace(/\s/g, '')
    .toLowerCase()
    .replace(/^0+(?=.)/, '')

/** So many applicants are compared letter by letter, for so many records. */
const [mostCompared, mostRecords] = [200_000, 20]

/** @param relation of records, with the keys `k`; applicants are those of `raw` */
export async function unclaimedRecords(session: Session, relation: string): Promise<readonly Unclaimed[]> {
  const found = (await session.rows(`SELECT n, CAST(to_json(k) AS VARCHAR) FROM ${relation} WHERE k NOT IN (SELECT k FROM raw) ORDER BY n`)).map(
    ([n, key]) => ({
      row: Number(n),
      key: JSON.parse(String(key)) as string,
    }),
  )
  if (found.length === 0) return []
  const wanted = new Map(found.map(({ key }) => [core(key), new Set<string>()]))
  const keys = (await session.rows('SELECT CAST(to_json(k) AS VARCHAR) FROM raw')).map(([key]) => JSON.parse(String(key)) as string)
  for (const key of keys) wanted.get(core(key))?.add(key)
  return found.map(({ row, key }, i) => {
    const same = [...(wanted.get(core(key)) ?? [])]
    const near = same.length > 0 ? same : i < mostRecords && keys.length <= mostCompared ? keys.filter((other) => isOneSlip(key, other)) : []
    return { row, key, near: near.length === 1 ? near[0] : undefined }
  })
}

/** Whether one character more, less, other or two exchanged make one key of the other; of short keys everything would be near. */
function isOneSlip(a: string, b: string): boolean {
  if (a.length < 4 || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  return Math.max(x.length, y.length) === 1 || (x.length === 2 && y === `${x[1]}${x[0]}`)
}
