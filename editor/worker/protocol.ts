// What the page asks of the worker beside it, and what it is told: data alone. Compiled texts never leave the worker.

import type { Coverage } from '../../language/coverage/coverage.ts'
import type { Diagnostic } from '../../language/diagnostics/diagnostic.ts'
import type { Completion } from '../../language/service/offers.ts'
import type { OutlineEntry } from '../../language/service/outline.ts'
import type { Span } from '../../language/span.ts'
import type { Surface } from '../../language/words.ts'
import type { CaseResult, Difference } from '../../runtime/cases.ts'
import type { TestCase } from '../../runtime/ir/cases.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import type { Problem } from '../../runtime/problems.ts'
import type { Receipt } from '../../runtime/receipt/document.ts'
import type { Person } from '../desk.ts'

/** A text as it stands in the editor. */
export interface Subject {
  readonly path: string
  readonly text: string
}

/** What a text says. */
export interface Reading {
  /** That it is of. */
  readonly text: string
  /** The policy's; of a file of cases that of the policy beside it. */
  readonly name: string
  readonly surface: Surface
  readonly diagnostics: readonly Diagnostic[]
  readonly outline: readonly OutlineEntry[]
}

/** What has to be asked of somebody to score them. */
export interface Form {
  readonly facts: Policy['facts']
  readonly units: Policy['units']
  readonly uses: readonly { readonly name: string; readonly dates: readonly string[] }[]
  /** Nobody is scored without a use. */
  readonly needsUse: boolean
  /** Days to be named where no use is chosen. */
  readonly dates: readonly string[]
  /** All days that the policy speaks of. */
  readonly referenceDates: readonly string[]
}

export type Result =
  | {
      readonly kind: 'scored'
      readonly main: ShownTotal
      /** Of whom it was asked. */
      readonly receipt: ToldReceipt | undefined
    }
  /** In the facts, or (`run-problems`) in the run. */
  | { readonly kind: 'problems' | 'run-problems'; readonly problems: readonly Problem[] }
  | { readonly kind: 'no-date'; readonly names: readonly string[] }

/** The main total as it counts: 0 when cleared; in a state that stops the application the figure stands but does not count. */
export interface ShownTotal {
  readonly text: string
  readonly counts: boolean
  /** As it was worked out. */
  readonly proven: string
  readonly lowest: string
  readonly highest: string
}

export interface ToldReceipt {
  readonly document: Receipt
  /** Which rule gives each of its states. */
  readonly stateRules: readonly string[]
}

export interface Said {
  readonly reading: Reading
  /** Of the newest version without errors. */
  readonly form: Form | undefined
  /** Whether form and results are of an older text. */
  readonly stale: boolean
}

export interface Studied extends Said {
  /** By the person's id. */
  readonly results: ReadonlyMap<string, Result>
}

export interface Opening extends Subject {
  /** The text of its file, by which people are scored where `text` has errors. */
  readonly saved: string
  /** The file of cases beside it, as it is being written. */
  readonly fileOfCases: Subject | undefined
  /** In which people are named. */
  readonly language: Surface
}

export interface Opened extends Said {
  /** People to try it on, the middling one first. */
  readonly typical: readonly Person[]
}

export interface RanCase extends CaseResult {
  /** The file that it stands in. */
  readonly path: string
  readonly testCase: TestCase
  readonly passed: boolean
}

/** The official text that a policy names, and what becomes of it. */
export type Covered =
  | { readonly kind: 'none' }
  | { readonly kind: 'unread'; readonly path: string; readonly reason: string }
  | { readonly kind: 'covered'; readonly coverage: Coverage; readonly papers: readonly { readonly path: string; readonly text: string }[] }

export type NewCaseAnswer =
  /** `start` and `end`: how the case begins. */
  | { readonly kind: 'written'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: 'no-place' }
  | { readonly kind: 'cannot-write'; readonly fact: string; readonly value: string }

export interface Declared {
  readonly path: string
  readonly span: Span
  readonly from: { readonly line: number; readonly column: number }
  readonly to: { readonly line: number; readonly column: number }
}

/** `search`: what finds it, also by the first letters of its syllables. */
export type OfferedCompletion = Completion & { readonly search: string }

export interface LanguageWorker {
  /** A policy is opened: whatever it takes in is read anew. */
  open(opening: Opening): Promise<Opened>
  /** @param explained the person whose receipt is wanted */
  study(subject: Subject, people: readonly Person[], explained: string): Promise<Studied>
  /** @returns `undefined` where the text has errors, and where a newer text came meanwhile */
  runCases(subject: Subject): Promise<readonly RanCase[] | undefined>
  explainCase(subject: Subject, testCase: TestCase): Promise<Result>
  /** @returns the text in which a case expects what came out */
  takeFound(subject: Subject, title: string, difference: Difference): Promise<string | undefined>
  /** Writes a person into a text as a case that expects what they score. @param into `policy`, or the file of cases beside it */
  newCase(policy: Subject, into: Subject, person: Person): Promise<NewCaseAnswer>
  coverage(subject: Subject): Promise<Covered>
  /** Where a rule of the scored policy is written. @param path of the policy that is scored */
  placeOf(path: string, rule: string): Promise<{ readonly path: string; readonly span: Span } | undefined>
  /** @returns the text laid out; `undefined` where it has errors */
  format(subject: Subject): Promise<string | undefined>
  complete(subject: Subject, offset: number, language: Surface): Promise<{ readonly span: Span; readonly list: readonly OfferedCompletion[] }>
  hover(subject: Subject, offset: number, language: Surface): Promise<{ readonly span: Span; readonly lines: readonly string[] } | undefined>
  outline(subject: Subject): Promise<readonly OutlineEntry[]>
  folds(subject: Subject): Promise<readonly { readonly from: number; readonly to: number }[]>
  declaration(subject: Subject, offset: number): Promise<Declared | undefined>
  /** Of meaning, as Monaco takes them: line, column, length, kind and nothing, each from the one before. */
  colours(subject: Subject): Promise<Uint32Array>
}
