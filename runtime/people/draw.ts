// Random draws that are the same everywhere for the same seed: SHA-256 of the seed and a counter, whole-number arithmetic and
// divisions, no functions that engines may round differently.

import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

export interface Draw {
  /** 0 <= n < 1. */
  share(): number
  /** A whole number between both ends, which are included. */
  whole(low: number, high: number): number
  /** About the mean, within six deviations: the sum of twelve even draws. */
  near(mean: number, deviation: number): number
  /** 0, 1, 2, … with this mean, each less likely than the one before. */
  count(mean: number): number
  /** One of the entries, by weight. */
  oneOf<T>(entries: readonly (readonly [T, number])[]): T | undefined
}

/** Numbers of four bytes in one hash. */
const inOneHash = 8

/** @param parts what the draws belong to: the same parts give the same draws */
export function drawFor(...parts: readonly string[]): Draw {
  let drawn = 0
  let bytes = new DataView(new ArrayBuffer(0))
  const share = () => {
    const at = drawn % inOneHash
    if (at === 0) bytes = new DataView(sha256(utf8ToBytes(JSON.stringify([...parts, drawn]))).buffer)
    drawn += 1
    return bytes.getUint32(at * 4) / 2 ** 32
  }
  return {
    share,
    whole: (low, high) => low + Math.floor(share() * (high - low + 1)),
    near(mean, deviation) {
      let sum = 0
      for (let i = 0; i < 12; i += 1) sum += share()
      return mean + deviation * (sum - 6)
    },
    count(mean) {
      let count = 0
      while (count < 1000 && share() < mean / (1 + mean)) count += 1
      return count
    },
    oneOf(entries) {
      const sum = entries.reduce((total, [, weight]) => total + weight, 0)
      let left = share() * sum
      for (const [value, weight] of entries) {
        if (left < weight) return value
        left -= weight
      }
      return entries.at(-1)?.[0]
    },
  }
}
