// A lot that anybody can draw again: the order of SHA-256 over seed, scenario and key.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** Smaller hex text comes first. The three parts stand on lines of their own, in UTF-8. */
export function lotOf(seed: string, scenario: string, key: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${seed}\n${scenario}\n${key}`)))
}
