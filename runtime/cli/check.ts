// heng check: what is wrong with policies, with place and remedy.

import { severityOf } from '../../language/diagnostics/catalogue.ts'
import { type Common, type ExitCode, policiesAt, print, printJson } from './common.ts'
import { jsonDiagnostic, printDiagnostic, say } from './text.ts'

export async function checkCommand(paths: readonly string[], common: Common): Promise<ExitCode> {
  const files = await policiesAt(paths, common)
  const all = files.flatMap((file) => file.compiled.diagnostics.map((diagnostic) => ({ file, diagnostic, severity: severityOf(diagnostic) })))
  const count = (severity: string) => all.filter((finding) => finding.severity === severity).length
  const [errors, warnings, notices] = [count('error'), count('warning'), count('notice')]
  if (common.json) {
    printJson({ files: files.length, errors, warnings, notices, findings: all.map(({ file, diagnostic }) => jsonDiagnostic(file.path, file.text, diagnostic)) })
  } else {
    for (const { file, diagnostic } of all) print(`${printDiagnostic(file.path, file.text, diagnostic, common.language)}\n\n`)
    print(all.length === 0 ? say[common.language].clean(files.length) : say[common.language].findings(errors, warnings, notices))
  }
  return errors + warnings > 0 ? 1 : 0
}
