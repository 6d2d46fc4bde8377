// A ranking as one script for a database that has the relations of applicants: scores, households, keys, places, results.

import type { PlanReason } from '../ir/plan-reasons.ts'
import type { Scenario } from '../ir/schema.ts'
import type { Plan } from '../plan/plan.ts'
import type { Language } from '../problems.ts'
import { quotasOf, rankedScenario } from '../rank/rank.ts'
import type { Run } from '../run.ts'
import type { Dialect } from './dialect.ts'
import { sqlOf } from './print.ts'
import { named, quoted } from './quote.ts'
import { placeStatements, quotaTable, rankSteps } from './rank.ts'
import { rankTable } from './rank-table.ts'

export type RankScript =
  | { readonly ok: true; readonly statements: readonly string[] }
  | { readonly ok: false; readonly reason: PlanReason; readonly rule: string }

/**
 * Statements whose last one is the ranking, with the columns of `heng rank`. They read `applicants` and the relations of
 * records. Places are those of the policy; a use that has a quota and says no number reads the table `quotas`.
 */
export function rankScript(run: Run, plan: Plan, dialect: Dialect, language: Language): RankScript {
  const { policy } = run
  const scenario = rankedScenario(run)
  if (scenario.secondRound) return { ok: false, reason: 'second-round', rule: scenario.name }
  const steps = rankSteps({ run, plan, dialect })
  const scored = sqlOf(policy, plan, steps.first, dialect, { carried: steps.carried, language })
  if (!scored.ok) return scored
  const keyed = steps.keyed && sqlOf(policy, plan, steps.keyed, dialect, { people: 'contenders', language })
  if (keyed && !keyed.ok) return keyed
  const places = [...quotasOf(run, [])].map(([list, number]) => `(${quoted(list)}, ${number})`)
  const { columns, from, order } = rankTable(run, plan, dialect, language)
  const shown = columns.map(({ name, text }) => `${text} AS ${named(name)}`)
  return {
    ok: true,
    statements: [
      `CREATE TEMP TABLE scored AS ${scored.sql}`,
      ...steps.members,
      ...(keyed ? [`CREATE TEMP TABLE keyed AS ${keyed.sql}`] : []),
      steps.candidates,
      ...(readsQuotas(places.length, scenario)
        ? [`CREATE TEMP VIEW ${quotaTable} AS SELECT list, places FROM quotas`]
        : [
            `CREATE TEMP TABLE ${quotaTable} (list VARCHAR, places BIGINT)`,
            ...(places.length > 0 ? [`INSERT INTO ${quotaTable} VALUES ${places.join(', ')}`] : []),
          ]),
      ...placeStatements(plan, scenario),
      `SELECT ${shown.join(',\n  ')}\nFROM ${from}\nORDER BY ${order}`,
    ],
  }
}

/** @param places of the policy's own */
export const readsQuotas = (places: number, scenario: Scenario): boolean => places === 0 && scenario.quota !== undefined
