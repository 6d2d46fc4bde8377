// The keywords that may stand at each place of a text.

import { modes } from '../runtime/ir/operations.ts'
import { type KeywordId, recordKeywords } from './words.ts'

export const memberKeywords: readonly KeywordId[] = [
  'fact',
  'define',
  'parameter',
  'group',
  'deductions',
  'indicator',
  'total',
  'applies',
  'veto',
  'clear',
  'lapse',
  'bar',
  'scenario',
  'deadline',
  'case',
  'use',
  'extend',
  'unit',
  'number',
  'text',
  'in-force',
  'replaces',
  'as-of',
  'reading',
  'clause',
]
export const itemClauses: readonly KeywordId[] = [
  'max',
  'min',
  ...modes.words,
  'only-for',
  'in-force',
  'extensible',
  'live',
  'spend',
  'cites',
  'audited-by',
  'unsourced',
  'reading',
]
export const rowStarters: readonly KeywordId[] = [
  'when',
  'otherwise',
  'per',
  'per-full',
  ...Object.values(recordKeywords),
  'base',
  'table',
  'award',
  'deduct',
  ...modes.words,
  'define',
]
export const awards: readonly KeywordId[] = ['award', 'deduct', 'per', 'per-full', 'table', ...Object.values(recordKeywords)]
export const rowClauses: readonly KeywordId[] = [
  'plus',
  'max',
  'min',
  'at-reached-band',
  'by-slices',
  'only-for',
  'in-force',
  'cites',
  'audited-by',
  'unsourced',
  'reading',
]
export const factClauses: readonly KeywordId[] = ['source', 'audited-by', 'range', 'default', 'required', 'unique', 'household']
export const filters: readonly KeywordId[] = ['within-last', 'between', 'up-to', 'without', 'unbroken-to', 'where']
export const scenarioKeywords: readonly KeywordId[] = [
  'applies',
  'veto',
  'clear',
  'lapse',
  'bar',
  'total',
  'as-of',
  'quota',
  'second-round',
  'household',
  'rank',
  'equals',
  'at-cutoff',
  'results',
  'spend',
  'cites',
  'audited-by',
  'unsourced',
  'reading',
]
/** What follows a keyword that leaves a choice. */
export const choices: ReadonlyMap<string, readonly KeywordId[]> = new Map<KeywordId, readonly KeywordId[]>([
  ['equals', ['share-place', 'lot']],
  ['at-cutoff', ['admit-all', 'admit-none', 'lot']],
  ['second-round', ['places-left']],
  ['gap-up-to', ['gap-counted', 'gap-not-counted']],
  ['applies', ['when']],
  ['veto', ['when']],
  ['clear', ['when']],
  ['lapse', ['when']],
  ['bar', ['when', 'each']],
])
export const directions: readonly KeywordId[] = ['high-to-low', 'low-to-high', 'early-to-late', 'late-to-early', 'yes-leading', 'no-leading', 'by']
export const operators: readonly KeywordId[] = ['in', 'not-in', 'is', 'is-not', 'has', 'has-not', 'and', 'or', 'award', 'deduct', 'per', 'per-full', 'round']
