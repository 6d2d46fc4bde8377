// The receipt: an outcome explained, made from its trace. As data (`receipt`) and as text (`printReceipt`), in Chinese and
// English. Every point shows the row, the arithmetic and the clause; what was matched and not counted is shown too.

import { departmentsOf } from './departments.ts'
import { firstDate, formatDate } from './exact/date.ts'
import { add, compare, decimal, formatDecimal, zero } from './exact/number.ts'
import type { OutOfForce } from './in-force.ts'
import type { definitionsOf, ReferenceDates } from './interpret.ts'
import type { Expression, Item, Policy } from './ir/schema.ts'
import { expressionsOfRow, expressionsOfState, rowsOf } from './ir/walk.ts'
import type { Figure, ItemTrace, Outcome, RowTrace, SourceNote, State, Step } from './outcome.ts'
import { indexOf } from './policy-index.ts'
import type { Language } from './problems.ts'
import { noteName, stateNamesIn } from './state-names.ts'

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
  readonly because: NonNullable<RowTrace['because']> | null
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
  /** What it gives is not from an official text. */
  readonly unsourced: boolean
}

/** A part of a condition that decided, in words, with what stands behind it. */
export interface ReceiptReason {
  readonly part: Both
  readonly holds: boolean
  readonly values: readonly { readonly name: string; readonly value: string }[]
  readonly records: readonly string[]
}

export interface ReceiptState {
  readonly state: State
  /** As the paper calls it. */
  readonly name: Both
  /** Not known whether it holds. */
  readonly open: boolean
  readonly until: string | null
  readonly rule: Both
  readonly reasons: readonly ReceiptReason[]
  readonly awaiting: readonly string[]
  readonly cites: readonly string[]
  /** Whom to ask about it. */
  readonly auditedBy: readonly string[]
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
  /** What it gives is not from an official text. */
  readonly unsourced: boolean
  readonly rows: readonly ReceiptRow[]
  readonly children: readonly ReceiptItem[]
}

export interface Receipt {
  /** Its name and number, and what tells it from another version: of its rules, and of all its texts. */
  readonly policy: { readonly name: string; readonly number: string | null; readonly policyHash: string; readonly artifactHash: string }
  readonly key: string | null
  /** What the definitions came to; `null` where that is not known. */
  readonly definitions: readonly { readonly name: string; readonly value: string | null }[]
  readonly dates: Readonly<Record<string, string>>
  readonly scenario: string | null
  readonly state: State
  readonly stateName: Both
  readonly until: string | null
  /** The policy that is not in force on the main date. */
  readonly outOfForce: OutOfForce | null
  /** Worked out as if everything were in force. */
  readonly trial: boolean
  /** Every state that holds or may hold, the strongest first or not. */
  readonly states: readonly ReceiptState[]
  readonly totals: readonly {
    readonly name: string
    readonly points: FigureText
    readonly inside: FigureText
    readonly formula: Both
    readonly limited: 'max' | 'min' | null
    readonly cites: readonly string[]
    /** It rests on values that no official text gives. */
    readonly unsourced: boolean
  }[]
  readonly items: readonly ReceiptItem[]
  readonly awaiting: readonly string[]
  /** Facts that nobody wrote and that count as their 缺省 says. */
  readonly defaulted: readonly { readonly fact: string; readonly value: string }[]
  readonly unsourced: Outcome['unsourced']
  readonly readings: readonly (Omit<Outcome['readings'][number], 'cites'> & { readonly cites: string | null })[]
}

const figureText = ({ proven, lowest, highest }: Figure): FigureText => ({
  proven: formatDecimal(proven),
  lowest: formatDecimal(lowest),
  highest: formatDecimal(highest),
})

/** What a receipt says beside the outcome. */
export interface About {
  readonly key?: string | undefined
  /** What the definitions came to, from `definitionsOf`. */
  readonly definitions?: ReturnType<typeof definitionsOf>
  /** From `defaultsTaken`. */
  readonly defaulted?: Receipt['defaulted']
}

export function receipt(policy: Policy, dates: ReferenceDates, outcome: Outcome, { key, definitions = [], defaulted = [] }: About = {}): Receipt {
  const label = (id: string): Both => policy.labels[id] ?? { zh: '', en: '' }
  const { totals, items, rows } = indexOf(policy)
  const scenario = policy.scenarios.find(({ name }) => name === outcome.scenario)
  const names = stateNamesIn(policy, scenario)
  const restsOnItems = outcome.unsourced.some(({ kind }) => kind === 'item' || kind === 'parameter')
  const rules = new Map([...policy.states, ...(scenario?.states ?? [])].map((rule) => [rule.id, rule]))
  return {
    policy: { name: policy.name, number: policy.number ?? null, policyHash: outcome.policyHash, artifactHash: outcome.artifactHash },
    key: key ?? null,
    definitions: definitions.map(({ name, value }) => ({ name, value: value ?? null })),
    dates: Object.fromEntries(Object.entries(dates)),
    scenario: scenario?.name ?? null,
    state: outcome.state,
    stateName: names[outcome.state],
    until: outcome.until ?? null,
    outOfForce: outcome.outOfForce ?? null,
    trial: outcome.trial,
    states: outcome.states.map(({ rule, state, open, until, awaiting, reasons }) => ({
      state,
      name: names[state],
      open,
      until: until ?? null,
      rule: label(rule),
      reasons: reasons.map(({ part, ...rest }) => ({ part: label(part), ...rest })),
      awaiting,
      cites: rules.get(rule)?.cites ?? [],
      auditedBy: asked(
        rules.get(rule)?.auditedBy ?? [],
        [rules.get(rule)].flatMap((one) => (one ? expressionsOfState(one) : [])),
      ),
    })),
    totals: outcome.totals.map(({ total, name, figure, inside, limited }) => ({
      name,
      points: figureText(figure),
      inside: figureText(inside),
      formula: label(total),
      limited: limited ?? null,
      cites: totals.get(total)?.cites ?? [],
      unsourced: restsOnItems || (totals.get(total)?.unsourced ?? []).length > 0,
    })),
    items: outcome.items.map((item) => itemReceipt(item, { unsourced: false, asked: false })),
    awaiting: outcome.awaiting,
    unsourced: outcome.unsourced,
    defaulted,
    readings: outcome.readings.map(({ cites, ...reading }) => ({ ...reading, cites: cites ?? null })),
  }

  /** Who is named, or else who audits the facts that it stands on. */
  function asked(named: readonly string[], parts: readonly Expression[]): readonly string[] {
    return named.length > 0 ? named : departmentsOf(policy, parts)
  }

  /** @param around whether what is around it has no official text, and says whom to ask */
  function itemReceipt(trace: ItemTrace, around: { readonly unsourced: boolean; readonly asked: boolean }): ReceiptItem {
    const item = items.get(trace.item) as Item
    const unsourced = around.unsourced || item.unsourced.length > 0
    const says = around.asked || item.auditedBy.length > 0
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
      auditedBy: item.kind === 'indicator' && !says ? asked([], rowsOf(item).flatMap(expressionsOfRow)) : item.auditedBy,
      unsourced,
      rows: trace.rows.map((row) => rowReceipt(row, unsourced)),
      children: trace.children.map((child) => itemReceipt(child, { unsourced, asked: says })),
    }
  }

  function rowReceipt(trace: RowTrace, around: boolean): ReceiptRow {
    const unsourced = around || (rows.get(trace.row)?.unsourced ?? []).length > 0
    return {
      id: trace.row,
      status: trace.status,
      because: trace.because ?? null,
      rule: label(trace.row),
      points: figureText(trace.figure),
      steps: trace.steps.map((step) => stepReceipt(step, unsourced)),
      inside: figureText(trace.inside),
      limited: trace.limited ?? null,
      windows: trace.windows,
      awaiting: trace.awaiting,
      cites: rows.get(trace.row)?.cites ?? [],
      auditedBy: rows.get(trace.row)?.auditedBy ?? [],
      unsourced,
    }
  }

  function stepReceipt(step: Step, unsourced: boolean): ReceiptStep {
    if (step.kind === 'block') return { ...step, rows: step.rows.map((row) => rowReceipt(row, unsourced)) }
    if (step.kind !== 'each') return step
    const records = step.records.map(({ shown, figure, counted, rows: inside }) => ({
      shown,
      points: figureText(figure),
      counted,
      rows: inside.map((row) => rowReceipt(row, unsourced)),
    }))
    return { ...step, records }
  }
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
    between: (low: string, high: string) => `核实后可能得${low}～${high}分`,
    cites: '依据',
    auditedBy: '责任部门',
    awaiting: '待核实',
    unsourced: '用到的待核内容（公开文件未规定，为试拟）',
    isUnsourced: '分值待核',
    restsOn: '含待核分值',
    readings: '条文理解口径',
    capped: (inside: string, cap: string) => `累计${inside}分，按上限${cap}分计`,
    floored: (inside: string, floor: string) => `扣减后为${inside}分，按${floor}分计`,
    notCountedItem: '未计：已取另一项',
    list: '、',
    unit: (word: string) => word,
    full: (quantity: string, per: string, steps: string) =>
      steps === '0' ? `不满${per}，不得分` : `${quantity}，满${/^1\D/u.test(per) ? `${steps}${per.slice(1)}` : `${steps}个${per}`}，`,
    none: '不得分',
    belowBands: (quantity: string) => `${quantity}，不在各档之内，不得分`,
    started: (quantity: string, per: string, steps: string) => `${quantity}，按${steps}个${per}计，`,
    divided: (quantity: string, per: string, steps: string) => `${quantity} ÷ ${per} = ${steps}，`,
    scenario: '应用',
    notCounting: (state: string, cleared: boolean) => (cleared ? `${state}，计0分` : `${state}，不计`),
    trial: '试算，不作为结果',
    outOfForce: (policy: string, day: string, from: string, to: string | undefined) =>
      `${day}不在“${policy}”的施行期内（${from}起${to === undefined ? '' : `，至${to}`}）；分数只供参考`,
    defaulted: '未填，按缺省计',
    asDefault: (value: string) => (value === '[]' ? '按无计' : `按“${value}”计`),
    asks: (part: string) => `要求“${part}”`,
    holdsNot: (part: string) => `“${part}”不成立`,
    colon: '：',
    comma: '，',
    until: (day: string) => `至 ${day}`,
    mayHold: '不能确定',
    absent: '不用于本应用，或当日不施行',
    window: (from: string, to: string) => `${from} 至 ${to}`,
    upTo: (to: string) => `截至 ${to}`,
    live: (on: string) => `${on} 尚在期内`,
    lapsed: '已到期或未到期',
    left: (points: string, left: string) => (points === left ? points : `${points}，余 ${left}`),
    spent: (points: string) => `已兑换 ${points}`,
    notCountedRecord: '未计：已取更高的一条',
    noRecords: '无符合条件的记录',
    version: (rules: string, texts: string) => `版本：规则 ${rules}，文本 ${texts}`,
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
    isUnsourced: 'unsourced',
    restsOn: 'rests on unsourced values',
    readings: 'readings of open texts',
    capped: (inside: string, cap: string) => `${inside} earned, ${cap} at most`,
    floored: (inside: string, floor: string) => `${inside} after deductions, ${floor} at least`,
    notCountedItem: 'not counted: another item is taken',
    list: ', ',
    unit: (word: string) => ` ${word}`,
    full: (quantity: string, per: string, steps: string) => (steps === '0' ? `less than ${per}: none` : `${quantity} has ${steps} full ${per}: `),
    none: 'none',
    belowBands: (quantity: string) => `${quantity} is in no band: none`,
    started: (quantity: string, per: string, steps: string) => `${quantity} counts as ${steps} × ${per}: `,
    divided: (quantity: string, per: string, steps: string) => `${quantity} ÷ ${per} = ${steps}: `,
    scenario: 'scenario',
    notCounting: (state: string, cleared: boolean) => (cleared ? `${state}: counts as 0` : `${state}: does not count`),
    trial: 'trial, not a result',
    outOfForce: (policy: string, day: string, from: string, to: string | undefined) =>
      `on ${day} “${policy}” is not in force (from ${from}${to === undefined ? '' : ` to ${to}`}); points are shown only`,
    defaulted: 'left empty, taken by default',
    asDefault: (value: string) => (value === '[]' ? 'as none' : `as ${value}`),
    asks: (part: string) => `asks for “${part}”`,
    holdsNot: (part: string) => `“${part}” does not hold`,
    colon: ': ',
    comma: ', ',
    until: (day: string) => `until ${day}`,
    mayHold: 'not certain',
    absent: 'no part in this scenario or on this day',
    window: (from: string, to: string) => `${from} to ${to}`,
    upTo: (to: string) => `up to ${to}`,
    live: (on: string) => `alive on ${on}`,
    lapsed: 'not alive',
    left: (points: string, left: string) => (points === left ? points : `${points}, ${left} left`),
    spent: (points: string) => `${points} spent`,
    notCountedRecord: 'not counted: another record is higher',
    noRecords: 'no such record',
    version: (rules: string, texts: string) => `version: rules ${rules}, texts ${texts}`,
  },
}

/** Why a row that holds does not count. */
export const passedOver: Readonly<Record<NonNullable<RowTrace['because']>, Both>> = {
  'a-higher-row': { zh: '未计：已取更高的一行', en: 'not counted: a higher row is taken' },
  'a-lower-row': { zh: '未计：已取更低的一行', en: 'not counted: a lower row is taken' },
  'an-earlier-row': { zh: '未计：前面已有一行成立', en: 'not counted: an earlier row holds' },
}

const marks: Readonly<Record<RowTrace['status'], string>> = { matched: '✓', 'not-matched': '·', awaiting: '?', 'not-counted': '○' }

/** So much of a hash tells versions apart on paper. */
const shownHash = 12

/** The lower of two written decimals. */
const lower = (a: string, b: string): string => (compare(decimal(a), decimal(b)) <= 0 ? a : b)

const isOpen = ({ lowest, highest }: FigureText) => lowest !== highest

/** With the minus of print. */
const signed = (figure: string): string => figure.replace(/^-/u, '−')

/** Why a state holds, in words that are true of the person: what was asked and is not so, or what is so, with values and records. */
export function stateText({ state, name, rule, open, reasons }: ReceiptState, language: Language): string {
  const w = words[language]
  if (open || reasons.length === 0) return rule[language]
  const told = reasons.map(({ part, holds, values, records }) => {
    const text = part[language]
    const said = text === '' ? [] : [holds ? text : state === 'not_applicable' ? w.asks(text) : w.holdsNot(text)]
    return [...said, ...values.map((one) => `${one.name}${w.colon}${one.value}`), ...records].join(w.comma)
  })
  // A bar from a day of a record has no condition: its rule says it all.
  const head = reasons.every(({ part }) => part[language] === '') ? rule[language] : name[language]
  return `${head}${w.colon}${told.join(language === 'zh' ? '；' : '; ')}`
}

const byYears = { zh: '年', en: 'years' } as const
/** A window that opens on the first day there is, as that of 截至 does, has an end only. */
export const opensAtFirstDay = ({ from }: RowTrace['windows'][number]): boolean => from === formatDate(firstDate)

/** Whether the working ends with what it comes to. */
export const saysResult = (working: string, points: string, language: Language): boolean =>
  working.endsWith(`≈ ${points}`) || working.endsWith(words[language].none)

/** How the amount of a row came about: `⌊119个月 ÷ 1个月⌋ = 119；119 × 0.25 = 29.75`. */
export function printSteps(steps: readonly ReceiptStep[], units: Policy['units'], language: Language): string {
  const w = words[language]
  const parts = steps.map((step, i) => ({ ...stepText(step), sign: step.negative ? '− ' : i === 0 ? '' : '+ ' }))
  const written = parts.map(({ sign, text }) => sign + text).join(' ')
  return parts.some(({ explained }) => explained) || parts.length > 1 ? written : ''

  /** @param isStep twelve months are a year there */
  function measured(amount: string, unit: string | undefined, isStep = false): string {
    if (unit === undefined) return amount
    const years = isStep && unit === 'months' && Number(amount) % 12 === 0
    const word = byYears[language]
    return years ? `${Number(amount) / 12}${w.unit(word)}` : `${amount}${w.unit(units[unit]?.[language] ?? unit)}`
  }

  function stepText(step: ReceiptStep): { text: string; explained: boolean } {
    switch (step.kind) {
      case 'flat':
        return { text: step.working, explained: step.working !== step.amount }
      case 'unknown':
        return { text: `(${step.low}..${step.high})`, explained: true }
      case 'rate': {
        if (step.per === '1' && step.count === step.quantity) return { text: `${step.count} × ${step.each}`, explained: true }
        const words = step.steps === 'full' ? w.full : step.steps === 'started' ? w.started : w.divided
        const counted = words(measured(step.quantity, step.unit), measured(step.per, step.unit, true), step.count)
        return { text: step.steps === 'full' && step.count === '0' ? counted : `${counted}${step.count} × ${step.each}`, explained: true }
      }
      case 'stepped': {
        const slices = step.slices.map(({ count, each }) => `${count} × ${each}`).join(' + ')
        if (step.steps !== 'full') {
          const of = `${measured(step.quantity, step.unit)} ÷ ${measured(step.per, step.unit, true)}`
          return { text: `${of}${w.comma}${slices === '' ? '0' : slices}`, explained: true }
        }
        const count = formatDecimal(step.slices.map((slice) => decimal(slice.count)).reduce(add, zero))
        const [quantity, per] = [measured(step.quantity, step.unit), measured(step.per, step.unit, true)]
        const below = count === '0' && compare(decimal(step.quantity), decimal(step.per)) >= 0
        return { text: below ? w.belowBands(quantity) : `${w.full(quantity, per, count)}${slices}`, explained: true }
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
  const trial = document.trial ? aside(w.trial) : ''
  lines.push(`${w.state}: ${document.stateName[language]}${document.until === null ? '' : ` ${w.until(document.until)}`}${trial}`)
  if (document.outOfForce) {
    const { policy: name, day, from, to } = document.outOfForce
    lines.push(`  ! ${w.outOfForce(name, day, from, to)}`)
  }
  for (const state of document.states) {
    const waits = state.open ? `   ${w.mayHold}   ${w.awaiting}: ${state.awaiting.join(w.list)}` : ''
    const until = state.until === null ? '' : `   ${w.until(state.until)}`
    lines.push(`  ${state.open ? '?' : '!'} ${stateText(state, language)}${until}${waits}${cited(state.cites)}${audited(state.auditedBy)}`)
  }
  const stopped = !['valid', 'undecided', 'not_in_force'].includes(document.state)
  const counts = stopped ? aside(w.notCounting(document.stateName[language], document.state === 'cleared')) : ''
  const limits = (limited: 'max' | 'min' | null, inside: string, reached: string) =>
    limited === null ? '' : `   ${limited === 'max' ? w.capped(signed(inside), reached) : w.floored(signed(inside), reached)}`
  for (const total of document.totals) {
    const limited = limits(total.limited, total.inside.proven, total.points.proven)
    const rests = total.unsourced ? aside(w.restsOn) : ''
    lines.push(
      `${total.name}: ${signed(total.points.proven)}${w.points}${open(total.points)}${rests}${counts} = ${total.formula[language]}${limited}${cited(total.cites)}`,
    )
  }
  lines.push('')
  for (const item of document.items) printItem(item, 0, null)
  if (document.definitions.length > 0) lines.push('', `${w.definitions}:`, ...document.definitions.map(({ name, value }) => `  ${name}: ${value ?? w.unknown}`))
  if (document.awaiting.length > 0) lines.push('', `${w.awaiting}: ${document.awaiting.join(w.list)}`)
  if (document.defaulted.length > 0)
    lines.push('', `${w.defaulted}: ${document.defaulted.map(({ fact, value }) => `${fact}${aside(w.asDefault(value))}`).join(w.list)}`)
  const named = (note: SourceNote) => {
    const name = noteName(note, language)
    return name === '' ? '' : `${name}: `
  }
  if (document.unsourced.length > 0) lines.push('', `${w.unsourced}:`, ...document.unsourced.map((note) => `  ${named(note)}${note.reason}`))
  if (document.readings.length > 0) {
    lines.push('', `${w.readings}:`, ...document.readings.map((note) => `  ${named(note)}${note.text}${note.cites === null ? '' : aside(note.cites)}`))
  }
  const { policyHash, artifactHash } = document.policy
  lines.push('', w.version(policyHash.slice(0, shownHash), artifactHash.slice(0, shownHash)))
  return `${lines.join('\n')}\n`

  /** @param around the least cap of the groups around it, above which nothing counts */
  function printItem(item: ReceiptItem, depth: number, around: string | null) {
    const pad = '  '.repeat(depth)
    const max = item.max === null ? '' : ` / ${w.max} ${item.max}`
    const limited = limits(item.limited, item.inside.proven, item.points.proven)
    const unsourced = item.unsourced ? aside(w.isUnsourced) : ''
    if (item.absent) {
      lines.push(`${pad}${item.name}   ${w.absent}`)
      return
    }
    lines.push(
      `${pad}${item.name} ${item.deducts && item.points.proven !== '0' ? '−' : ''}${signed(item.points.proven)}${unsourced}${max}${open(item.points, around)}${limited}${item.counted ? '' : `   ${w.notCountedItem}`}${cited(item.cites)}${audited(item.auditedBy)}`,
    )
    const cap = item.max === null || around === null ? (item.max ?? around) : lower(item.max, around)
    for (const row of item.rows) printRow(row, `${pad}  `, cap)
    for (const child of item.children) printItem(child, depth + 1, cap)
  }
  function printRow(row: ReceiptRow, pad: string, cap: string | null) {
    if (row.status === 'not-matched' && !options.all) return
    const working = printSteps(row.steps, policy.units, language)
    const reached =
      row.status === 'awaiting' || row.steps.some(({ kind }) => kind === 'live') || saysResult(working, row.inside.proven, language)
        ? ''
        : ` = ${row.inside.proven}`
    const cut = row.limited === null || row.status === 'awaiting' ? '' : ` → ${row.points.proven}${aside(row.limited === 'max' ? w.max : w.min)}`
    const equals = working === '' && cut === '' ? '' : `   ${working === '' ? row.inside.proven : `${working}${reached}`}${cut}`
    const because = row.because === null ? '' : `   ${passedOver[row.because][language]}`
    const waits = row.status === 'awaiting' ? `   ${w.awaiting}: ${row.awaiting.join(w.list)}${open(row.points, cap)}` : ''
    const windows = row.windows.map((window) => aside(opensAtFirstDay(window) ? w.upTo(window.to) : w.window(window.from, window.to))).join('')
    const nothing = row.status === 'matched' && row.steps.length > 0 && row.steps.every((step) => step.kind === 'each' && step.records.length === 0)
    lines.push(
      `${pad}${nothing ? marks['not-matched'] : marks[row.status]} ${row.rule[language]}${windows}${equals}${because}${waits}${cited(row.cites)}${audited(row.auditedBy)}`,
    )
    for (const step of row.steps) printInside(step, `${pad}  `, cap)
  }

  /** How the points of one record came about, with the sign of equality. */
  function workingOf({ rows }: { readonly rows: readonly ReceiptRow[] }): string {
    const working = printSteps(
      rows.flatMap(({ steps }) => steps),
      policy.units,
      language,
    )
    return working === '' ? '' : saysResult(working, '', language) ? `${working} ` : `${working} = `
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
