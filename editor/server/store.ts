// Policies on disk: listing, reading, and saving whole files without overwriting what somebody else wrote meanwhile.

import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { destinationOf, writeWhole } from '../../runtime/files/whole-file.ts'

export interface StoredPolicy {
  readonly text: string
  /** Of the text; a save names the hash that it builds on. */
  readonly hash: string
}

export type Saved =
  | { readonly kind: 'saved'; readonly hash: string }
  /** The file changed on disk since it was read; nothing was written. */
  | { readonly kind: 'conflict'; readonly onDisk: StoredPolicy }

/** No policy and no official text is larger; more is neither read nor taken. */
export const largestPolicy = 8_000_000

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

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
async function inside(folder: string, path: string, ending: '.heng' | '.txt'): Promise<string | undefined> {
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

/** Why a file that is there is not read: it is not UTF-8, or no policy can be so large. */
export type Unread = 'not-text' | 'too-large'

/** @returns `undefined` when there is no such policy */
export async function readPolicy(folder: string, path: string): Promise<StoredPolicy | Unread | undefined> {
  return readInside(folder, path, '.heng')
}

/** An official text, `.txt` beside a policy. */
export async function readOfficial(folder: string, path: string): Promise<StoredPolicy | Unread | undefined> {
  return readInside(folder, path, '.txt')
}

async function readInside(folder: string, path: string, ending: '.heng' | '.txt'): Promise<StoredPolicy | Unread | undefined> {
  const file = await inside(folder, path, ending)
  if (!file) return undefined
  try {
    if ((await stat(file)).size > largestPolicy) return 'too-large'
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
    return { text, hash: hashOf(text) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    if (error instanceof TypeError) return 'not-text'
    throw error
  }
}

const busy = new Map<string, Promise<unknown>>()

/**
 * Writes `text` if the file still has the content whose hash is `base`.
 * @param base `''` for a file that must not exist yet
 * @returns `undefined` when the path is not inside the folder
 */
export async function savePolicy(folder: string, path: string, text: string, base: string): Promise<Saved | undefined> {
  const file = await inside(folder, path, '.heng')
  if (!file) return undefined
  const turn = (busy.get(file) ?? Promise.resolve()).then(() => saveInTurn(folder, path, file, text, base))
  busy.set(
    file,
    turn.catch(() => undefined),
  )
  return turn
}

async function saveInTurn(folder: string, path: string, file: string, text: string, base: string): Promise<Saved> {
  const found = await readPolicy(folder, path)
  const onDisk = typeof found === 'string' ? { text: '', hash: found } : found
  if ((onDisk?.hash ?? '') !== base && onDisk?.text !== text) {
    return { kind: 'conflict', onDisk: onDisk ?? { text: '', hash: '' } }
  }
  await mkdir(dirname(file), { recursive: true })
  await writeWhole(file, text)
  return { kind: 'saved', hash: hashOf(text) }
}
