// What the commands share: options, printing, exit codes.

import type { Language } from '../problems.ts'
import { CannotRun, casesBeside, findPolicies, type PolicyFile, readPolicy } from './files.ts'
import { say } from './text.ts'

export interface Common {
  readonly language: Language
  readonly json: boolean
}

/** 0 clean, 1 findings, 2 could not run. */
export type ExitCode = 0 | 1 | 2

export const print = (text: string) => process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
export const printError = (text: string) => process.stderr.write(`${text}\n`)
export const printJson = (value: unknown) => print(JSON.stringify(value, null, 2))

/** The policies that the paths name with the cases beside them, read and compiled. One that cannot be read is told, and the others go on. */
export async function policiesAt(paths: readonly string[], { language }: Common): Promise<readonly PolicyFile[]> {
  const named = await findPolicies(paths)
  const found = [...new Set(named.flatMap((path) => [path, casesBeside(path) ?? path]))]
  if (found.length === 0) throw new CannotRun(say[language].noFiles)
  const files: PolicyFile[] = []
  const unread: CannotRun[] = []
  for (const path of found) {
    await readPolicy(path, say[language].cannotRead).then(
      (file) => files.push(file),
      (error: unknown) => {
        if (!(error instanceof CannotRun)) throw error
        unread.push(error)
      },
    )
  }
  const [first] = unread
  if (first && files.length === 0) throw first
  for (const { message } of unread) printError(`heng: ${message}`)
  if (first) process.exitCode = 2
  return files
}
