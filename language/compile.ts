// The pipeline on one page: text ─ parse ─▶ tree ─ resolve ─▶ names ─ check ─▶ typed ─ lower ─▶ compiled policy.
// Pure: no files, no clock, no randomness. Every stage reports diagnostics; none of them throws for a user's mistake.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Policy, TestCase } from '../runtime/ir/schema.ts'
import { check } from './check/check.ts'
import { severityOf } from './diagnostics/catalogue.ts'
import type { Diagnostic, Report } from './diagnostics/diagnostic.ts'
import { lower } from './lower.ts'
import { type Parsed, parse } from './parse.ts'
import { type Declarations, resolve } from './resolve.ts'
import type { TypedPolicy } from './typed.ts'

export interface Compiled {
  readonly parsed: Parsed
  readonly declarations: Declarations
  readonly typed: TypedPolicy
  /** In order of place. */
  readonly diagnostics: readonly Diagnostic[]
  /** Absent when there are errors. */
  readonly policy: Policy | undefined
  readonly cases: readonly TestCase[]
}

/** After this many findings one more says that there are others. */
export const maximumDiagnostics = 200

/** Compiles one policy text. `path` names it in the compiled policy's list of sources. */
export function compile(text: string, path = ''): Compiled {
  const found = collector()
  const parsed = parse(text, found.report)
  const declarations = resolve(text, parsed.tree, found.report)
  const typed = check({ text, tree: parsed.tree, declarations, lost: lostWords(parsed), report: found.report })
  const all = found.all()
  const incomplete = !parsed.whole || all.some((diagnostic) => severityOf(diagnostic) === 'error' && !ofTheWhole.has(diagnostic.code))
  const diagnostics = incomplete ? all.filter(({ code }) => !ofTheWhole.has(code)) : all
  const failed = diagnostics.some((diagnostic) => severityOf(diagnostic) === 'error')
  if (failed) return { parsed, declarations, typed, diagnostics, policy: undefined, cases: [] }
  const { policy, cases } = lower(typed, parsed, { path, sha256: bytesToHex(sha256(utf8ToBytes(text))), text })
  return { parsed, declarations, typed, diagnostics, policy, cases }
}

function collector(): { readonly report: Report; all(): readonly Diagnostic[] } {
  const list: Diagnostic[] = []
  const seen = new Set<string>()
  let more = false
  return {
    report(diagnostic) {
      const key = `${diagnostic.code} ${diagnostic.span.start} ${diagnostic.span.end}`
      if (seen.has(key)) return
      if (list.length >= maximumDiagnostics) {
        more = true
        return
      }
      seen.add(key)
      list.push(diagnostic)
    },
    all() {
      const sorted = list.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
      const last = sorted.at(-1)
      if (!more || !last) return sorted
      return [...sorted, { code: 'too-many-diagnostics', span: last.span, data: { limit: String(maximumDiagnostics) } }]
    },
  }
}

/** Findings about what is missing from the whole: not made while a part of it could not be read or has errors. */
const ofTheWhole = new Set<string>([
  'no-total',
  'empty-item',
  'unused-fact',
  'harm-needs-default',
  'cap-never-reached',
  'caps-below-parent',
  'caps-above-parent',
  'rows-leave-gap',
  'case-expects-nothing',
])

/** When some part could not be read, every word of the text may have been declared there. */
function lostWords(parsed: Parsed): ReadonlySet<string> {
  if (parsed.whole) return new Set()
  return new Set(
    parsed.tokens.flatMap((token, i) => (mayDeclare.has(parsed.tokens[i - 1]?.tokenType.name ?? '') || token.role === 'member' ? [token.value] : [])),
  )
}

const mayDeclare = new Set(['fact', 'define', 'group', 'indicator', 'total', 'as-of', '[', ','])
