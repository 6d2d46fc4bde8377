// A compiled policy out of plain data: checked by its schema and beyond it, and brought up to the present form.

import type { Policy } from './schema.ts'
import { policy as schema } from './schema.ts'
import { upgraded } from './upgrade.ts'
import { type Flaw, flawsOf } from './validate.ts'
import { formatVersion } from './version.ts'

export type ReadPolicy =
  | { readonly ok: true; readonly policy: Policy }
  /** `future`: of a later version than this runtime knows. @see Flaw for `flaws` */
  | { readonly ok: false; readonly reason: 'not-heng' | 'future' | 'schema' | 'flaws'; readonly at: readonly string[]; readonly flaws: readonly Flaw[] }

/** @param data what JSON holds; nothing in it is relied on */
export function readPolicy(data: unknown): ReadPolicy {
  const refused = (reason: 'not-heng' | 'future' | 'schema' | 'flaws', at: readonly string[] = [], flaws: readonly Flaw[] = []): ReadPolicy => ({
    ok: false,
    reason,
    at,
    flaws,
  })
  if (typeof data !== 'object' || data === null || !('format' in data) || data.format !== 'heng' || !('version' in data)) return refused('not-heng')
  const { version } = data
  if (typeof version !== 'number') return refused('not-heng')
  if (version > formatVersion) return refused('future', [String(version)])
  const present = version === formatVersion ? data : upgraded(data, version)
  if (present === undefined) return refused('schema', [String(version)])
  const parsed = schema.safeParse(present, { jitless: true })
  if (!parsed.success) return refused('schema', [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))])
  const flaws = flawsOf(parsed.data)
  return flaws.length === 0
    ? { ok: true, policy: parsed.data }
    : refused(
        'flaws',
        flaws.map(({ at }) => at),
        flaws,
      )
}
