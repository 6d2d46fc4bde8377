// What stands in a file, or was written to a stream, as its length and SHA-256.

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { Writable } from 'node:stream'
import { pieces } from '../files/decode.ts'

export interface Digest {
  readonly bytes: number
  readonly sha256: string
}

/** @throws the system's error; one with the code EISDIR or `pipe?` for what is no file */
export async function digestFile(path: string): Promise<Digest> {
  const about = statSync(path)
  if (!about.isFile()) throw Object.assign(new Error(path), { code: about.isDirectory() ? 'EISDIR' : 'pipe?', path })
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of pieces(path)) {
    hash.update(piece)
    bytes += piece.length
  }
  return { bytes, sha256: hash.digest('hex') }
}

export const sameDigest = (a: Digest, b: Digest): boolean => a.bytes === b.bytes && a.sha256 === b.sha256

/** Counts what is written to it on its way to another stream, or to nowhere. What goes wrong there is told by that stream itself, once. */
export class DigestStream extends Writable {
  readonly #hash = createHash('sha256')
  readonly #to: Writable | undefined
  #bytes = 0

  constructor(to?: Writable) {
    super()
    this.#to = to
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#hash.update(chunk)
    this.#bytes += chunk.length
    if (this.#to) this.#to.write(chunk, () => done())
    else done()
  }

  /** Of all that was written, once it has gone on; nothing more may follow. */
  async digest(): Promise<Digest> {
    this.end()
    await once(this, 'finish')
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') }
  }
}
