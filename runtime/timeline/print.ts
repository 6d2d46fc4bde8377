// A timeline in words: rules and the table for a person, in Chinese and English.

import type { Language } from '../problems.ts'
import type { DeadlineEntry, DeadlineRule, Period } from './timeline.ts'

const words = {
  zh: {
    head: ['时限', '规则', '日期', '可延至', '依据'],
    latest: (day: string) => `最迟 ${day}`,
    earliest: (day: string) => `期满不早于 ${day}`,
    window: (from: string, to: string) => `${from} 至 ${to}`,
    notGiven: (from: string) => `未给${from}`,
    unknown: '不能确定',
    unsourced: '待核',
  },
  en: {
    head: ['deadline', 'rule', 'day', 'extendable to', 'clause'],
    latest: (day: string) => `by ${day}`,
    earliest: (day: string) => `not over before ${day}`,
    window: (from: string, to: string) => `${from} to ${to}`,
    notGiven: (from: string) => `${from} not given`,
    unknown: 'not known',
    unsourced: 'unsourced',
  },
} as const

const units = {
  zh: { working_days: '个工作日', days: '天', months: '个月' },
  en: { working_days: 'working day', days: 'day', months: 'month' },
} as const

/** 自受理日不超过10个工作日，可延5个工作日 · 分配日前至少30天 · 满年之日前1个月内 */
export function ruleText(rule: DeadlineRule, language: Language): string {
  const { ahead, bound, extension, from } = rule
  if (language === 'zh') {
    if (ahead) return bound === 'at-most' ? `${from}前${length(rule, 'zh')}内` : `${from}前至少${length(rule, 'zh')}`
    const most = bound === 'at-most' ? '不超过' : '不少于'
    return `自${from}${most}${length(rule, 'zh')}${extension ? `，可延${length(extension, 'zh')}` : ''}`
  }
  const most = bound === 'at-most' ? 'at most' : 'at least'
  return `${most} ${length(rule, 'en')} ${ahead ? 'before' : 'after'} ${from}${extension ? `, extendable by ${length(extension, 'en')}` : ''}`
}

function length({ amount, unit }: Period, language: Language): string {
  return language === 'zh' ? `${amount}${units.zh[unit]}` : `${amount} ${units.en[unit]}${amount === 1 ? '' : 's'}`
}

/** One line for each deadline under a head, columns aligned. */
export function printTimeline(entries: readonly DeadlineEntry[], language: Language): string {
  return aligned([words[language].head, ...entries.map((entry) => cellsOf(entry, language))])
}

function cellsOf(entry: DeadlineEntry, language: Language): readonly string[] {
  const w = words[language]
  const { rule } = entry
  const clause = [...rule.cites, ...(rule.unsourced ?? []).map((reason) => `${w.unsourced} ${reason}`)].join(language === 'zh' ? '；' : '; ')
  if (entry.kind === 'not-given') return [rule.name, ruleText(rule, language), w.notGiven(rule.from), '', clause]
  // 前1个月内 is open from the day counted back to up to the day itself.
  const isWindow = rule.ahead && rule.bound === 'at-most'
  const day = entry.day === undefined ? w.unknown : isWindow ? w.window(entry.day, entry.from) : w[entry.sense](entry.day)
  const extended = entry.kind === 'counted' ? (entry.extendedTo ?? '') : entry.day === undefined ? '' : w.unknown
  return [rule.name, ruleText(rule, language), day, extended, clause]
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))))
  const line = (row: readonly string[]) => row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell))).join('  ')
  return rows.map((row) => line(row).trimEnd()).join('\n')
}

/** Han takes two columns on a terminal. */
const width = (text: string) => [...text].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1), 0)
