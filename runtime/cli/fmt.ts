// heng fmt: the one way to write a policy, in either surface.

import { format } from '../../language/format/format.ts'
import { surfaceOf } from '../../language/lex.ts'
import type { Surface } from '../../language/words.ts'
import { stopCleanly } from '../files/stop.ts'
import { encodeText } from '../files/text.ts'
import { writeWhole } from '../files/whole-file.ts'
import { type Common, type ExitCode, printError, printJson } from './common.ts'
import { CannotRun, findPolicies, readPolicy, readTextFile, reasonOf, type TextFile } from './files.ts'
import { printDiagnostic, say } from './text.ts'

export interface FormatOptions extends Common {
  readonly check: boolean
  readonly surface: Surface | undefined
  /** Also what is GB18030, which is left alone otherwise. */
  readonly toUtf8: boolean
}

interface FileResult {
  readonly file: string
  /** `kept`: it is GB18030 and would be changed, which nobody asked for. */
  readonly state: 'clean' | 'changed' | 'unformatted' | 'kept' | 'error'
  /** Of standard input: the formatted text. */
  readonly text?: string
}

export async function formatCommand(paths: readonly string[], options: FormatOptions): Promise<ExitCode> {
  const found = await findPolicies(paths)
  if (found.length === 0) throw new CannotRun(say[options.language].noFiles)
  const results: FileResult[] = []
  for (const path of found) results.push(await formatOne(path, options))
  if (options.json) printJson({ files: results })
  return results.some(({ state }) => state !== 'clean' && state !== 'changed') ? 1 : 0
}

/** With --json all is told at once, in the end. */
const voices = ({ json }: Common) =>
  json ? { tell: () => {}, warn: () => {} } : { tell: (text: string | Uint8Array) => void process.stdout.write(text), warn: printError }

async function formatOne(path: string, options: FormatOptions): Promise<FileResult> {
  const { language, check, surface, toUtf8 } = options
  const w = say[language]
  const { tell, warn } = voices(options)
  const file = await readTextFile(path, w.cannotRead)
  const outside = path === '-' ? undefined : (await readPolicy(path, w.cannotRead)).compiled.outside
  const formatted = format(file.text, surface, outside)
  if (!formatted.ok) {
    for (const diagnostic of formatted.diagnostics) warn(printDiagnostic(path, file.text, diagnostic, language))
    return { file: path, state: 'error' }
  }
  const isForeign = file.form.encoding === 'gb18030'
  const isClean = formatted.text === file.text && !(isForeign && toUtf8)
  if (isForeign && !toUtf8) warn(check ? w.isGb18030(path) : w.keptGb18030(path))
  if (isForeign && !toUtf8 && !check) return { file: path, state: isClean && path !== '-' ? 'clean' : 'kept' }
  if (path === '-' && !check) {
    tell(encodeText(formatted.text, file.form))
    return { file: path, state: isClean ? 'clean' : 'changed', text: formatted.text }
  }
  if (isClean) return { file: path, state: 'clean' }
  if (check) {
    tell(`${w.unformatted(path)}\n`)
    return { file: path, state: 'unformatted' }
  }
  await writeFormatted(path, file, formatted.text, options)
  return { file: path, state: 'changed' }
}

/** In place, and in the form that the file has, but for an encoding that is given up. */
async function writeFormatted(path: string, { text, form }: TextFile, formatted: string, options: FormatOptions) {
  const { language, surface } = options
  const w = say[language]
  const { tell } = voices(options)
  stopCleanly()
  await writeWhole(path, encodeText(formatted, form)).catch((error: unknown) => {
    throw new CannotRun(w.cannotWrite(path, reasonOf(error)))
  })
  if (form.encoding === 'gb18030') tell(`${w.toUtf8(path)}\n`)
  if (formatted !== text) tell(`${surface !== undefined && surface !== surfaceOf(text) ? w.translated(path, surface) : w.formatted(path)}\n`)
}
