// Where a text cannot be read, what was probably meant is tried: each mender offers changes of the tokens, and the first with
// which reading gets past the place is taken. Its one finding is told instead of what the grammar would have said there,
// and checking goes on with the changed tokens, so that nothing follows from the mistake. A text that can be read is never
// touched.

import type { PolicyNode } from '../ast.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { symbols, type Token } from '../tokens.ts'
import type { Surface } from '../words.ts'
import { notClosed, tooMany } from './braces.ts'
import { type Broken, type Change, isClosing, isOpening, type Mend, type Mender, startsLine } from './broken.ts'
import { callsWithoutBrackets, unclosed } from './calls.ts'
import { subjectsLeftOut } from './conditions.ts'
import { daysOfForce } from './force.ts'
import { awards, bodies, keywordsForgotten, quotes, separators, signsForgotten, values } from './missing.ts'
import { namesToQuote } from './names.ts'
import { daysInWords, grouped, otherDays, percents, perUnits } from './numbers.ts'
import { bracketsOfOtherKind, clausesAfterBody, quantitiesFirst, statementsInside } from './order.ts'
import { passedOver } from './stray.ts'
import { marksAtLineEnd, misspelt, notNeeded, otherKeywords, otherLanguage, otherWords, suffixedSigns, torn } from './words.ts'

/** What is surest to be meant comes first. */
const menders: readonly Mender[] = [
  namesToQuote,
  otherDays,
  daysInWords,
  daysOfForce,
  grouped,
  percents,
  torn,
  perUnits,
  suffixedSigns,
  marksAtLineEnd,
  otherLanguage,
  otherWords,
  misspelt,
  clausesAfterBody,
  quantitiesFirst,
  statementsInside,
  notNeeded,
  subjectsLeftOut,
  values,
  otherKeywords,
  bracketsOfOtherKind,
  callsWithoutBrackets,
  unclosed,
  keywordsForgotten,
  quotes,
  awards,
  signsForgotten,
  separators,
  bodies,
  notClosed,
  tooMany,
  passedOver,
]

/** A place where the grammar could not go on, by where it stands in the text. */
export interface Fault {
  readonly offset: number
  readonly expected: string
  readonly rule: string
}

export interface Reading {
  readonly tree: PolicyNode
  /** In order of place. */
  readonly faults: readonly Fault[]
}

export interface Mended<R extends Reading> {
  readonly reading: R
  readonly tokens: readonly Token[]
  readonly findings: readonly Diagnostic[]
  /** What was passed over. */
  readonly lost: readonly Token[]
}

/** Tokens read for the sake of mending one text; what is broken beyond that is told as the grammar says it. */
const patience = 200_000

/** A text of more tokens, ten times what the longest scheme has, is not mended: each try would read it all. */
const mostTokens = 60_000

export function mend<R extends Reading>(
  text: string,
  surface: Surface,
  given: readonly Token[],
  declared: ReadonlySet<string>,
  read: (tokens: readonly Token[]) => R,
): Mended<R> {
  let tokens = given
  let reading = read(tokens)
  let left = given.length > mostTokens ? 0 : patience
  const findings: Diagnostic[] = []
  const lost: Token[] = []
  const hopeless = new Set<number>()
  while (left > 0) {
    const fault = reading.faults.find(({ offset }) => !hopeless.has(offset))
    if (!fault) break
    const broken = brokenAt(text, surface, tokens, declared, fault)
    const taken = firstThatHelps(broken, reading, fault, (changed) => {
      left -= changed.length
      return left > 0 ? read(changed) : undefined
    })
    if (taken) {
      if (taken.mend.loses) lost.push(...taken.mend.changes.flatMap(({ from, to }) => tokens.slice(from, to)))
      tokens = taken.tokens
      reading = taken.reading
      findings.push(taken.mend.finding)
    } else hopeless.add(fault.offset)
  }
  return { reading, tokens, findings, lost }
}

function brokenAt(text: string, surface: Surface, tokens: readonly Token[], declared: ReadonlySet<string>, { offset, expected, rule }: Fault): Broken {
  const found = tokens.findIndex((token) => token.startOffset >= offset && (token.endOffset ?? 0) >= token.startOffset)
  return { text, surface, tokens, declared, at: found < 0 ? tokens.length : found, expected, rule }
}

function firstThatHelps<R extends Reading>(
  broken: Broken,
  before: R,
  fault: Fault,
  read: (tokens: readonly Token[]) => R | undefined,
): { readonly mend: Mend; readonly tokens: readonly Token[]; readonly reading: R } | undefined {
  const part = excerptOf(broken)
  const beforeInPart = part && read(part.tokens)
  for (const mender of menders) {
    for (const mend of mender(broken)) {
      const inPart = part && !mend.balances && part.changes(mend.changes)
      if (inPart && beforeInPart && beforeInPart.faults.length > 0) {
        const reading = read(changed(part.tokens, inPart))
        if (!reading) return undefined
        if (!helps(broken, beforeInPart, reading, fault, mend)) continue
      }
      const tokens = changed(broken.tokens, mend.changes)
      const reading = read(tokens)
      if (!reading) return undefined
      if (!helps(broken, before, reading, fault, mend)) continue
      const others = (mend.others ?? []).filter((other) => {
        const attempt = read(changed(broken.tokens, other.changes))
        return attempt !== undefined && helps(broken, before, attempt, fault, other)
      })
      return { mend: others.reduce(either, mend), tokens, reading }
    }
  }
  return undefined
}

/** Two that may be meant, in one finding with both fixes. */
function either(mend: Mend, { finding: other }: Mend): Mend {
  const { finding } = mend
  if (finding.code !== 'write-instead' || other.code !== 'write-instead') return mend
  const instead = `${finding.data.instead}”“${other.data.instead}`
  return { ...mend, finding: { ...finding, data: { ...finding.data, instead }, fixes: [...(finding.fixes ?? []), ...(other.fixes ?? [])] } }
}

/** The statement of the policy in which reading stopped, as a policy by itself: what stands around it need not be read for each trial. */
interface Excerpt {
  readonly tokens: readonly Token[]
  /** The same changes in the excerpt; `undefined` where one lies outside of it. */
  changes(of: readonly Change[]): readonly Change[] | undefined
}

function excerptOf({ text, tokens, at }: Broken): Excerpt | undefined {
  const head = tokens.findIndex(({ tokenType }) => tokenType === symbols['{']) + 1
  const last = tokens.at(-1)
  if (head === 0 || !last || at >= tokens.length || at < head) return undefined
  let [depth, start, end] = [0, -1, tokens.length - 1]
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i]!
    if (depth === 1 && startsLine(text, token)) {
      // The statement before: what is missing from it is noticed at the first word of the next.
      if (i < at) start = i
      else if (i > at + 1) {
        end = i
        break
      }
    }
    if (isOpening(token)) depth += 1
    else if (isClosing(token)) depth -= 1
  }
  if (start < head || end <= at) return undefined
  const shift = head - start
  return {
    tokens: [...tokens.slice(0, head), ...tokens.slice(start, end), last],
    changes: (of) =>
      of.every(({ from, to }) => from >= start && to <= end)
        ? of.map((change) => ({ ...change, from: change.from + shift, to: change.to + shift }))
        : undefined,
  }
}

/** Fewer faults up to the end of the line, and no more of them in all; a bracket, and what is passed over, must leave fewer in all. */
function helps({ text, at, tokens }: Broken, before: Reading, after: Reading, fault: Fault, { balances, loses }: Mend): boolean {
  const next = text.indexOf('\n', fault.offset)
  const line = at >= tokens.length || next < 0 ? text.length : next
  const upTo = ({ faults }: Reading) => faults.filter(({ offset }) => offset <= line).length
  if (balances || loses || after.faults.length < before.faults.length) return after.faults.length < before.faults.length
  // A fault may come to light that reading had passed over; not at the next line's first word, which still does not follow.
  const isNext = ({ offset }: Fault) => offset > line && text.slice(line, offset).trim() === ''
  return upTo(after) < upTo(before) && after.faults.length === before.faults.length && !after.faults.some(isNext)
}

export function changed(tokens: readonly Token[], changes: readonly Change[]): readonly Token[] {
  const out = [...tokens]
  for (const { from, to, tokens: by } of [...changes].sort((a, b) => b.from - a.from || b.to - a.to)) out.splice(from, to - from, ...by)
  return out
}
