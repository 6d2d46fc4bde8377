// A file that takes its place only when it is finished and on the disk; until then the old one stands, and an interruption leaves
// nothing. Links are followed, and what stands there keeps who may read it. (Libraries for this take the whole text at
// once; here streams and the database write.)

import { once } from 'node:events'
import { createWriteStream, existsSync, lstatSync, readdirSync, readlinkSync, realpathSync, rmSync, type Stats, statSync } from 'node:fs'
import { chmod, open, rename, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import type { Writable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'

const unfinished = new Set<string>()

/** Takes away what has been written so far: for a process that is told to stop. */
export function abandonUnfinished() {
  for (const path of unfinished) rmSync(path, { force: true })
}

/** Lets signals through after each piece: standard output takes many of them without ever waiting. */
export async function writeTo(stream: Writable, text: string | Uint8Array): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain')
  await setImmediate()
}

/** An error of the file system's kind, for what it would do and must not. */
const refused = (code: string, path: string): Error => Object.assign(new Error(`${code}: ${path}`), { code, path })

/**
 * Where a path leads, links followed, also one to what is not there yet.
 * @throws an error with the code EISDIR for a folder, `pipe?` for a pipe or a device
 */
export function destinationOf(path: string): string {
  const file = leadsTo(path)
  const about = statSync(file, { throwIfNoEntry: false })
  if (about?.isDirectory()) throw refused('EISDIR', path)
  if (about && !about.isFile()) throw refused('pipe?', path)
  return file
}

const mostLinks = 40

/** Where a path leads, whatever stands there. */
export const leadsTo = (path: string): string => followed(resolve(path))

function followed(path: string, links = 0): string {
  if (existsSync(path)) return realpathSync(path)
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
  if (isLink && links < mostLinks) return followed(resolve(dirname(path), readlinkSync(path)), links + 1)
  const folder = dirname(path)
  return existsSync(folder) ? join(realpathSync(folder), basename(path)) : path
}

const ending = `.${hostname()}-${process.pid}.part`
const temporaryFor = (path: string): string => `${path}${ending}`
/** The file that an unfinished one was to become. */
export const finishedName = (path: string): string => (path.endsWith(ending) ? path.slice(0, -ending.length) : path)

/** What processes of this machine that were killed have left in the folder of a file. */
function removeLeft(path: string): void {
  const folder = dirname(path)
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const [, before = '', number] = /^(.+)-(\d+)\.part$/.exec(name) ?? []
    if (number !== undefined && before.endsWith(`.${hostname()}`) && !isRunning(Number(number))) rmSync(join(folder, name), { force: true })
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is running too.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const modeOf = (about: Stats | undefined): number => (about ? about.mode & 0o777 : 0o666)

/** Has somebody else write the file: `work` gets the path of what becomes it. @param mode of a file that is not there yet */
export async function replaceWhole(path: string, work: (temporary: string) => Promise<void>, mode = modeOf(undefined)): Promise<void> {
  const file = destinationOf(path)
  const temporary = temporaryFor(file)
  const before = statSync(file, { throwIfNoEntry: false })
  removeLeft(file)
  unfinished.add(temporary)
  try {
    // A path that cannot be written says so here, in the words of the file system.
    await (await open(temporary, 'w', before ? modeOf(before) : mode)).close()
    await work(temporary)
    const written = await open(temporary, 'r+')
    await written.sync()
    await written.close()
    if (before) await chmod(temporary, modeOf(before))
    await rename(temporary, file)
  } finally {
    await rm(temporary, { force: true })
    unfinished.delete(temporary)
  }
}

/** Writes a text whole. @param mode of a file that is not there yet */
export const writeWhole = (path: string, text: string | Uint8Array, mode?: number): Promise<void> =>
  replaceWhole(
    path,
    async (temporary) => {
      const handle = await open(temporary, 'w')
      await handle.writeFile(text)
      await handle.close()
    },
    mode,
  )

export class WholeFile {
  readonly #file: string
  readonly #temporary: string
  readonly #before: Stats | undefined
  readonly #stream: ReturnType<typeof createWriteStream>
  #failure: Error | undefined

  /** @throws as `destinationOf` */
  constructor(path: string, byteOrderMark: boolean) {
    this.#file = destinationOf(path)
    this.#temporary = temporaryFor(this.#file)
    this.#before = statSync(this.#file, { throwIfNoEntry: false })
    removeLeft(this.#file)
    unfinished.add(this.#temporary)
    this.#stream = createWriteStream(this.#temporary, { mode: modeOf(this.#before), flush: true })
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
    this.#stream.end()
    await once(this.#stream, 'close')
    if (this.#failure) throw this.#failure
    if (this.#before) await chmod(this.#temporary, modeOf(this.#before))
    await rename(this.#temporary, this.#file)
    unfinished.delete(this.#temporary)
  }

  async abandon(): Promise<void> {
    this.#stream.destroy()
    await rm(this.#temporary, { force: true })
    unfinished.delete(this.#temporary)
  }
}
