// Compiles and formats the text on standard input and prints what came of it. Run as a process of its own, because a loop
// that never ends cannot be stopped from within.

import { readFileSync } from 'node:fs'
import { compile } from '../../language/compile.ts'
import { format } from '../../language/format/format.ts'
import { outside } from './underline.ts'

const text = readFileSync(0, 'utf8')
const { diagnostics, parsed, policy } = compile(text)
const formatted = format(text)
const { user, system } = process.cpuUsage()
const answer = {
  tree: parsed.tree.kind,
  codes: diagnostics.map(({ code }) => code),
  outside: diagnostics.flatMap((diagnostic) => outside(diagnostic, text.length)),
  silent: policy === undefined && diagnostics.length === 0,
  formatted: formatted.ok,
  spent: (user + system) / 1000,
}
process.stdout.write(JSON.stringify(answer))
