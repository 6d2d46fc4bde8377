// heng explain: the receipt of one applicant.

import { readPersonJson } from '../batch/json.ts'
import { keyNameIn } from '../facts.ts'
import { describeProblem, type Problem } from '../problems.ts'
import { receiptPage } from '../receipt/page.ts'
import { printReceipt } from '../receipt/print.ts'
import { receipt } from '../receipt/receipt.ts'
import { score } from '../score.ts'
import { type ExitCode, print, printError, printJson } from './common.ts'
import { CannotRun, readText } from './files.ts'
import { loadPolicy, type RunOptions, runOf } from './run.ts'
import { problemText, say } from './text.ts'

export interface ExplainOptions extends RunOptions {
  readonly person: string
  /** Also rows that do not hold. */
  readonly all: boolean
  /** A page of HTML instead of text. */
  readonly html: boolean
}

export async function explainCommand(path: string, options: ExplainOptions): Promise<ExitCode> {
  const { language } = options
  if (options.html && options.json) throw new CannotRun(say[language].htmlOrJson)
  const policy = await loadPolicy(path, options)
  const run = runOf(policy, options)
  const person = readPersonJson(await readText(options.person, say[language].cannotRead))
  if (!person.ok) return refuse([person.problem], options)
  const known = new Set([keyNameIn(person.written, policy.facts), ...policy.facts.map(({ name }) => name)])
  for (const name of Object.keys(person.written)) {
    if (!known.has(name)) printError(problemText({ code: 'unknown-column', column: name, value: name, data: {} }, language))
  }
  const scored = score(run, person.written)
  if (!scored.ok) return refuse(scored.problems, options)
  const document = receipt(run, scored.outcome, person.written)
  if (options.json) printJson(document)
  else print((options.html ? receiptPage : printReceipt)(document, policy, language, { all: options.all }))
  return 0
}

function refuse(problems: readonly Problem[], { language, json, person }: ExplainOptions): ExitCode {
  if (json) {
    const both = (problem: Problem) => ({ zh: describeProblem(problem, 'zh'), en: describeProblem(problem, 'en') })
    printJson({ problems: problems.map((problem) => ({ code: problem.code, column: problem.column, value: problem.value, ...both(problem) })) })
  } else {
    for (const problem of problems) printError(problem.column === '' ? `${person}: ${problemText(problem, language)}` : problemText(problem, language))
  }
  return 1
}
