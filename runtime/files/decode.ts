// Bytes → text: UTF-8 with or without a byte-order mark, else GB18030 as Chinese Excel writes it.

import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'

export type Encoding = 'utf-8' | 'gb18030'

/** The bytes of a file, piece by piece, each in the same memory as the one before. */
export async function* pieces(path: string): AsyncGenerator<Buffer> {
  const file = await open(path)
  try {
    const buffer = Buffer.allocUnsafe(1 << 20)
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/** Reads the file once; UTF-8 when every byte of it is. */
export async function detectEncoding(path: string): Promise<Encoding> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of pieces(path)) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece
    const end = lastCharacter(bytes)
    if (!isUtf8(bytes.subarray(0, end))) return 'gb18030'
    rest = Buffer.from(bytes.subarray(end))
  }
  return isUtf8(rest) ? 'utf-8' : 'gb18030'
}

/** Where the last character begins, if it is one of several bytes: more of them may follow. */
function lastCharacter(bytes: Buffer): number {
  for (let at = bytes.length - 1; at >= 0 && at > bytes.length - 4; at -= 1) {
    const byte = bytes[at] as number
    if (byte < 0x80) break
    if (byte >= 0xc0) return at
  }
  return bytes.length
}

/** The file's text in pieces, without a byte-order mark. */
export async function* decodedChunks(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const piece of pieces(path)) {
    const text = decoder.decode(piece, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}
