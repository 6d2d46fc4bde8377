// Exact numbers against integers of a common scale and against what the operations mean; dates against the calendar of the
// platform and against counting; the worked examples of the language's meaning.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  ageOn,
  type CalendarDate,
  dayNumber,
  dayOf,
  daysInMonth,
  firstDate,
  formatDate,
  fromDayNumber,
  fullMonths,
  lastDate,
  makeDate,
  monthOf,
  parseDate,
  yearOf,
} from '../../runtime/exact/date.ts'
import { addIntervals, clamp, hull, type Interval, multiplyIntervals, negateInterval } from '../../runtime/exact/interval.ts'
import {
  add,
  ceiling,
  compare,
  decimal,
  decimalPlaces,
  divide,
  type Exact,
  equal,
  fitsExactly,
  floor,
  formatDecimal,
  fromInteger,
  larger,
  multiply,
  negate,
  parseDecimal,
  type RoundingMode,
  round,
  smaller,
  subtract,
} from '../../runtime/exact/number.ts'
import { compareTexts } from '../../runtime/exact/text.ts'
import { outcomeOf, policyOf, shown } from './support.ts'

const seed = 20260110

// ---- numbers -----------------------------------------------------------------------------------------------------------

const scale = 10n ** 6n
/** A decimal with at most six places: as text, and as an integer of millionths. */
const anyDecimal = fc.record({ integer: fc.bigInt(-(10n ** 15n), 10n ** 15n), places: fc.integer({ min: 0, max: 6 }) }).map(({ integer, places }) => {
  const digits = (integer < 0n ? -integer : integer).toString().padStart(places + 1, '0')
  const text = `${integer < 0n ? '-' : ''}${places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`}`
  return { text, millionths: integer * 10n ** BigInt(6 - places), value: decimal(text) }
})
const anyFraction = fc
  .record({ a: fc.bigInt(-(10n ** 9n), 10n ** 9n), b: fc.bigInt(1n, 10n ** 5n) })
  .map(({ a, b }) => ({ a, b, value: divide(fromInteger(a), fromInteger(b)) }))

/** `value` = numerator ÷ denominator, by crossing. */
const is = (value: Exact, numerator: bigint, denominator: bigint) => value.numerator * denominator === numerator * value.denominator
const lowest = ({ numerator, denominator }: Exact) => {
  let [x, y] = [numerator < 0n ? -numerator : numerator, denominator]
  while (y !== 0n) [x, y] = [y, x % y]
  return denominator > 0n && x === 1n
}

describe('exact numbers', () => {
  test('add, subtract, multiply, divide and compare as integers of one scale do', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (a, b) => {
        expect(is(add(a.value, b.value), a.millionths + b.millionths, scale)).toBe(true)
        expect(is(subtract(a.value, b.value), a.millionths - b.millionths, scale)).toBe(true)
        expect(is(multiply(a.value, b.value), a.millionths * b.millionths, scale * scale)).toBe(true)
        if (b.millionths !== 0n) expect(is(divide(a.value, b.value), a.millionths, b.millionths)).toBe(true)
        const order = a.millionths < b.millionths ? -1 : a.millionths > b.millionths ? 1 : 0
        expect(compare(a.value, b.value)).toBe(order)
        expect(equal(a.value, b.value)).toBe(order === 0)
        expect(smaller(a.value, b.value)).toEqual(order <= 0 ? a.value : b.value)
        expect(larger(a.value, b.value)).toEqual(order >= 0 ? a.value : b.value)
      }),
      { seed, numRuns: 2000 },
    )
  })

  test('stay in lowest terms with a positive denominator', () => {
    fc.assert(
      fc.property(anyFraction, anyFraction, ({ value: a }, { value: b }) => {
        const results = [a, add(a, b), subtract(a, b), multiply(a, b), negate(a), ...(b.numerator === 0n ? [] : [divide(a, b)])]
        expect(results.every(lowest)).toBe(true)
      }),
      { seed, numRuns: 1000 },
    )
  })

  test('a third times three is one, and a tenth added ten times too', () => {
    expect(multiply(divide(decimal('1'), decimal('3')), decimal('3'))).toEqual(decimal('1'))
    expect(Array.from({ length: 10 }, () => decimal('0.1')).reduce(add)).toEqual(decimal('1'))
  })

  test('division by zero is refused', () => expect(() => divide(decimal('1'), decimal('0'))).toThrow())

  test('leave as they entered, without needless noughts', () => {
    fc.assert(
      fc.property(anyDecimal, ({ text, value }) => {
        const plain = text.includes('.') ? text.replace(/\.?0+$/, '') : text
        expect(formatDecimal(value)).toBe(plain === '-0' ? '0' : plain)
        expect(parseDecimal(formatDecimal(value))).toEqual(value)
      }),
      { seed, numRuns: 1000 },
    )
  })

  test('a number without a finite decimal form is shown as a fraction', () => {
    expect(formatDecimal(divide(decimal('-2'), decimal('6')))).toBe('-1/3')
    expect(decimalPlaces(divide(decimal('1'), decimal('3')))).toBeUndefined()
    expect(decimalPlaces(divide(decimal('1'), decimal('64')))).toBe(6)
    expect(decimalPlaces(divide(decimal('1'), decimal('625')))).toBe(4)
  })

  test.each(['', '.', '1.', '.5', '+1', '1e3', ' 1', '1 ', '--1', '1,000', '１', '1_0', 'Infinity', '0x1', '1\n'])('%j is no decimal', (text) => {
    expect(parseDecimal(text)).toBeUndefined()
  })

  test('floor and ceiling are the whole numbers next to a number', () => {
    fc.assert(
      fc.property(anyFraction, ({ a, b, value }) => {
        const [down, up] = [floor(value), ceiling(value)]
        expect([down.denominator, up.denominator]).toEqual([1n, 1n])
        expect(down.numerator * b <= a && a < (down.numerator + 1n) * b).toBe(true)
        expect((up.numerator - 1n) * b < a && a <= up.numerator * b).toBe(true)
      }),
      { seed, numRuns: 1000 },
    )
  })

  test('rounding gives the nearest allowed number of its mode', () => {
    const modes: readonly RoundingMode[] = ['half-up', 'down', 'up']
    fc.assert(
      fc.property(anyFraction, fc.integer({ min: 0, max: 4 }), fc.constantFrom(...modes), ({ a, b, value }, places, mode) => {
        const ten = 10n ** BigInt(places)
        const rounded = round(value, places, mode)
        const steps = (rounded.numerator * ten) / rounded.denominator
        expect(is(rounded, steps, ten)).toBe(true)
        // Both sides in units of 1 ÷ (10^places · b).
        const size = (n: bigint) => (n < 0n ? -n : n)
        const [kept, exact] = [size(steps) * b, size(a) * ten]
        expect(steps === 0n || steps > 0n === a > 0n).toBe(true)
        if (mode === 'down') expect(kept <= exact && exact < kept + b).toBe(true)
        if (mode === 'up') expect(kept >= exact && kept < exact + b).toBe(true)
        if (mode === 'half-up') expect(2n * size(kept - exact) < b || (2n * (kept - exact) === b && kept > exact)).toBe(true)
      }),
      { seed, numRuns: 3000 },
    )
  })

  test.each([
    ['2.5', 0, '3', '2', '3'],
    ['-2.5', 0, '-3', '-2', '-3'],
    ['2.4', 0, '2', '2', '3'],
    ['-2.4', 0, '-2', '-2', '-3'],
    ['1.005', 2, '1.01', '1', '1.01'],
    ['-1.005', 2, '-1.01', '-1', '-1.01'],
    ['1.0049', 2, '1', '1', '1.01'],
    ['0.05', 1, '0.1', '0', '0.1'],
    ['-0.04', 1, '0', '0', '-0.1'],
    ['7', 2, '7', '7', '7'],
    ['-7.25', 2, '-7.25', '-7.25', '-7.25'],
  ])('%s to %i places is %s 四舍五入, %s 舍去 and %s 进一', (text, places, half, down, up) => {
    const found = (['half-up', 'down', 'up'] as const).map((mode) => formatDecimal(round(decimal(text), places, mode)))
    expect(found).toEqual([half, down, up])
  })

  test('fit an engine that holds them as scaled integers up to 2^53 − 1', () => {
    expect(fitsExactly(decimal('9007199254740991'), 0)).toBe(true)
    expect(fitsExactly(decimal('9007199254740992'), 0)).toBe(false)
    expect(fitsExactly(decimal('-90071992547409.91'), 2)).toBe(true)
    expect(fitsExactly(decimal('-90071992547409.92'), 2)).toBe(false)
  })
})

describe('intervals', () => {
  const anyInterval = fc.tuple(anyFraction, anyFraction).map(([a, b]): Interval => ({ low: smaller(a.value, b.value), high: larger(a.value, b.value) }))
  /** An interval and a number inside it. */
  const anyInside = fc.tuple(anyInterval, fc.integer({ min: 0, max: 8 })).map(([interval, eighths]) => ({
    interval,
    value: add(interval.low, multiply(subtract(interval.high, interval.low), divide(fromInteger(eighths), fromInteger(8)))),
  }))
  const holds = ({ low, high }: Interval, value: Exact) => compare(low, value) <= 0 && compare(value, high) <= 0

  test('hold every result of numbers inside them', () => {
    fc.assert(
      fc.property(anyInside, anyInside, (a, b) => {
        expect(holds(addIntervals(a.interval, b.interval), add(a.value, b.value))).toBe(true)
        expect(holds(negateInterval(a.interval), negate(a.value))).toBe(true)
        expect(holds(multiplyIntervals(a.interval, b.interval), multiply(a.value, b.value))).toBe(true)
        expect(holds(hull(a.interval, b.interval), a.value) && holds(hull(a.interval, b.interval), b.value)).toBe(true)
      }),
      { seed, numRuns: 1000 },
    )
  })

  test('are tight: their ends are reached', () => {
    fc.assert(
      fc.property(anyInterval, anyInterval, (a, b) => {
        const corners = [a.low, a.high].flatMap((x) => [b.low, b.high].map((y) => multiply(x, y)))
        const product = multiplyIntervals(a, b)
        expect(corners.some((corner) => equal(corner, product.low)) && corners.some((corner) => equal(corner, product.high))).toBe(true)
      }),
      { seed, numRuns: 500 },
    )
  })

  test('are bounded by the floor first and by the cap after it', () => {
    const point = (text: string) => ({ low: decimal(text), high: decimal(text) })
    const bounded = (low: string, high: string, min?: string, max?: string) => {
      const result = clamp({ low: decimal(low), high: decimal(high) }, min === undefined ? undefined : point(min), max === undefined ? undefined : point(max))
      return [formatDecimal(result.low), formatDecimal(result.high)]
    }
    expect(bounded('-5', '120', '0', '100')).toEqual(['0', '100'])
    expect(bounded('-5', '-1', '0', '100')).toEqual(['0', '0'])
    expect(bounded('110', '120', '0', '100')).toEqual(['100', '100'])
    expect(bounded('-5', '120')).toEqual(['-5', '120'])
    expect(bounded('1', '2', '9', '4')).toEqual(['4', '4'])
  })
})

// ---- dates -------------------------------------------------------------------------------------------------------------

const dayLength = 86_400_000
/** The platform's calendar, in universal time. */
const platform = (days: number): CalendarDate => {
  const date = new Date(days * dayLength)
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate()
}
const [firstDay, lastDay] = [Date.UTC(1900, 0, 1) / dayLength, Date.UTC(2199, 11, 31) / dayLength]
const anyDate = fc.integer({ min: firstDay, max: lastDay }).map(platform)
const date = (text: string): CalendarDate => {
  const parsed = parseDate(text)
  if (parsed === undefined) throw new Error(`no date: ${text}`)
  return parsed
}

describe('dates', () => {
  test('are the days of the calendar from 1900 to 2199, each once and in order', () => {
    expect([platform(firstDay), platform(lastDay)]).toEqual([firstDate, lastDate])
    const wrong: CalendarDate[] = []
    for (let day = firstDay; day <= lastDay; day += 1) {
      const expected = platform(day)
      const sound = fromDayNumber(day) === expected && dayNumber(expected) === day && parseDate(formatDate(expected)) === expected
      if (!sound) wrong.push(expected)
    }
    expect(wrong).toEqual([])
  })

  test('are refused when the day does not exist or is written otherwise', () => {
    for (let year = 1896; year <= 2104; year += 1) {
      for (let month = 0; month <= 13; month += 1) {
        for (let day = 0; day <= 32; day += 1) {
          const real = new Date(Date.UTC(year, month - 1, day))
          const exists = real.getUTCFullYear() === year && real.getUTCMonth() === month - 1 && real.getUTCDate() === day
          const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
          if ((parseDate(text) !== undefined) !== exists) throw new Error(text)
        }
      }
    }
    for (const text of ['2025-3-1', '2025-03-1', '25-03-01', '2025/03/01', '20250301', '2025-03-01 ', '2025-03-01\n', '+2025-03-01', '２０２５-03-01', '']) {
      expect(parseDate(text)).toBeUndefined()
    }
  })

  test('move by days as the calendar does', () => {
    fc.assert(
      fc.property(fc.integer({ min: firstDay, max: lastDay }), fc.integer({ min: -40_000, max: 40_000 }), (day, move) => {
        expect(addDays(platform(day), move)).toBe(platform(day + move))
      }),
      { seed, numRuns: 1000 },
    )
  })

  test('move by months to the same day, or to the last of the month', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -1200, max: 1200 }), (from, months) => {
        const moved = addMonths(from, months)
        expect((yearOf(moved) - yearOf(from)) * 12 + monthOf(moved) - monthOf(from)).toBe(months)
        const last = new Date(Date.UTC(yearOf(moved), monthOf(moved), 0)).getUTCDate()
        expect(daysInMonth(yearOf(moved), monthOf(moved))).toBe(last)
        expect(dayOf(moved)).toBe(Math.min(dayOf(from), last))
      }),
      { seed, numRuns: 2000 },
    )
  })

  test('keep their order when both move by the same months', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 40 }), fc.integer({ min: -600, max: 600 }), (from, days, months) => {
        expect(addMonths(from, months) <= addMonths(addDays(from, days), months)).toBe(true)
      }),
      { seed, numRuns: 1000 },
    )
  })

  test('周岁 is the number of birthdays that have come, counted one by one', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 40_000 }), (born, days) => {
        const on = addDays(born, days)
        let count = 0
        for (;;) {
          const year = yearOf(born) + count + 1
          const birthday = makeDate(year, monthOf(born), Math.min(dayOf(born), new Date(Date.UTC(year, monthOf(born), 0)).getUTCDate()))
          if (birthday > on) break
          count += 1
        }
        expect(ageOn(born, on)).toBe(count)
      }),
      { seed, numRuns: 1000 },
    )
  })

  test('满月数 and 周岁 are the greatest that fit, on both sides of the day', () => {
    fc.assert(
      fc.property(anyDate, anyDate, (from, to) => {
        const months = fullMonths(from, to)
        expect(addMonths(from, months) <= to && addMonths(from, months + 1) > to).toBe(true)
        const years = ageOn(from, to)
        expect(addMonths(from, years * 12) <= to && addMonths(from, (years + 1) * 12) > to).toBe(true)
        expect(Math.floor(months / 12)).toBe(years)
      }),
      { seed, numRuns: 2000 },
    )
  })

  test.each([
    ['2004-02-29', '2025-02-27', 20],
    ['2004-02-29', '2025-02-28', 21],
    ['2004-02-29', '2025-03-01', 21],
    ['2004-02-29', '2024-02-28', 19],
    ['2004-02-29', '2024-02-29', 20],
    ['2000-03-01', '2025-02-28', 24],
    ['2000-03-01', '2025-03-01', 25],
    ['2025-03-01', '2025-03-01', 0],
    ['2025-03-02', '2025-03-01', -1],
    ['2000-12-31', '2001-12-30', 0],
  ])('born %s, 周岁 on %s is %i', (born, on, age) => expect(ageOn(date(born), date(on))).toBe(age))

  test.each([
    ['2025-01-31', '2025-02-27', 0],
    ['2025-01-31', '2025-02-28', 1],
    ['2024-01-31', '2024-02-28', 0],
    ['2024-01-31', '2024-02-29', 1],
    ['2025-02-28', '2025-03-27', 0],
    ['2025-02-28', '2025-03-28', 1],
    ['2024-02-29', '2025-02-28', 12],
    ['2025-03-01', '2025-03-01', 0],
    ['2025-03-01', '2025-02-28', -1],
    ['2018-01-15', '2025-02-14', 84],
  ])('满月数 from %s to %s is %i', (from, to, months) => expect(fullMonths(date(from), date(to))).toBe(months))

  test.each([
    ['2024-02-29', -36, '2021-02-28'],
    ['2023-02-28', -36, '2020-02-28'],
    ['2025-05-31', -3, '2025-02-28'],
    ['2020-02-29', 36, '2023-02-28'],
    ['2017-05-10', 36, '2020-05-10'],
    ['2024-12-31', 2, '2025-02-28'],
    ['2025-01-31', 1, '2025-02-28'],
    ['2025-03-31', -1, '2025-02-28'],
    ['2025-01-15', -1, '2024-12-15'],
  ])('%s moved by %i months is %s', (from, months, to) => expect(formatDate(addMonths(date(from), months))).toBe(to))

  test.each(['0001-01-01', '0099-12-31', '0987-06-05', '1900-01-01', '9999-12-31'])('%s is written as it is read', (text) => {
    expect(formatDate(date(text))).toBe(text)
  })

  test('a window of three years looks back from the reference date, so 29 February counts where it should', () => {
    const policy = policyOf(`
      事实 表彰日: 日期
      定义 窗口始 = 审核日 - 3年
      指标 甲 { 当 表彰日 > 窗口始 且 表彰日 <= 审核日 得1分 }
      总分 = 甲`)
    const counts = (on: string, 表彰日: string) => shown(outcomeOf(policy, { 表彰日 }, { 审核日: on })).总分?.split(' ')[0]
    expect([counts('2024-02-29', '2021-02-28'), counts('2024-02-29', '2021-03-01'), counts('2024-02-29', '2024-02-29')]).toEqual(['0', '1', '1'])
    expect([counts('2023-02-28', '2020-02-28'), counts('2023-02-28', '2020-02-29')]).toEqual(['0', '1'])
  })

  test('a window of three months ends with its month', () => {
    const policy = policyOf(`
      事实 缴纳日: 日期
      指标 甲 { 当 缴纳日 > 审核日 - 3个月 得1分 }
      总分 = 甲`)
    const counts = (缴纳日: string) => shown(outcomeOf(policy, { 缴纳日 }, { 审核日: '2025-05-31' })).总分?.split(' ')[0]
    expect([counts('2025-02-28'), counts('2025-03-01')]).toEqual(['0', '1'])
  })
})

test('texts are ordered by code point, as a database orders them', () => {
  const texts = ['\uffee', '𠮷', '甲', 'a', '甲乙', '', '𡘙', '\ue000', 'A']
  const wanted = ['', 'A', 'a', '甲', '甲乙', '\ue000', '\uffee', '𠮷', '𡘙']
  expect(texts.toSorted(compareTexts)).toEqual(wanted)
  expect(texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))).toEqual(wanted)
})
