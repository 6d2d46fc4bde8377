// What people get wrong when they type a policy, and whether the language says the one right thing of it. A slip is data
// (`slips/slips.jsonl`): what stood in a right policy (`slips/zh.heng`, `slips/en.heng`), and what was typed in its place.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from '../../language/compile.ts'
import { describe, severityOf } from '../../language/diagnostics/catalogue.ts'
import type { Diagnostic, Fix } from '../../language/diagnostics/diagnostic.ts'
import { positions } from '../../language/span.ts'

export interface Slip {
  readonly kind: string
  readonly base: 'zh' | 'en'
  readonly name: string
  /** What stood in the right policy. */
  readonly right: string
  /** What was typed in its place; everywhere, where the word stands in several places. */
  readonly typed: string
  readonly everywhere?: true
  /** The finding touches this part of what was typed, or of the text in which it stands (`placeIn`). */
  readonly place?: string
  readonly placeIn?: string
  /** Words that message and hint must hold. */
  readonly says: readonly string[]
  /** What must stand after the first fix where it was typed; null where no fix can be right. */
  readonly fix: string | null
  /** A line that the fix adds elsewhere. */
  readonly adds?: string
  /** `none` where what was typed is right as it is. */
  readonly severity?: 'warning' | 'none'
}

const folder = join(import.meta.dirname, 'slips')
const bases = { zh: readFileSync(join(folder, 'zh.heng'), 'utf8'), en: readFileSync(join(folder, 'en.heng'), 'utf8') }

const listed = (file: string): readonly Slip[] =>
  readFileSync(join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Slip)

/** Listed before anything was mended. */
export const slips = listed('slips.jsonl')

/** Thought of afterwards, to see whether what was mended is a kind or a case. */
export const later = listed('later.jsonl')

const put = (slip: Slip, text: string): string =>
  slip.everywhere ? bases[slip.base].replaceAll(slip.right, () => text) : bases[slip.base].replace(slip.right, () => text)

export const typedText = (slip: Slip): string => put(slip, slip.typed)

export const findingsOf = (slip: Slip): readonly Diagnostic[] => compile(typedText(slip), 'slip.heng').diagnostics

/** Everything in which the answer to a slip falls short; empty when it is right. */
export function shortfalls(slip: Slip): readonly string[] {
  const text = typedText(slip)
  if (text === bases[slip.base]) return [`“${slip.right}” does not stand in the right policy`]
  const found = findingsOf(slip)
  if (slip.severity === 'none') return found.length === 0 ? [] : [`findings: ${found.map(({ code }) => code).join(', ')}`]
  const [finding] = found
  if (finding === undefined) return ['nothing is found']
  if (found.length > 1) return [`${found.length} findings: ${found.map(({ code }) => code).join(', ')}`]
  return [...misworded(slip, finding), ...misplaced(slip, text, finding), ...misfixed(slip, text, finding)]
}

function misworded(slip: Slip, finding: Diagnostic): readonly string[] {
  const { message, hint } = describe(finding, slip.base)
  const missing = slip.says.filter((word) => !`${message} ${hint}`.includes(word))
  const severity = severityOf(finding)
  return [
    ...(severity === (slip.severity ?? 'error') ? [] : [`severity ${severity}`]),
    ...(missing.length === 0 ? [] : [`the message does not say ${missing.join(', ')}: ${message} ${hint}`]),
  ]
}

function misplaced(slip: Slip, text: string, { span }: Diagnostic): readonly string[] {
  const around = slip.placeIn ?? slip.typed
  const from = slip.placeIn === undefined ? bases[slip.base].indexOf(slip.right) : text.indexOf(slip.placeIn)
  const start = from + (slip.place === undefined ? 0 : around.indexOf(slip.place))
  const end = start + (slip.place ?? around).length
  const at = positions(text)
  const touches = span.start <= end && span.end >= start && at(span.start).line >= at(start).line && at(span.end).line <= at(end).line
  return touches ? [] : [`stands at ${JSON.stringify(text.slice(span.start, span.end))}, line ${at(span.start).line}`]
}

function misfixed(slip: Slip, text: string, { fixes = [] }: Diagnostic): readonly string[] {
  const [fix] = fixes
  if (slip.fix === null) return fix === undefined ? [] : [`offers ${fix.edits.map((edit) => edit.text || '∅').join(' … ')}`]
  if (fix === undefined) return ['no fix']
  const after = fixed(text, fix)
  const settled = (written: string) => written.replace(/\s+/g, ' ').trim()
  const line = slip.adds === undefined ? '' : `${settled(slip.adds)} `
  const [given, wanted] = [settled(after), settled(put(slip, slip.fix))]
  if (!given.includes(line)) return [`the fix does not add ${slip.adds}: ${fix.edits.map((edit) => edit.text).join(' … ')}`]
  if (given.replace(line, () => '') !== wanted) return [`the fix gives ${fix.edits.map((edit) => edit.text || '∅').join(' … ')}`]
  const errors = compile(after, 'slip.heng').diagnostics.filter((diagnostic) => severityOf(diagnostic) === 'error')
  return errors.length === 0 ? [] : [`after the fix: ${errors.map(({ code }) => code).join(', ')}`]
}

export function fixed(text: string, { edits }: Fix): string {
  const backwards = [...edits].sort((a, b) => b.span.start - a.span.start)
  return backwards.reduce((changed, edit) => changed.slice(0, edit.span.start) + edit.text + changed.slice(edit.span.end), text)
}

/** The text with both slips; `undefined` where they stand on the same lines, or where one is no slip of a line. */
export function withBoth(one: Slip, other: Slip): string | undefined {
  if (one === other || one.everywhere || other.everywhere || [one, other].some(({ name }) => name.includes('git-conflict'))) return undefined
  const base = bases[one.base]
  const [first, second] = base.indexOf(one.right) < base.indexOf(other.right) ? [one, other] : [other, one]
  const [from, to] = [base.indexOf(second.right), base.indexOf(first.right) + first.right.length]
  if (from < to || !base.slice(to, from).includes('\n')) return undefined
  return base.slice(0, to - first.right.length) + first.typed + base.slice(to, from) + second.typed + base.slice(from + second.right.length)
}
