// heng test: runs the cases in policies.

import { differenceIn } from '../../language/service/difference.ts'
import { type CaseResult, passed, runCase } from '../cases.ts'
import type { Language } from '../problems.ts'
import { type Common, type ExitCode, policiesAt, print, printJson } from './common.ts'
import { problemText, say } from './text.ts'

export async function testCommand(paths: readonly string[], common: Common): Promise<ExitCode> {
  const w = say[common.language]
  const files = await policiesAt(paths, common)
  const results = files.map((file) => {
    const { policy, cases } = file.compiled
    return { file, ok: policy !== undefined, cases: policy ? cases.map((testCase) => runCase(policy, testCase)) : [] }
  })
  const all = results.flatMap(({ cases }) => cases)
  const good = all.filter(passed).length
  const failed = all.length - good
  const broken = results.filter(({ ok }) => !ok)
  if (common.json) {
    printJson({ passed: good, failed, files: results.map(({ file, ok, cases }) => ({ file: file.path, ok, cases })) })
  } else {
    for (const { file, cases } of results)
      for (const result of cases.filter((candidate) => !passed(candidate))) printFailure(file.path, result, common.language)
    for (const { file } of broken) print(w.hasErrors(file.path))
    print(w.casesPassed(good, failed))
  }
  return failed + broken.length > 0 ? 1 : 0
}

function printFailure(path: string, { title, place, problems, differences }: CaseResult, language: Language) {
  print(`${path}:${place.line}:${place.column} ${title}`)
  for (const problem of problems) print(`  ${problemText(problem, language)}`)
  for (const difference of differences) {
    const { name, expected, found } = differenceIn(difference, language)
    print(`  ${say[language].expected(name, expected, found)}`)
  }
}
