// Calendar dates without a clock or a time zone: year, month and day as integers, packed as 20250301 so that they compare
// as numbers. Adding months or years clamps to the end of the month.

/** year × 10000 + month × 100 + day, of a day that exists. */
export type CalendarDate = number

/** The days that the language knows. */
export const firstDate: CalendarDate = 1900_01_01
export const lastDate: CalendarDate = 2199_12_31

export const yearOf = (date: CalendarDate): number => Math.floor(date / 10_000)
export const monthOf = (date: CalendarDate): number => Math.floor(date / 100) % 100
export const dayOf = (date: CalendarDate): number => date % 100

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
export const daysInMonth = (year: number, month: number): number => (month === 2 && isLeap(year) ? 29 : (lengths[month - 1] ?? 0))

export const makeDate = (year: number, month: number, day: number): CalendarDate => year * 10_000 + month * 100 + day

/** Reads `2025-03-01`; `undefined` for any other form and for days that do not exist. */
export function parseDate(text: string): CalendarDate | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) ? makeDate(year, month, day) : undefined
}

/** A day that is written in another way, as 1990/1/1, 1990年1月1日 or 19900101, as it is to be written; `undefined` where it is none. */
export function dayMeant(text: string): string | undefined {
  const plain = text.trim().normalize('NFKC')
  const [, year = '', month = '', day = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(plain) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? []
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return parseDate(written) === undefined ? undefined : written
}

export function formatDate(date: CalendarDate): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(yearOf(date)).padStart(4, '0')}-${two(monthOf(date))}-${two(dayOf(date))}`
}

/** `months` may be negative. The day is kept, or becomes the month's last: 2025-05-31 − 3 months = 2025-02-28. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const count = yearOf(date) * 12 + monthOf(date) - 1 + months
  const year = Math.floor(count / 12)
  const month = count - year * 12 + 1
  return makeDate(year, month, Math.min(dayOf(date), daysInMonth(year, month)))
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return fromDayNumber(dayNumber(date) + days)
}

/** How many days `to` lies after `from`. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number => dayNumber(to) - dayNumber(from)

/** Days since 1970-01-01. */
export function dayNumber(date: CalendarDate): number {
  const year = yearOf(date) - (monthOf(date) <= 2 ? 1 : 0)
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const shifted = (monthOf(date) + 9) % 12
  const dayOfYear = Math.floor((153 * shifted + 2) / 5) + dayOf(date) - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

export function fromDayNumber(days: number): CalendarDate {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return makeDate(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
}

/** 满月数: the greatest n with `from` + n months ≤ `to`; negative when `to` is earlier. */
export function fullMonths(from: CalendarDate, to: CalendarDate): number {
  const months = (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from)
  return addMonths(from, months) > to ? months - 1 : months
}

/** 周岁: the greatest n with `born` + n years ≤ `on`. Born 2004-02-29 is 21 on 2025-02-28. */
export function ageOn(born: CalendarDate, on: CalendarDate): number {
  const years = yearOf(on) - yearOf(born)
  return addMonths(born, years * 12) > on ? years - 1 : years
}
