// heng check: what is wrong with policies, with place and remedy.

import { sourcesOf } from '../../language/coverage/sources.ts'
import { severityOf } from '../../language/diagnostics/catalogue.ts'
import { positions } from '../../language/span.ts'
import { type Common, type ExitCode, policiesAt, print, printJson } from './common.ts'
import { type PolicyFile, readAsGb18030 } from './files.ts'
import { refusals } from './plannable.ts'
import { jsonDiagnostic, printDiagnostic, say } from './text.ts'

export interface CheckOptions extends Common {
  /** Also what rests on values that no official text gives. */
  readonly strict: boolean
}

export async function checkCommand(paths: readonly string[], common: CheckOptions): Promise<ExitCode> {
  const files = await policiesAt(paths, common)
  const all = files.flatMap((file) =>
    [...file.compiled.diagnostics, ...refusalsIn(file)].map((diagnostic) => ({ file, diagnostic, severity: severityOf(diagnostic) })),
  )
  const count = (severity: string) => all.filter((finding) => finding.severity === severity).length
  const unsourced = common.strict ? files.flatMap(unsourcedIn) : []
  const [errors, warnings, notices] = [count('error'), count('warning'), count('notice')]
  if (common.json) {
    printJson({
      files: files.length,
      errors,
      warnings,
      notices,
      findings: all.map(({ file, diagnostic }) => jsonDiagnostic(file.path, file.text, diagnostic)),
      ...(common.strict ? { unsourced } : {}),
      gb18030: readAsGb18030(),
    })
  } else {
    for (const { file, diagnostic } of all) print(`${printDiagnostic(file.path, file.text, diagnostic, common.language)}\n\n`)
    for (const { file, line, column, rule, reason } of unsourced) print(`${file}:${line}:${column} ${say[common.language].unsourced(rule, reason)}`)
    if (common.strict) print(`${say[common.language].restsOn(unsourced.length)}\n`)
    print(all.length === 0 && unsourced.length === 0 ? say[common.language].clean(files.length) : say[common.language].findings(errors, warnings, notices))
  }
  return errors + warnings + unsourced.length > 0 ? 1 : 0
}

/** A file of cases has the policy beside it, which tells its own. */
const refusalsIn = ({ path, compiled }: PolicyFile) => (compiled.policy?.sources[0]?.path === path ? refusals(compiled) : [])

/** What 待核 says, with its place. */
function unsourcedIn({ path, text, compiled }: PolicyFile) {
  const at = positions(text)
  return sourcesOf(compiled.parsed.tree).flatMap(({ clause, rule }) =>
    clause.kind === 'unsourced' ? [{ file: path, ...at(clause.span.start), rule, reason: clause.text.text }] : [],
  )
}
