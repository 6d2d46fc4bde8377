// Files for the commands: finding policies, reading and compiling them, and which outputs are refused.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Compiled, compile, compileCases, type Load } from '../../language/compile.ts'
import { decodeText, type TextForm } from '../files/text.ts'
import { destinationOf, leadsTo } from '../files/whole-file.ts'
import type { Language } from '../problems.ts'
import { say } from './text.ts'

/** A mistake of the user's that stops the command: printed without a stack, exit code 2. */
export class CannotRun extends Error {}

export interface PolicyFile {
  readonly path: string
  readonly text: string
  readonly compiled: Compiled
}

/** The .heng files that are named, also inside folders. */
export async function findPolicies(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const path of paths) {
    if (path === '-' || !existsSync(path) || !statSync(path).isDirectory()) found.push(path)
    else {
      const entries = await readdir(path, { recursive: true, withFileTypes: true })
      const inside = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.heng') && !entry.parentPath.includes('node_modules'))
      found.push(...inside.map((entry) => join(entry.parentPath, entry.name)).sort())
    }
  }
  return found
}

/** Files that were read as GB18030, which is told once a command is done: they are taken as they are, and UTF-8 is what others read. */
const inGb18030 = new Set<string>()
export const readAsGb18030 = (): readonly string[] => [...inGb18030]

/** Text of a file, or of standard input for `-`: UTF-8, or GB18030 as Windows in China writes it; without a byte-order mark. */
export const readText = async (path: string, cannotRead: CannotRead): Promise<string> => (await readTextFile(path, cannotRead)).text

type CannotRead = (path: string, reason: string) => string

export interface TextFile {
  readonly text: string
  readonly form: TextForm
}

/** @throws CannotRun for what cannot be read or is no text */
export async function readTextFile(path: string, cannotRead: CannotRead): Promise<TextFile> {
  try {
    // A pipe or a device may never end.
    const about = path === '-' ? undefined : statSync(path, { throwIfNoEntry: false })
    if (about && !about.isFile() && !about.isDirectory()) throw Object.assign(new Error(path), { code: 'pipe?' })
    return decoded(path, path === '-' ? await readAll(process.stdin) : await readFile(path))
  } catch (error) {
    throw new CannotRun(cannotRead(path, reasonOf(error)))
  }
}

/** @throws an error whose code says why it is no text */
function decoded(path: string, bytes: Uint8Array): TextFile {
  const found = decodeText(bytes)
  if (!found.ok) throw Object.assign(new Error(path), { code: found.reason })
  if (found.form.encoding === 'gb18030') inGb18030.add(path)
  return found
}

async function readAll(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  return code ?? (error instanceof Error ? error.message : String(error))
}

/** A policy, or a file of cases beside one, with the policies that it takes in. */
export async function readPolicy(path: string, cannotRead: CannotRead): Promise<PolicyFile> {
  const text = await readText(path, cannotRead)
  const owner = policyOf(path)
  if (owner === undefined || !existsSync(owner)) return { path, text, compiled: compile(text, path, loadBeside) }
  const policy = await readPolicy(owner, cannotRead)
  return { path, text, compiled: compileCases(text, path, policy.compiled) }
}

const casesEnding = '.cases.heng'

/** The policy beside which a file of cases stands. */
function policyOf(path: string): string | undefined {
  return path.endsWith(casesEnding) ? `${path.slice(0, -casesEnding.length)}.heng` : undefined
}

/** The file of cases that stands beside a policy, if there is one. */
export function casesBeside(path: string): string | undefined {
  const cases = path.endsWith('.heng') && !path.endsWith(casesEnding) ? `${path.slice(0, -'.heng'.length)}${casesEnding}` : undefined
  return cases !== undefined && existsSync(cases) ? cases : undefined
}

/** Policies that are taken in, by their path from the file that says so. */
export const loadBeside: Load = (written, from) => {
  const path = join(dirname(from === '-' ? '' : from), written)
  try {
    if (!statSync(path).isFile()) return undefined
    return { path, text: decoded(path, readFileSync(path)).text }
  } catch {
    return undefined
  }
}

/** Whether two paths lead to one file, by links of any kind. */
export function sameFile(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }))
  if (one && other) return one.dev === other.dev && one.ino === other.ino
  return !one && !other && leadsTo(a) === leadsTo(b)
}

/**
 * Outputs may be none of the inputs, also not by another name, and each a file of its own in a folder that is there.
 * @throws CannotRun
 */
export function refuseOutputs(outputs: readonly (string | undefined)[], inputs: readonly (string | undefined)[], language: Language) {
  const w = say[language]
  const targets = outputs.filter((path) => path !== undefined)
  const taken = inputs.filter((path) => path !== undefined && path !== '-')
  for (const target of targets) {
    if (taken.some((input) => sameFile(target, input as string))) throw new CannotRun(w.sameFile)
    if (targets.some((other) => other !== target && sameFile(target, other))) throw new CannotRun(w.sameOutput)
    try {
      if (!existsSync(dirname(destinationOf(target)))) throw new CannotRun(w.cannotWrite(target, 'ENOENT'))
    } catch (error) {
      throw error instanceof CannotRun ? error : new CannotRun(w.cannotWrite(target, reasonOf(error)))
    }
  }
  if (new Set(targets).size < targets.length) throw new CannotRun(w.sameOutput)
}
