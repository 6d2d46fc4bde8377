// What expressions and rows mean, as plain data that is equal when they mean the same: a definition stands for what it says, so that
// its name does not matter, and words for people are left out.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { turned } from './fields.ts'
import { awards, operations, partsOf } from './operations.ts'
import type { Award, Definition, Expression, Row, StateRule } from './schema.ts'

/** SHA-256 of plain data, whatever the order of its keys. */
export const hashOf = (data: unknown): string => bytesToHex(sha256(utf8ToBytes(JSON.stringify(inKeyOrder(data)))))

function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, held]) => held !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, held]) => [key, inKeyOrder(held)]))
}

/** So much of a hash tells the rows of one item apart. */
export const shortHash = (data: unknown): string => hashOf(data).slice(0, 8)

export type Meanings = ReturnType<typeof meaningsOf>

/**
 * @param definitions in order of dependence
 * @param proofs whether the decimals and bounds that were proven count too: they follow from what is written elsewhere
 */
export function meaningsOf(definitions: readonly Definition[], proofs: boolean) {
  const known = new Map<string, string>()
  for (const { id, perRecord, type, cases } of definitions) known.set(id, hashOf([perRecord, proofs ? type : type.kind, cases.map(caseOf)]))
  return { expression, optional, row, award, state, subjectOfRow }

  function caseOf({ when, value }: Definition['cases'][number]): unknown {
    return [optional(when), expression(value)]
  }

  function expression(node: Expression): unknown {
    return [node.op, provenOf(node), turned(operations[node.op].fields, node, { part: expression, definition: (id: string) => known.get(id) })]
  }

  function optional(node: Expression | undefined): unknown {
    return node ? expression(node) : null
  }

  function provenOf(node: Expression | Award): unknown {
    if (!proofs || !('low' in node) || typeof node.low !== 'string') return null
    return ['places' in node ? node.places : null, node.low, node.high]
  }

  function row({ guard, when, awards: list, min, max, onlyFor, inForce }: Row): unknown {
    return [guard, optional(when), list.map(award), optional(min), optional(max), onlyFor ? [...onlyFor].sort() : null, inForce ?? null]
  }

  function award(node: Award): unknown {
    return [node.kind, provenOf(node), turned(awards[node.kind].fields, node, { part: expression, row })]
  }

  function state({ kind, when, each }: Pick<StateRule, 'kind' | 'when' | 'each'>): unknown {
    return [kind, optional(when), each ? [expression(each.list), expression(each.from), each.months, each.days] : null]
  }

  /** What a row is about: whom it asks for and what it counts, not how many points that gives. */
  function subjectOfRow({ guard, when, awards: list, onlyFor, inForce }: Pick<Row, 'guard' | 'when' | 'awards' | 'onlyFor' | 'inForce'>): unknown {
    return [guard, optional(when), list.map(subjectOfAward), onlyFor ? [...onlyFor].sort() : null, inForce ?? null]
  }

  function subjectOfAward(node: Award): unknown {
    switch (node.kind) {
      case 'flat':
        return ['flat', withoutNumbers(node.amount)]
      case 'rate':
      case 'stepped':
        return ['rate', expression(node.quantity)]
      case 'table':
        return ['table', [...new Set(node.entries.flatMap(({ when }) => namesIn(when)))].sort()]
      case 'each':
        return ['each', expression(node.list), node.same ? expression(node.same.key) : null]
      case 'block':
        return ['block']
    }
  }

  function withoutNumbers(node: Expression): unknown {
    return node.op === 'number'
      ? 'number'
      : [node.op, turned(operations[node.op].fields, node, { part: withoutNumbers, definition: (id: string) => known.get(id) })]
  }

  function namesIn(node: Expression): readonly string[] {
    const own = node.op === 'fact' ? [node.fact] : node.op === 'definition' ? [known.get(node.definition) ?? ''] : []
    return [...own, ...partsOf(node).flatMap(namesIn)]
  }
}
