// Exact numbers: fractions of big integers. No binary floating point touches a point, a rate or an amount; numbers enter
// and leave as decimal strings. Slow and obviously right; the generated engines use scaled integers and must agree.

/** A fraction in lowest terms; the denominator is positive. */
export interface Exact {
  readonly numerator: bigint
  readonly denominator: bigint
}

export type RoundingMode = 'half-up' | 'down' | 'up'

const whole = (numerator: bigint): Exact => ({ numerator, denominator: 1n })

export const zero: Exact = whole(0n)
export const one: Exact = whole(1n)

export const fromInteger = (value: number | bigint): Exact => whole(BigInt(value))

function fraction(numerator: bigint, denominator: bigint): Exact {
  if (denominator === 1n) return { numerator, denominator }
  const divisor = gcd(numerator < 0n ? -numerator : numerator, denominator)
  return divisor === 1n ? { numerator, denominator } : { numerator: numerator / divisor, denominator: denominator / divisor }
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

const decimalForm = /^(-?)(\d+)(?:\.(\d+))?$/

/** Reads a plain decimal such as `-12.50`; `undefined` for anything else (no exponent, no sign `+`, no blanks). */
export function parseDecimal(text: string): Exact | undefined {
  const match = decimalForm.exec(text)
  if (!match) return undefined
  const [, sign = '', integer = '', decimals = ''] = match
  if (decimals === '') return whole(BigInt(text))
  return fraction(BigInt(`${sign}${integer}${decimals}`), 10n ** BigInt(decimals.length))
}

/** As `parseDecimal`, for text that is known to be a decimal. */
export function decimal(text: string): Exact {
  const value = parseDecimal(text)
  if (!value) throw new Error(`not a decimal: ${text}`)
  return value
}

export function add(a: Exact, b: Exact): Exact {
  return a.denominator === b.denominator
    ? fraction(a.numerator + b.numerator, a.denominator)
    : fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
}

export const negate = (a: Exact): Exact => ({ numerator: -a.numerator, denominator: a.denominator })
export const subtract = (a: Exact, b: Exact): Exact => add(a, negate(b))
export const multiply = (a: Exact, b: Exact): Exact => fraction(a.numerator * b.numerator, a.denominator * b.denominator)

/** @throws when `b` is zero; the checker has proved that it is not. */
export function divide(a: Exact, b: Exact): Exact {
  if (b.numerator === 0n) throw new Error('division by zero')
  return b.numerator > 0n
    ? fraction(a.numerator * b.denominator, a.denominator * b.numerator)
    : fraction(-a.numerator * b.denominator, -a.denominator * b.numerator)
}

export function compare(a: Exact, b: Exact): -1 | 0 | 1 {
  if (a.denominator === b.denominator) return a.numerator < b.numerator ? -1 : a.numerator > b.numerator ? 1 : 0
  const left = a.numerator * b.denominator
  const right = b.numerator * a.denominator
  return left < right ? -1 : left > right ? 1 : 0
}

export const equal = (a: Exact, b: Exact): boolean => a.numerator === b.numerator && a.denominator === b.denominator
export const smaller = (a: Exact, b: Exact): Exact => (compare(a, b) <= 0 ? a : b)
export const larger = (a: Exact, b: Exact): Exact => (compare(a, b) >= 0 ? a : b)

export function floor(a: Exact): Exact {
  const quotient = a.numerator / a.denominator
  return whole(a.numerator < 0n && quotient * a.denominator !== a.numerator ? quotient - 1n : quotient)
}

export const ceiling = (a: Exact): Exact => negate(floor(negate(a)))

/** Whether what is left of a whole one takes the number away from zero. */
const roundsAway: Readonly<Record<RoundingMode, (rest: bigint, whole: bigint) => boolean>> = {
  down: () => false,
  up: (rest) => rest > 0n,
  'half-up': (rest, whole) => rest * 2n >= whole,
}

/** Rounds to `places` decimals: 四舍五入 halves away from zero, 舍去 towards zero, 进一 away from zero. */
export function round(a: Exact, places: number, mode: RoundingMode): Exact {
  const scale = 10n ** BigInt(places)
  const sign = a.numerator < 0n ? -1n : 1n
  const magnitude = a.numerator * sign * scale
  const kept = magnitude / a.denominator
  const rest = magnitude % a.denominator
  return fraction(sign * (roundsAway[mode](rest, a.denominator) ? kept + 1n : kept), scale)
}

/** How many decimals `a` needs, or `undefined` when no number of decimals is enough (a third). */
export function decimalPlaces(a: Exact): number | undefined {
  if (a.denominator === 1n) return 0
  let rest = a.denominator
  let twos = 0
  let fives = 0
  while (rest % 2n === 0n) [rest, twos] = [rest / 2n, twos + 1]
  while (rest % 5n === 0n) [rest, fives] = [rest / 5n, fives + 1]
  return rest === 1n ? Math.max(twos, fives) : undefined
}

/** Plain decimal text: `48.5`, `20`, `-0.25`. A number without a finite decimal form is shown as a fraction. */
export function formatDecimal(a: Exact): string {
  if (a.denominator === 1n) return a.numerator.toString()
  const places = decimalPlaces(a)
  if (places === undefined) return `${a.numerator}/${a.denominator}`
  const scaled = (a.numerator * 10n ** BigInt(places)) / a.denominator
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0')
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

/** The largest magnitude that the scaled integers of every engine hold exactly. */
export const largestExact = 2n ** 53n - 1n

/** Whether `a` fits an engine's scaled integer at `places` decimals. */
export function fitsExactly(a: Exact, places: number): boolean {
  if (places === 0 && a.denominator === 1n) return a.numerator <= largestExact && a.numerator >= -largestExact
  const magnitude = (a.numerator < 0n ? -a.numerator : a.numerator) * 10n ** BigInt(places)
  return magnitude <= largestExact * a.denominator
}
