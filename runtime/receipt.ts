// The receipt: an outcome explained, made from its trace. As data (`receipt`) and as text (`printReceipt`), in Chinese and
// English. Every point shows the row, the arithmetic and the clause; what was matched and not counted is shown too.

import { formatDecimal } from './exact/number.ts'
import type { ReferenceDates } from './interpret.ts'
import type { Item, Policy, Row, Total } from './ir/schema.ts'
import type { Figure, ItemTrace, Outcome, RowTrace, State, Step } from './outcome.ts'
import type { Language } from './problems.ts'

interface Both {
  readonly zh: string
  readonly en: string
}

export interface FigureText {
  readonly proven: string
  readonly lowest: string
  readonly highest: string
}

export interface ReceiptRow {
  readonly id: string
  readonly status: RowTrace['status']
  readonly because: RowTrace['because'] | null
  readonly rule: Both
  readonly points: FigureText
  readonly steps: readonly Step[]
  readonly awaiting: readonly string[]
  readonly cites: readonly string[]
}

export interface ReceiptItem {
  readonly kind: 'group' | 'indicator'
  readonly name: string
  readonly id: string
  readonly points: FigureText
  /** Before the item's own bounds. */
  readonly inside: FigureText
  readonly max: string | null
  readonly limited: 'max' | 'min' | null
  readonly counted: boolean
  readonly cites: readonly string[]
  readonly rows: readonly ReceiptRow[]
  readonly children: readonly ReceiptItem[]
}

export interface Receipt {
  readonly policy: { readonly name: string; readonly number: string | null }
  readonly key: string | null
  readonly dates: Readonly<Record<string, string>>
  readonly state: State
  readonly totals: readonly {
    readonly name: string
    readonly points: FigureText
    readonly inside: FigureText
    readonly formula: Both
    readonly limited: 'max' | 'min' | null
    readonly cites: readonly string[]
  }[]
  readonly items: readonly ReceiptItem[]
  readonly awaiting: readonly string[]
  readonly unsourced: Outcome['unsourced']
  readonly readings: readonly { readonly where: string; readonly text: string; readonly cites: string | null }[]
}

const figureText = ({ proven, lowest, highest }: Figure): FigureText => ({
  proven: formatDecimal(proven),
  lowest: formatDecimal(lowest),
  highest: formatDecimal(highest),
})

export function receipt(policy: Policy, dates: ReferenceDates, outcome: Outcome, key?: string): Receipt {
  const label = (id: string): Both => policy.labels[id] ?? { zh: '', en: '' }
  const totals = new Map(policy.totals.map((total) => [total.id, total]))
  return {
    policy: { name: policy.name, number: policy.number ?? null },
    key: key ?? null,
    dates: Object.fromEntries(policy.referenceDates.map((name) => [name, dates[name] ?? ''])),
    state: outcome.state,
    totals: outcome.totals.map(({ total, name, figure, inside, limited }) => ({
      name,
      points: figureText(figure),
      inside: figureText(inside),
      formula: label(total),
      limited: limited ?? null,
      cites: (totals.get(total) as Total).cites,
    })),
    items: outcome.items.map((trace, i) => itemReceipt(policy.items[i] as Item, trace)),
    awaiting: outcome.awaiting,
    unsourced: outcome.unsourced,
    readings: outcome.readings.map(({ where, text, cites }) => ({ where, text, cites: cites ?? null })),
  }

  function itemReceipt(item: Item, trace: ItemTrace): ReceiptItem {
    return {
      kind: item.kind,
      name: item.name,
      id: item.id,
      points: figureText(trace.figure),
      inside: figureText(trace.inside),
      max: item.max?.op === 'number' ? item.max.value : null,
      limited: trace.limited ?? null,
      counted: trace.counted,
      cites: item.cites,
      rows: item.kind === 'indicator' ? trace.rows.map((row, i) => rowReceipt(item.rows[i] as Row, row)) : [],
      children: item.kind === 'group' ? trace.children.map((child, i) => itemReceipt(item.children[i] as Item, child)) : [],
    }
  }

  function rowReceipt(row: Row, trace: RowTrace): ReceiptRow {
    return {
      id: row.id,
      status: trace.status,
      because: trace.because ?? null,
      rule: label(row.id),
      points: figureText(trace.figure),
      steps: trace.steps,
      awaiting: trace.awaiting,
      cites: row.cites,
    }
  }
}

export const stateNames: Readonly<Record<State, Both>> = {
  valid: { zh: '有效', en: 'valid' },
  undecided: { zh: '待定', en: 'undecided' },
  lapsed: { zh: '失效', en: 'lapsed' },
  cleared: { zh: '清零', en: 'cleared' },
  vetoed: { zh: '否决', en: 'vetoed' },
  barred: { zh: '禁止申请', en: 'barred' },
  not_applicable: { zh: '不适用', en: 'not applicable' },
}

const words = {
  zh: {
    key: '编号',
    state: '状态',
    total: '总分',
    points: '分',
    max: '最高',
    between: (low: string, high: string) => `可能 ${low}～${high}`,
    cites: '依据',
    awaiting: '待证',
    unsourced: '用到的待核分值（没有官方文本给出）',
    readings: '对原文的解释',
    capped: (inside: string) => `计得 ${inside}，受最高限制`,
    floored: (inside: string) => `计得 ${inside}，受最低限制`,
    higher: '未计：已取更高的一行',
    earlier: '未计：前面已有一行成立',
    notCountedItem: '未计：另一项更高',
    list: '、',
    unit: (word: string) => word,
    counted: (division: string, steps: string) => `${division} → ${steps}步；`,
  },
  en: {
    key: 'key',
    state: 'state',
    total: 'total',
    points: ' points',
    max: 'max',
    between: (low: string, high: string) => `possible ${low} to ${high}`,
    cites: 'cites',
    awaiting: 'awaiting proof',
    unsourced: 'values used that no official text gives',
    readings: 'readings of open texts',
    capped: (inside: string) => `${inside} earned, cut by max`,
    floored: (inside: string) => `${inside} earned, raised by min`,
    higher: 'not counted: a higher row is taken',
    earlier: 'not counted: an earlier row holds',
    notCountedItem: 'not counted: another item is higher',
    list: ', ',
    unit: (word: string) => ` ${word}`,
    counted: (division: string, steps: string) => `${division} → ${steps} steps; `,
  },
}

const marks: Readonly<Record<RowTrace['status'], string>> = { matched: '✓', 'not-matched': '·', awaiting: '?', 'not-counted': '○' }

const isOpen = ({ lowest, highest }: FigureText) => lowest !== highest

/** How the amount of a row came about: `⌊119个月 ÷ 1个月⌋ = 119；119 × 0.25 = 29.75`. */
export function printSteps(steps: readonly Step[], units: Policy['units'], language: Language): string {
  const w = words[language]
  const parts = steps.map((step, i) => ({ ...stepText(step), sign: step.negative ? '− ' : i === 0 ? '' : '+ ' }))
  const written = parts.map(({ sign, text }) => sign + text).join(' ')
  return parts.some(({ explained }) => explained) || parts.length > 1 ? written : ''

  function stepText(step: Step): { text: string; explained: boolean } {
    switch (step.kind) {
      case 'flat':
        return { text: step.working, explained: step.working !== step.amount }
      case 'unknown':
        return { text: `(${step.low}..${step.high})`, explained: true }
      case 'rate': {
        const unit = step.unit === undefined ? '' : w.unit(units[step.unit]?.[language] ?? step.unit)
        const plain = step.per === '1' && step.count === step.quantity
        const counted = plain ? '' : w.counted(`${step.quantity}${unit} ÷ ${step.per}${unit}`, step.count)
        return { text: `${counted}${step.count} × ${step.each}`, explained: true }
      }
    }
  }
}

/** The receipt as text, for terminals and print. */
export function printReceipt(document: Receipt, policy: Policy, language: Language, options: { readonly all?: boolean } = {}): string {
  const w = words[language]
  const lines: string[] = []
  const aside = (text: string) => (language === 'zh' ? `（${text}）` : ` (${text})`)
  const open = (figure: FigureText) => (isOpen(figure) ? aside(w.between(figure.lowest, figure.highest)) : '')
  const cited = (cites: readonly string[]) => (cites.length > 0 ? `   ${w.cites} ${cites.join(w.list)}` : '')

  lines.push(`${document.policy.name}${document.policy.number === null ? '' : aside(document.policy.number)}`)
  if (document.key !== null) lines.push(`${w.key}: ${document.key}`)
  for (const [name, date] of Object.entries(document.dates)) lines.push(`${name}: ${date}`)
  lines.push(`${w.state}: ${stateNames[document.state][language]}`)
  for (const total of document.totals) {
    const limited = total.limited === null ? '' : `   ${total.limited === 'max' ? w.capped(total.inside.proven) : w.floored(total.inside.proven)}`
    lines.push(`${total.name}: ${total.points.proven}${w.points}${open(total.points)} = ${total.formula[language]}${limited}${cited(total.cites)}`)
  }
  lines.push('')
  for (const item of document.items) printItem(item, 0)
  if (document.awaiting.length > 0) lines.push('', `${w.awaiting}: ${document.awaiting.join(w.list)}`)
  if (document.unsourced.length > 0) lines.push('', `${w.unsourced}:`, ...document.unsourced.map(({ where, reason }) => `  ${where}: ${reason}`))
  if (document.readings.length > 0) {
    lines.push(
      '',
      `${w.readings}:`,
      ...document.readings.map(({ where, text, cites }) => `  ${where === '' ? '' : `${where}: `}${text}${cites === null ? '' : aside(cites)}`),
    )
  }
  return `${lines.join('\n')}\n`

  function printItem(item: ReceiptItem, depth: number) {
    const pad = '  '.repeat(depth)
    const max = item.max === null ? '' : ` / ${w.max} ${item.max}`
    const limited = item.limited === null ? '' : `   ${item.limited === 'max' ? w.capped(item.inside.proven) : w.floored(item.inside.proven)}`
    lines.push(
      `${pad}${item.name} ${item.points.proven}${max}${open(item.points)}${limited}${item.counted ? '' : `   ${w.notCountedItem}`}${cited(item.cites)}`,
    )
    for (const row of item.rows) {
      if (row.status === 'not-matched' && !options.all) continue
      const working = printSteps(row.steps, policy.units, language)
      const equals = working === '' ? '' : `   ${working}${row.status === 'awaiting' ? '' : ` = ${row.points.proven}`}`
      const because = row.because === null ? '' : `   ${row.because === 'a-higher-row' ? w.higher : w.earlier}`
      const waits = row.status === 'awaiting' ? `   ${w.awaiting}: ${row.awaiting.join(w.list)}${open(row.points)}` : ''
      lines.push(`${pad}  ${marks[row.status]} ${row.rule[language]}${equals}${because}${waits}${cited(row.cites)}`)
    }
    for (const child of item.children) printItem(child, depth + 1)
  }
}
