// Policies on disk: listing, reading, and saving whole files without overwriting what somebody else wrote meanwhile. A page works on
// plain text whose lines end in line feeds; a byte-order mark and the line ends of a file are kept here.

import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { type Head, headOf } from '../../language/service/head.ts'
import { lineEndOf, withLineEnds } from '../../runtime/exact/line-ends.ts'
import { decodeText, encodeText, type NoText, type TextForm } from '../../runtime/files/text.ts'
import { destinationOf, writeWhole } from '../../runtime/files/whole-file.ts'
import { inTurn } from './turns.ts'

export interface StoredPolicy {
  readonly text: string
  /** Of the file; a save names the hash that it builds on. */
  readonly hash: string
  /** Where it is not UTF-8: it is saved only as UTF-8, and only when that is asked for. */
  readonly encoding?: 'gb18030'
}

export type Saved =
  | { readonly kind: 'saved'; readonly hash: string }
  /** The file changed on disk since it was read; nothing was written. */
  | { readonly kind: 'conflict'; readonly onDisk: StoredPolicy }
  /** The file is GB18030 and nobody asked to convert it; nothing was written. */
  | { readonly kind: 'gb18030' }
  /** What stands in the file cannot be shown, so that nobody can say whether to write over it; nothing was written. */
  | { readonly kind: 'unread'; readonly reason: Unread }

const sampleEnding = '.people.json'

/** No policy and no official text is larger; more is neither read nor taken. */
export const largestPolicy = 8_000_000

export const hashOf = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

/** Paths of the .heng files below `folder`, with `/` between names. */
export async function listPolicies(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return (
    entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.heng'))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((path) => !path.split('/').some((part) => part.startsWith('.') || part === 'node_modules'))
      .map((path) => path.slice(0, -'.heng'.length))
      // A policy stands before its file of cases.
      .sort()
      .map((path) => `${path}.heng`)
  )
}

/** The file that a path names, links followed; `undefined` for anything outside the folder, with another ending, or that is no file. */
async function inside(folder: string, path: string, ending: '.heng' | '.txt' | typeof sampleEnding): Promise<string | undefined> {
  if (!path.endsWith(ending) || path.includes('\0')) return undefined
  const root = await realpath(folder)
  const file = resolve(root, path)
  if (!file.startsWith(root + sep)) return undefined
  const parent = await realpath(dirname(file)).catch(() => undefined)
  if (parent !== root && !parent?.startsWith(root + sep)) return undefined
  try {
    const destination = destinationOf(file)
    return destination.startsWith(root + sep) ? destination : undefined
  } catch {
    return undefined
  }
}

/** Why a file that is there is not read: it is no text that is known here, or no policy can be so large. */
export type Unread = 'not-text' | 'utf-16' | 'damaged-utf-8' | 'too-large'

const unread: Readonly<Record<NoText, Unread>> = { 'UTF-16?': 'utf-16', 'UTF-32?': 'not-text', 'UTF-8!': 'damaged-utf-8', 'text?': 'not-text' }

/** @returns `undefined` when there is no such policy */
export async function readPolicy(folder: string, path: string): Promise<StoredPolicy | Unread | undefined> {
  return readInside(folder, path, '.heng')
}

interface Seen {
  /** By which a change is noticed. */
  readonly about: string
  readonly hash: string
  readonly head: Head | undefined
}
const seen = new Map<string, Seen>()

/** The hash of a policy's file, `''` where there is none that can be read. */
export const fileHash = async (folder: string, path: string): Promise<string> => (await lookAt(folder, path))?.hash ?? ''

/** What the policies of `paths` are called and when they hold, by path; none of what cannot be read. */
export async function headsOf(folder: string, paths: readonly string[]): Promise<Readonly<Record<string, Head>>> {
  const found = await Promise.all(paths.map(async (path) => [path, (await lookAt(folder, path))?.head] as const))
  return Object.fromEntries(found.flatMap(([path, head]) => (head ? [[path, head]] : [])))
}

/** A line of a policy in which something was found. */
export interface FoundLine {
  readonly path: string
  /** Counted from 1. */
  readonly line: number
  readonly column: number
  readonly text: string
}

/**
 * Lines of all policies that hold some words, as they are being written.
 * @param draftOf the draft of a policy, where it has one @param most how many a list can show
 */
export async function findLines(
  folder: string,
  words: string,
  most: number,
  draftOf: (path: string) => Promise<string | undefined>,
): Promise<readonly FoundLine[]> {
  const wanted = words.trim().toLowerCase()
  if (wanted === '') return []
  const found: FoundLine[] = []
  for (const path of await listPolicies(folder)) {
    const stored = await readPolicy(folder, path)
    const text = (await draftOf(path)) ?? (typeof stored === 'object' ? stored.text : '')
    for (const [i, line] of text.split('\n').entries()) {
      const at = line.toLowerCase().indexOf(wanted)
      if (at >= 0) found.push({ path, line: i + 1, column: at + 1, text: line.trim() })
      if (found.length >= most) return found
    }
  }
  return found
}

/** Asked again and again, a file is read only when it changed. */
async function lookAt(folder: string, path: string): Promise<Seen | undefined> {
  const file = await inside(folder, path, '.heng')
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined)
  if (file === undefined || !found?.isFile() || found.size > largestPolicy) return undefined
  const about = `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`
  const known = seen.get(file)
  if (known?.about === about) return known
  const bytes = await readFile(file).catch(() => undefined)
  if (!bytes) return undefined
  const decoded = decodeText(bytes)
  const now: Seen = { about, hash: hashOf(bytes), head: decoded.ok ? headOf(decoded.text) : undefined }
  seen.set(file, now)
  return now
}

/** An official text, `.txt`, or a sample file, `.people.json`, beside a policy. */
export async function readBeside(folder: string, path: string): Promise<StoredPolicy | Unread | undefined> {
  return readInside(folder, path, path.endsWith(sampleEnding) ? sampleEnding : '.txt')
}

async function readInside(folder: string, path: string, ending: '.heng' | '.txt' | typeof sampleEnding): Promise<StoredPolicy | Unread | undefined> {
  const file = await inside(folder, path, ending)
  if (!file) return undefined
  const found = await readFileAs(file)
  return typeof found === 'object' ? found.stored : found
}

interface Found {
  readonly stored: StoredPolicy
  readonly form: TextForm
  /** As it stands in the file, with its line ends. */
  readonly text: string
}

async function readFileAs(file: string): Promise<Found | Unread | undefined> {
  try {
    if ((await stat(file)).size > largestPolicy) return 'too-large'
    const bytes = await readFile(file)
    const decoded = decodeText(bytes)
    if (!decoded.ok) return unread[decoded.reason]
    const { text, form } = decoded
    const stored = { text: withLineEnds(text, '\n'), hash: hashOf(bytes) }
    return { stored: form.encoding === 'gb18030' ? { ...stored, encoding: form.encoding } : stored, form, text }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Writes `text` if the file still has the content whose hash is `base`.
 * @param base `''` for a file that must not exist yet
 * @param toUtf8 also over a file that is GB18030
 * @returns `undefined` when the path is not inside the folder
 */
export async function savePolicy(folder: string, path: string, text: string, base: string, toUtf8 = false): Promise<Saved | undefined> {
  const file = await inside(folder, path, '.heng')
  if (!file) return undefined
  return inTurn(file, () => saveInTurn(file, withLineEnds(text, '\n'), base, toUtf8))
}

async function saveInTurn(file: string, text: string, base: string, toUtf8: boolean): Promise<Saved> {
  const found = await readFileAs(file)
  if (typeof found === 'string') return { kind: 'unread', reason: found }
  const onDisk = found?.stored ?? { text: '', hash: '' }
  if (onDisk.hash !== base && (!found || onDisk.text !== text)) return { kind: 'conflict', onDisk }
  const isForeign = found?.form.encoding === 'gb18030'
  if (isForeign && !toUtf8) return { kind: 'gb18030' }
  // What is said already stays to the byte, also where lines end in more than one way.
  if (found && !isForeign && onDisk.text === text) return { kind: 'saved', hash: onDisk.hash }
  const bytes = encodeText(withLineEnds(text, lineEndOf(found?.text ?? '')), found?.form ?? { byteOrderMark: false })
  await mkdir(dirname(file), { recursive: true })
  await writeWhole(file, bytes)
  return { kind: 'saved', hash: hashOf(bytes) }
}
