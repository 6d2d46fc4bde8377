// The page of slips shows what is said today. `RECORD=1` writes it.

import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describe } from '../../language/diagnostics/catalogue.ts'
import { findingsOf, type Slip, slips } from '../language/slips.ts'

const path = new URL('../../docs/slips.md', import.meta.url)

const head = `# What people type

Slips that people make when they type a policy, with what \`heng check\` says of each and what its fix writes. Every slip is one finding;
“—” stands where no fix can be right, for only the author knows what was meant. A fix never changes what a text means without saying so:
what is written instead of a word of the language is a table of its own, \`language/mend/instead.ts\`, and is tried only where a text cannot
be read as it stands. The slips are data, \`test/language/slips/\`; \`test/language/slips.test.ts\` judges each.
`

const code = (text: string) =>
  `\`\`${text
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ⏎ ')
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll('|', '\\|')}\`\``.replaceAll(/^``(?=`)|(?<=`)``$/g, '`` ')

function line(slip: Slip): string {
  const [finding] = findingsOf(slip)
  const message = finding === undefined ? '' : describe(finding, slip.base).message.replaceAll('|', '\\|').replaceAll('<', '&lt;')
  const fix = slip.fix === null ? '—' : slip.adds === undefined ? code(slip.fix) : code(slip.adds)
  return `| ${code(slip.typed)} | ${message} | ${fix} |`
}

function page(): string {
  const kinds = [...new Set(slips.map(({ kind }) => kind))]
  const chapters = kinds.map((kind) => {
    const rows = slips.filter((slip) => slip.kind === kind).map(line)
    return [`\n## ${kind[0]?.toUpperCase()}${kind.slice(1)}\n`, '| typed | told | fix |', '|---|---|---|', ...rows].join('\n')
  })
  return [head.trimEnd(), ...chapters, ''].join('\n')
}

test('docs/slips.md is current (RECORD=1 rewrites it)', () => {
  if (process.env.RECORD === '1') writeFileSync(path, page())
  expect(readFileSync(path, 'utf8')).toBe(page())
})
