// A file that takes its place only when it is finished; until then the old one stands, and an interruption leaves nothing.

import { once } from 'node:events'
import { createWriteStream, rmSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'

const unfinished = new Set<string>()

/** Takes away what has been written so far: for a process that is told to stop. */
export function abandonUnfinished() {
  for (const path of unfinished) rmSync(path, { force: true })
}

export async function writeTo(stream: Writable, text: string | Uint8Array): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain')
}

const temporaryFor = (path: string): string => `${path}.${process.pid}.part`

/** Has somebody else write the file: `work` gets the path of what becomes it. */
export async function replaceWhole(path: string, work: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = temporaryFor(path)
  unfinished.add(temporary)
  try {
    // A path that cannot be written says so here, in the words of the file system.
    await (await open(temporary, 'w')).close()
    await work(temporary)
    await rename(temporary, path)
  } finally {
    await rm(temporary, { force: true })
    unfinished.delete(temporary)
  }
}

export class WholeFile {
  readonly #path: string
  readonly #temporary: string
  readonly #stream: ReturnType<typeof createWriteStream>
  #failure: Error | undefined

  constructor(path: string, byteOrderMark: boolean) {
    this.#path = path
    this.#temporary = temporaryFor(path)
    unfinished.add(this.#temporary)
    this.#stream = createWriteStream(this.#temporary)
    this.#stream.on('error', (error) => {
      this.#failure = error
    })
    if (byteOrderMark) this.#stream.write('\ufeff')
  }

  async write(text: string | Uint8Array): Promise<void> {
    if (this.#failure) throw this.#failure
    await writeTo(this.#stream, text)
  }

  async finish(): Promise<void> {
    if (this.#failure) throw this.#failure
    await new Promise<void>((resolve, reject) => {
      this.#stream.on('error', reject)
      this.#stream.end(() => resolve())
    })
    await rename(this.#temporary, this.#path)
    unfinished.delete(this.#temporary)
  }

  async abandon(): Promise<void> {
    this.#stream.destroy()
    await rm(this.#temporary, { force: true })
    unfinished.delete(this.#temporary)
  }
}
