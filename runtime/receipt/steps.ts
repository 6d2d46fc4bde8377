// How the amount of a row came about, in words and arithmetic that an applicant can follow.

import { firstDate, formatDate } from '../exact/date.ts'
import { add, compare, decimal, divide, equal, floor, formatDecimal, fromInteger, zero } from '../exact/number.ts'
import { unnamedTotal } from '../ir/names.ts'
import type { Policy } from '../ir/schema.ts'
import type { NamedValue, RowTrace } from '../outcome.ts'
import type { Language } from '../problems.ts'
import type { ReceiptStep } from './document.ts'
import { words } from './words.ts'

const byYears = { zh: '年', en: 'years' } as const
/** A window that opens on the first day there is, as that of 截至 does, has an end only. */
export const opensAtFirstDay = ({ from }: RowTrace['windows'][number]): boolean => from === formatDate(firstDate)

/** Whether the working ends with what it comes to. */
export const saysResult = (working: string, points: string, language: Language): boolean =>
  working.replace('− ', '-') === points || [`≈ ${points}`, words[language].none, `${words[language].colon}${points}`].some((end) => working.endsWith(end))

/** How the amount of a row came about: `119个月，满119个月，119 × 0.25`. */
export function printSteps(steps: readonly ReceiptStep[], units: Policy['units'], language: Language): string {
  const parts = steps.map((step, i) => ({ ...stepText(step, { units, language }), sign: step.negative ? '− ' : i === 0 ? '' : '+ ' }))
  const written = parts.map(({ sign, text }) => sign + text).join(' ')
  const isTold = parts.some(({ explained }) => explained) || parts.length > 1
  return isTold ? written : ''
}

interface Sheet {
  readonly units: Policy['units']
  readonly language: Language
}

interface StepText {
  readonly text: string
  /** It says more than the amount. */
  readonly explained: boolean
}

type Of<K extends ReceiptStep['kind']> = Extract<ReceiptStep, { kind: K }>

function stepText(step: ReceiptStep, sheet: Sheet): StepText {
  switch (step.kind) {
    case 'flat':
      return { text: step.working, explained: step.working !== step.amount || !step.isStated }
    case 'unknown':
      // Alone it is told by what the row may come to.
      return { text: `(${step.low}..${step.high})`, explained: false }
    case 'table':
      return { text: tableText(step, sheet), explained: true }
    case 'rate':
      return { text: rateText(step, sheet), explained: true }
    case 'stepped':
      return { text: steppedText(step, sheet), explained: true }
    case 'block':
    case 'each':
      return { text: step.amount, explained: false }
    case 'live':
      return { text: liveText(step, sheet), explained: true }
  }
}

function tableText({ keys, values, amount }: Of<'table'>, { language }: Sheet): string {
  const w = words[language]
  const told = w.cell(
    keys.map((key) => key[language]),
    amount,
  )
  // A value that is the column itself says nothing more.
  const from = valuesText(
    values.filter(({ value }) => !keys.some((key) => key[language] === value[language])),
    language,
  )
  return from === '' ? told : `${from}${w.comma}${told}`
}

/** A total that the policy gives no name is called so in each language. */
export const totalName = (name: string, language: Language): string => (name === unnamedTotal ? words[language].total : name)

/** Values by their names, as of a condition that they decided. */
export function valuesText(values: readonly NamedValue[], language: Language): string {
  const w = words[language]
  return values.map(({ name, value }) => (name === '' ? w.comesTo(value[language]) : `${totalName(name, language)}${w.colon}${value[language]}`)).join(w.comma)
}

/** Whether a step counts once it is full: the words of the count say then that there is none. */
const countsFull: Readonly<Record<Of<'rate'>['steps'], boolean>> = { full: true, started: false, proportional: false }

const isBelowZero = (quantity: string): boolean => compare(decimal(quantity), zero) < 0

function rateText(step: Of<'rate'>, sheet: Sheet): string {
  const w = words[sheet.language]
  if (isBelowZero(step.quantity)) return w.belowZero(measured(step.quantity, step.unit, sheet))
  if (step.per === '1' && step.count === step.quantity) return `${step.count} × ${step.each}`
  const count = { full: w.full, started: w.started, proportional: w.divided }[step.steps]
  const counted = count(measured(step.quantity, step.unit, sheet), stepMeasured(step.per, step.unit, sheet), step.count)
  return step.count === '0' && countsFull[step.steps] ? counted : `${counted}${step.count} × ${step.each}`
}

function steppedText(step: Of<'stepped'>, sheet: Sheet): string {
  const w = words[sheet.language]
  const slices = step.slices.map(({ count, each }) => `${count} × ${each}`).join(' + ')
  const [quantity, per] = [measured(step.quantity, step.unit, sheet), stepMeasured(step.per, step.unit, sheet)]
  if (isBelowZero(step.quantity)) return w.belowZero(quantity)
  if (!countsFull[step.steps]) return `${quantity} ÷ ${per}${w.comma}${slices === '' ? '0' : slices}`
  const count = formatDecimal(step.slices.map((slice) => decimal(slice.count)).reduce(add, zero))
  const below = count === '0' && compare(decimal(step.quantity), decimal(step.per)) >= 0
  return below ? w.belowBands(quantity) : `${w.full(quantity, per, count)}${slices}`
}

function liveText(step: Of<'live'>, { language }: Sheet): string {
  const w = words[language]
  return `${w.live(step.on)}${step.spent === '0' ? '' : `${w.comma}${w.spent(step.spent)}`}`
}

function measured(amount: string, unit: string | undefined, { units, language }: Sheet): string {
  return unit === undefined ? amount : `${amount}${words[language].unit(units[unit]?.[language] ?? unit)}`
}

/** Of a step, in which twelve months are a year. */
function stepMeasured(amount: string, unit: string | undefined, sheet: Sheet): string {
  const years = divide(decimal(amount), fromInteger(12))
  const inYears = unit === 'months' && equal(years, floor(years))
  return inYears ? `${formatDecimal(years)}${words[sheet.language].unit(byYears[sheet.language])}` : measured(amount, unit, sheet)
}
