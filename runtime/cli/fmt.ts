// heng fmt: the one way to write a policy, in either surface.

import { format } from '../../language/format/format.ts'
import { surfaceOf } from '../../language/lex.ts'
import type { Surface } from '../../language/words.ts'
import { stopCleanly } from '../files/stop.ts'
import { writeWhole } from '../files/whole-file.ts'
import { type Common, type ExitCode, print, printError, printJson } from './common.ts'
import { CannotRun, findPolicies, readPolicy, readText, reasonOf } from './files.ts'
import { printDiagnostic, say } from './text.ts'

export interface FormatOptions extends Common {
  readonly check: boolean
  readonly surface: Surface | undefined
}

interface FileResult {
  readonly file: string
  readonly state: 'clean' | 'changed' | 'unformatted' | 'error'
  /** Of standard input: the formatted text. */
  readonly text?: string
}

export async function formatCommand(paths: readonly string[], options: FormatOptions): Promise<ExitCode> {
  const found = await findPolicies(paths)
  if (found.length === 0) throw new CannotRun(say[options.language].noFiles)
  const results: FileResult[] = []
  for (const path of found) results.push(await formatOne(path, options))
  if (options.json) printJson({ files: results })
  return results.some(({ state }) => state === 'error' || state === 'unformatted') ? 1 : 0
}

async function formatOne(path: string, { language, json, check, surface }: FormatOptions): Promise<FileResult> {
  const w = say[language]
  const raw = await readText(path, w.cannotRead, { keepMark: true })
  const text = raw.replace(/^\ufeff/, '')
  const outside = path === '-' ? undefined : (await readPolicy(path, w.cannotRead)).compiled.outside
  const formatted = format(text, surface, outside)
  if (!formatted.ok) {
    if (!json) for (const diagnostic of formatted.diagnostics) printError(printDiagnostic(path, text, diagnostic, language))
    return { file: path, state: 'error' }
  }
  if (path === '-' && !check) {
    if (!json) print(formatted.text)
    return { file: path, state: formatted.text === raw ? 'clean' : 'changed', text: formatted.text }
  }
  if (formatted.text === raw) return { file: path, state: 'clean' }
  if (check) {
    if (!json) print(w.unformatted(path))
    return { file: path, state: 'unformatted' }
  }
  stopCleanly()
  await writeWhole(path, formatted.text).catch((error: unknown) => {
    throw new CannotRun(w.cannotWrite(path, reasonOf(error)))
  })
  const before = surfaceOf(text)
  if (!json) print(surface !== undefined && surface !== before ? w.translated(path, surface) : w.formatted(path))
  return { file: path, state: 'changed' }
}
