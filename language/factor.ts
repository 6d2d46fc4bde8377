// Decimal digits times a whole factor such as 万, or as a share of a hundred, as text.

import { decimal, divide, formatDecimal, fromInteger } from '../runtime/exact/number.ts'

export function timesFactor(digits: string, factor: bigint): string {
  if (factor === 1n) return digits
  const [whole = '0', fraction = ''] = digits.split('.')
  const scaled = (BigInt(whole + fraction) * factor).toString().padStart(fraction.length + 1, '0')
  if (fraction === '') return scaled
  const point = scaled.length - fraction.length
  const rest = scaled.slice(point).replace(/0+$/, '')
  return rest === '' ? scaled.slice(0, point) : `${scaled.slice(0, point)}.${rest}`
}

/** 30% is 0.3. */
export function hundredth(digits: string): string {
  return formatDecimal(divide(decimal(digits), fromInteger(100)))
}
