// Text → GB18030, for tests: Node decodes it and does not encode it, so the decoder is asked for every two-byte code.

let codes: ReadonlyMap<string, readonly [number, number]> | undefined

function twoByteCodes(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder('gb18030')
  const found = new Map<string, readonly [number, number]>()
  for (let first = 0x81; first <= 0xfe; first += 1) {
    for (let second = 0x40; second <= 0xfe; second += 1) {
      const text = second === 0x7f ? '' : decoder.decode(Uint8Array.of(first, second))
      if ([...text].length === 1 && text !== '\ufffd' && !found.has(text)) found.set(text, [first, second])
    }
  }
  return found
}

/** @throws for a letter that needs four bytes */
export function encodeGb18030(text: string): Buffer {
  codes ??= twoByteCodes()
  return Buffer.from(
    [...text].flatMap((char) => {
      const code = char.codePointAt(0) ?? 0
      const pair = code < 0x80 ? [code] : codes?.get(char)
      if (!pair) throw new Error(`${char} has no two-byte code`)
      return [...pair]
    }),
  )
}
