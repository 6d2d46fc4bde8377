// The receipt: an outcome explained, made from its trace. As data (`receipt`) and as text (`printReceipt`), in Chinese and
// English. Every point shows the row, the arithmetic and the clause; what was matched and not counted is shown too.

import { compare, decimal, formatDecimal } from './exact/number.ts'
import type { definitionsOf, ReferenceDates } from './interpret.ts'
import type { Item, Policy } from './ir/schema.ts'
import type { Figure, ItemTrace, Outcome, RowTrace, State, Step } from './outcome.ts'
import { indexOf } from './policy-index.ts'
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

/** A step with its figures as text and the rows inside it explained. */
export type ReceiptStep =
  | Exclude<Step, { kind: 'block' | 'each' }>
  | (Omit<Extract<Step, { kind: 'block' }>, 'rows'> & { readonly rows: readonly ReceiptRow[] })
  | (Omit<Extract<Step, { kind: 'each' }>, 'records'> & {
      readonly records: readonly { readonly shown: string; readonly points: FigureText; readonly counted: boolean; readonly rows: readonly ReceiptRow[] }[]
    })

export interface ReceiptRow {
  readonly id: string
  readonly status: RowTrace['status']
  readonly because: RowTrace['because'] | null
  readonly rule: Both
  readonly points: FigureText
  readonly steps: readonly ReceiptStep[]
  /** Before the row's own bounds. */
  readonly inside: FigureText
  readonly limited: 'max' | 'min' | null
  /** The two ends of every window that it looks back through. */
  readonly windows: RowTrace['windows']
  readonly awaiting: readonly string[]
  readonly cites: readonly string[]
  /** Whom to ask about it. */
  readonly auditedBy: readonly string[]
}

export interface ReceiptState {
  readonly state: State
  /** Not known whether it holds. */
  readonly open: boolean
  readonly until: string | null
  readonly rule: Both
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
  /** A 扣分组: its points are taken away. */
  readonly deducts: boolean
  /** It has no part in this scenario, or on this main date. */
  readonly absent: boolean
  readonly cites: readonly string[]
  /** Whom to ask about it. */
  readonly auditedBy: readonly string[]
  readonly rows: readonly ReceiptRow[]
  readonly children: readonly ReceiptItem[]
}

export interface Receipt {
  readonly policy: { readonly name: string; readonly number: string | null }
  readonly key: string | null
  /** What the definitions came to; `null` where that is not known. */
  readonly definitions: readonly { readonly name: string; readonly value: string | null }[]
  readonly dates: Readonly<Record<string, string>>
  readonly scenario: string | null
  readonly state: State
  readonly until: string | null
  /** Every state that holds or may hold, the strongest first or not. */
  readonly states: readonly ReceiptState[]
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

/** @param definitions what they came to, from `definitionsOf` */
export function receipt(policy: Policy, dates: ReferenceDates, outcome: Outcome, key?: string, definitions: ReturnType<typeof definitionsOf> = []): Receipt {
  const label = (id: string): Both => policy.labels[id] ?? { zh: '', en: '' }
  const { totals, items, rows } = indexOf(policy)
  const scenario = policy.scenarios.find(({ id }) => id === outcome.scenario)
  const rules = new Map([...policy.states, ...(scenario?.states ?? [])].map((rule) => [rule.id, rule]))
  return {
    policy: { name: policy.name, number: policy.number ?? null },
    key: key ?? null,
    definitions: definitions.map(({ name, value }) => ({ name, value: value ?? null })),
    dates: Object.fromEntries(Object.entries(dates)),
    scenario: scenario?.name ?? null,
    state: outcome.state,
    until: outcome.until ?? null,
    states: outcome.states.map(({ rule, state, open, until, awaiting }) => ({
      state,
      open,
      until: until ?? null,
      rule: label(rule),
      awaiting,
      cites: rules.get(rule)?.cites ?? [],
    })),
    totals: outcome.totals.map(({ total, name, figure, inside, limited }) => ({
      name,
      points: figureText(figure),
      inside: figureText(inside),
      formula: label(total),
      limited: limited ?? null,
      cites: totals.get(total)?.cites ?? [],
    })),
    items: outcome.items.map(itemReceipt),
    awaiting: outcome.awaiting,
    unsourced: outcome.unsourced,
    readings: outcome.readings.map(({ where, text, cites }) => ({ where, text, cites: cites ?? null })),
  }

  function itemReceipt(trace: ItemTrace): ReceiptItem {
    const item = items.get(trace.item) as Item
    return {
      kind: item.kind,
      name: item.name,
      id: item.id,
      points: figureText(trace.figure),
      inside: figureText(trace.inside),
      max: item.max?.op === 'number' ? item.max.value : null,
      limited: trace.limited ?? null,
      counted: trace.counted,
      deducts: item.deducts,
      absent: trace.absent,
      cites: item.cites,
      auditedBy: item.auditedBy,
      rows: trace.rows.map(rowReceipt),
      children: trace.children.map(itemReceipt),
    }
  }

  function rowReceipt(trace: RowTrace): ReceiptRow {
    return {
      id: trace.row,
      status: trace.status,
      because: trace.because ?? null,
      rule: label(trace.row),
      points: figureText(trace.figure),
      steps: trace.steps.map(stepReceipt),
      inside: figureText(trace.inside),
      limited: trace.limited ?? null,
      windows: trace.windows,
      awaiting: trace.awaiting,
      cites: rows.get(trace.row)?.cites ?? [],
      auditedBy: rows.get(trace.row)?.auditedBy ?? [],
    }
  }

  function stepReceipt(step: Step): ReceiptStep {
    if (step.kind === 'block') return { ...step, rows: step.rows.map(rowReceipt) }
    if (step.kind !== 'each') return step
    const records = step.records.map(({ shown, figure, counted, rows: inside }) => ({
      shown,
      points: figureText(figure),
      counted,
      rows: inside.map(rowReceipt),
    }))
    return { ...step, records }
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
    definitions: '定义',
    unknown: '不详',
    state: '状态',
    total: '总分',
    points: '分',
    max: '最高',
    min: '最低',
    between: (low: string, high: string) => `可能 ${low}～${high}`,
    cites: '依据',
    auditedBy: '责任部门',
    awaiting: '待证',
    unsourced: '用到的待核分值（没有官方文本给出）',
    readings: '对原文的解释',
    capped: (inside: string) => `计得 ${inside}，受最高限制`,
    floored: (inside: string) => `计得 ${inside}，受最低限制`,
    higher: '未计：已取更高的一行',
    earlier: '未计：前面已有一行成立',
    notCountedItem: '未计：已取另一项',
    list: '、',
    unit: (word: string) => word,
    counted: (division: string, steps: string) => `${division} → ${steps}步；`,
    scenario: '应用',
    notCounting: (state: string, cleared: boolean) => (cleared ? `${state}，计 0 分` : `${state}，不计`),
    until: (day: string) => `至 ${day}`,
    mayHold: '不能确定',
    absent: '不在本应用或本日',
    window: (from: string, to: string) => `${from} 至 ${to}`,
    live: (on: string) => `${on} 尚在期内`,
    lapsed: '已到期或未到期',
    left: (points: string, left: string) => (points === left ? points : `${points}，余 ${left}`),
    spent: (points: string) => `已兑换 ${points}`,
    notCountedRecord: '未计：已取更高的一条',
    noRecords: '没有相符的记录',
  },
  en: {
    key: 'key',
    definitions: 'definitions',
    unknown: 'not known',
    state: 'state',
    total: 'total',
    points: ' points',
    max: 'max',
    min: 'min',
    between: (low: string, high: string) => `possible ${low} to ${high}`,
    cites: 'cites',
    auditedBy: 'audited by',
    awaiting: 'awaiting proof',
    unsourced: 'values used that no official text gives',
    readings: 'readings of open texts',
    capped: (inside: string) => `${inside} earned, cut by max`,
    floored: (inside: string) => `${inside} earned, raised by min`,
    higher: 'not counted: a higher row is taken',
    earlier: 'not counted: an earlier row holds',
    notCountedItem: 'not counted: another item is taken',
    list: ', ',
    unit: (word: string) => ` ${word}`,
    counted: (division: string, steps: string) => `${division} → ${steps} steps; `,
    scenario: 'scenario',
    notCounting: (state: string, cleared: boolean) => (cleared ? `${state}: counts as 0` : `${state}: does not count`),
    until: (day: string) => `until ${day}`,
    mayHold: 'not certain',
    absent: 'no part in this scenario or on this day',
    window: (from: string, to: string) => `${from} to ${to}`,
    live: (on: string) => `alive on ${on}`,
    lapsed: 'not alive',
    left: (points: string, left: string) => (points === left ? points : `${points}, ${left} left`),
    spent: (points: string) => `${points} spent`,
    notCountedRecord: 'not counted: another record is higher',
    noRecords: 'no such record',
  },
}

const marks: Readonly<Record<RowTrace['status'], string>> = { matched: '✓', 'not-matched': '·', awaiting: '?', 'not-counted': '○' }

/** The lower of two written decimals. */
const lower = (a: string, b: string): string => (compare(decimal(a), decimal(b)) <= 0 ? a : b)

const isOpen = ({ lowest, highest }: FigureText) => lowest !== highest

/** How the amount of a row came about: `⌊119个月 ÷ 1个月⌋ = 119；119 × 0.25 = 29.75`. */
export function printSteps(steps: readonly ReceiptStep[], units: Policy['units'], language: Language): string {
  const w = words[language]
  const parts = steps.map((step, i) => ({ ...stepText(step), sign: step.negative ? '− ' : i === 0 ? '' : '+ ' }))
  const written = parts.map(({ sign, text }) => sign + text).join(' ')
  return parts.some(({ explained }) => explained) || parts.length > 1 ? written : ''

  function stepText(step: ReceiptStep): { text: string; explained: boolean } {
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
      case 'stepped': {
        const unit = step.unit === undefined ? '' : w.unit(units[step.unit]?.[language] ?? step.unit)
        const slices = step.slices.map(({ count, each }) => `${count} × ${each}`).join(' + ')
        return { text: `${step.quantity}${unit} ÷ ${step.per}${unit}${language === 'zh' ? '；' : '; '}${slices === '' ? '0' : slices}`, explained: true }
      }
      case 'block':
      case 'each':
        return { text: step.amount, explained: false }
      case 'live':
        return { text: `${w.live(step.on)}${step.spent === '0' ? '' : `${language === 'zh' ? '，' : ', '}${w.spent(step.spent)}`}`, explained: true }
    }
  }
}

/** The receipt as text, for terminals and print. */
export function printReceipt(document: Receipt, policy: Policy, language: Language, options: { readonly all?: boolean } = {}): string {
  const w = words[language]
  const lines: string[] = []
  const aside = (text: string) => (language === 'zh' ? `（${text}）` : ` (${text})`)
  /** Within a cap above which nothing counts. */
  const open = (figure: FigureText, cap: string | null = null) =>
    isOpen(figure) ? aside(w.between(figure.lowest, cap === null ? figure.highest : lower(figure.highest, cap))) : ''
  const cited = (cites: readonly string[]) => (cites.length > 0 ? `   ${w.cites} ${cites.join(w.list)}` : '')
  const audited = (by: readonly string[]) => (by.length > 0 ? `   ${w.auditedBy} ${by.join(w.list)}` : '')

  lines.push(`${document.policy.name}${document.policy.number === null ? '' : aside(document.policy.number)}`)
  if (document.key !== null) lines.push(`${w.key}: ${document.key}`)
  for (const [name, date] of Object.entries(document.dates)) lines.push(`${name}: ${date}`)
  if (document.scenario !== null) lines.push(`${w.scenario}: ${document.scenario}`)
  lines.push(`${w.state}: ${stateNames[document.state][language]}${document.until === null ? '' : ` ${w.until(document.until)}`}`)
  for (const state of document.states) {
    const waits = state.open ? `   ${w.mayHold}   ${w.awaiting}: ${state.awaiting.join(w.list)}` : ''
    lines.push(`  ${state.open ? '?' : '!'} ${state.rule[language]}${state.until === null ? '' : `   ${w.until(state.until)}`}${waits}${cited(state.cites)}`)
  }
  const stopped = document.state !== 'valid' && document.state !== 'undecided'
  const counts = stopped ? aside(w.notCounting(stateNames[document.state][language], document.state === 'cleared')) : ''
  for (const total of document.totals) {
    const limited = total.limited === null ? '' : `   ${total.limited === 'max' ? w.capped(total.inside.proven) : w.floored(total.inside.proven)}`
    lines.push(`${total.name}: ${total.points.proven}${w.points}${open(total.points)}${counts} = ${total.formula[language]}${limited}${cited(total.cites)}`)
  }
  lines.push('')
  for (const item of document.items) printItem(item, 0, null)
  if (document.definitions.length > 0) lines.push('', `${w.definitions}:`, ...document.definitions.map(({ name, value }) => `  ${name}: ${value ?? w.unknown}`))
  if (document.awaiting.length > 0) lines.push('', `${w.awaiting}: ${document.awaiting.join(w.list)}`)
  if (document.unsourced.length > 0)
    lines.push('', `${w.unsourced}:`, ...document.unsourced.map(({ where, reason }) => `  ${where === '' ? '' : `${where}: `}${reason}`))
  if (document.readings.length > 0) {
    lines.push(
      '',
      `${w.readings}:`,
      ...document.readings.map(({ where, text, cites }) => `  ${where === '' ? '' : `${where}: `}${text}${cites === null ? '' : aside(cites)}`),
    )
  }
  return `${lines.join('\n')}\n`

  /** @param around the least cap of the groups around it, above which nothing counts */
  function printItem(item: ReceiptItem, depth: number, around: string | null) {
    const pad = '  '.repeat(depth)
    const max = item.max === null ? '' : ` / ${w.max} ${item.max}`
    const limited = item.limited === null ? '' : `   ${item.limited === 'max' ? w.capped(item.inside.proven) : w.floored(item.inside.proven)}`
    if (item.absent) {
      lines.push(`${pad}${item.name}   ${w.absent}`)
      return
    }
    lines.push(
      `${pad}${item.name} ${item.deducts && item.points.proven !== '0' ? '−' : ''}${item.points.proven}${max}${open(item.points, around)}${limited}${item.counted ? '' : `   ${w.notCountedItem}`}${cited(item.cites)}${audited(item.auditedBy)}`,
    )
    const cap = item.max === null || around === null ? (item.max ?? around) : lower(item.max, around)
    for (const row of item.rows) printRow(row, `${pad}  `, cap)
    for (const child of item.children) printItem(child, depth + 1, cap)
  }
  function printRow(row: ReceiptRow, pad: string, cap: string | null) {
    if (row.status === 'not-matched' && !options.all) return
    const working = printSteps(row.steps, policy.units, language)
    const reached =
      row.status === 'awaiting' || row.steps.some(({ kind }) => kind === 'live') || working.endsWith(`≈ ${row.inside.proven}`) ? '' : ` = ${row.inside.proven}`
    const cut = row.limited === null || row.status === 'awaiting' ? '' : ` → ${row.points.proven}${aside(row.limited === 'max' ? w.max : w.min)}`
    const equals = working === '' && cut === '' ? '' : `   ${working === '' ? row.inside.proven : `${working}${reached}`}${cut}`
    const because = row.because === null ? '' : `   ${row.because === 'a-higher-row' ? w.higher : w.earlier}`
    const waits = row.status === 'awaiting' ? `   ${w.awaiting}: ${row.awaiting.join(w.list)}${open(row.points, cap)}` : ''
    const windows = row.windows.map(({ from, to }) => aside(w.window(from, to))).join('')
    lines.push(`${pad}${marks[row.status]} ${row.rule[language]}${windows}${equals}${because}${waits}${cited(row.cites)}${audited(row.auditedBy)}`)
    for (const step of row.steps) printInside(step, `${pad}  `, cap)
  }

  /** How the points of one record came about, with the sign of equality. */
  function workingOf({ rows }: { readonly rows: readonly ReceiptRow[] }): string {
    const working = printSteps(
      rows.flatMap(({ steps }) => steps),
      policy.units,
      language,
    )
    return working === '' ? '' : `${working} = `
  }

  /** Rows of a block, records of a list, grants that lapse. */
  function printInside(step: ReceiptStep, pad: string, cap: string | null) {
    if (step.kind === 'block') for (const row of step.rows) printRow(row, pad, cap)
    if (step.kind === 'each') {
      if (step.records.length === 0) lines.push(`${pad}${w.noRecords}`)
      for (const record of step.records) {
        lines.push(
          `${pad}${record.counted ? '•' : '○'} ${record.shown}: ${workingOf(record)}${record.points.proven}${open(record.points, cap)}${record.counted ? '' : `   ${w.notCountedRecord}`}`,
        )
      }
    }
    if (step.kind === 'live') {
      for (const { points, from, to, left, alive } of step.grants) {
        lines.push(`${pad}${alive ? '•' : '○'} ${w.window(from, to)}: ${w.left(points, left)}${alive ? '' : `   ${w.lapsed}`}`)
      }
    }
  }
}
