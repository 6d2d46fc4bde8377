// The pipeline on one page: text ─ parse ─▶ tree ─ resolve ─▶ names ─ check ─▶ typed ─ lower ─▶ compiled policy.
// Pure: no files, no clock, no randomness. Every stage reports diagnostics; none of them throws for a user's mistake.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { TestCase } from '../runtime/ir/cases.ts'
import type { Policy } from '../runtime/ir/schema.ts'
import { check, checkCases } from './check/check.ts'
import { sourcedBy } from './check/clauses.ts'
import { severityOf } from './diagnostics/catalogue.ts'
import type { Diagnostic, Report } from './diagnostics/diagnostic.ts'
import { lex } from './lex.ts'
import { lowerCases } from './lower/cases.ts'
import { lower, saidBy } from './lower/lower.ts'
import { type Parsed, parse } from './parse.ts'
import { type Declarations, type Import, resolve } from './resolve.ts'
import type { ItemSymbol, Type, TypedPolicy } from './typed.ts'
import { formOf } from './words.ts'

/** One of the texts that a policy is made of. */
export interface SourceText {
  readonly path: string
  readonly sha256: string
  readonly text: string
  readonly parsed: Parsed
}

export interface Compiled {
  readonly parsed: Parsed
  readonly declarations: Declarations
  readonly typed: TypedPolicy
  /** The policy's own text, then those of the policies that it takes in. */
  readonly sources: readonly SourceText[]
  /** Names that other texts declare and this one uses. */
  readonly outside: ReadonlySet<string>
  /** In order of place. */
  readonly diagnostics: readonly Diagnostic[]
  /** Absent when there are errors. */
  readonly policy: Policy | undefined
  readonly cases: readonly TestCase[]
}

/** Gives the text of a policy that is taken in, by the path written and the path of the text that writes it. */
export type Load = (written: string, from: string) => { readonly path: string; readonly text: string } | undefined

const nothingElse: Load = () => undefined

/** So many findings are shown, errors before others; one more says that there were others. */
export const maximumDiagnostics = 200

/** Compiles one policy text. `path` names it in the compiled policy's list of sources. */
export function compile(text: string, path = '', load: Load = nothingElse): Compiled {
  return compileWithin(text, path, load, [path])
}

/** A file of cases beside a policy: checked against the policy's names, its cases lowered. */
export function compileCases(text: string, path: string, policy: Compiled): Compiled {
  const found = collector()
  const outside = wordsOf(policy)
  const parsed = parse(text, found.report, outside)
  const declarations: Declarations = { ...policy.declarations, cases: parsed.tree.members.filter((member) => member.kind === 'case') }
  for (const member of parsed.tree.members)
    if (member.kind !== 'case' && member.kind !== 'error') found.report({ code: 'only-cases', span: member.span, data: {} })
  const cases = checkCases(policy.typed, { text, tree: parsed.tree, declarations, lost: parsed.lost, report: found.report })
  // What only-cases says of a stray part need not be said twice.
  const all = found.all()
  const diagnostics = all.some(({ code }) => code === 'only-cases') ? all.filter(({ code }) => code !== 'text-after-end') : all
  const source = { path, sha256: hashOf(text), text, parsed }
  const failed = policy.policy === undefined || diagnostics.some((diagnostic) => severityOf(diagnostic) === 'error')
  return {
    parsed,
    declarations,
    typed: { ...policy.typed, cases },
    sources: [source],
    outside,
    diagnostics,
    policy: failed ? undefined : policy.policy,
    cases: failed ? [] : lowerCases(cases, text),
  }
}

function compileWithin(text: string, path: string, load: Load, above: readonly string[]): Compiled {
  const found = collector()
  const uses = textHas(text, 'use') ? usesOf(text) : []
  const bases = new Map<string, Base>()
  for (const written of uses) bases.set(written, takeIn(written, path, load, above))
  const outside = new Set([...bases.values()].flatMap(({ compiled }) => (compiled ? [...wordsOf(compiled)] : [])))
  const parsed = parse(text, found.report, outside)
  const own: SourceText = { path, sha256: hashOf(text), text, parsed }
  const sources: SourceText[] = [own]
  const imports: Import[] = []
  /** A policy could not be taken in: any name may have been its. */
  let missing = false
  for (const node of parsed.tree.members) {
    // A path that could not be read was told; one that is written and empty leads nowhere.
    if (node.kind !== 'use' || (node.path.text === '' && !/^["“＂]/.test(text.slice(node.path.span.start)))) continue
    const base = bases.get(node.path.text) ?? takeIn(node.path.text, path, load, above)
    if (!base.compiled) {
      found.report({ code: base.problem, span: node.path.span, data: { path: node.path.text } })
      missing = true
      continue
    }
    if (node.name.text !== '' && node.name.text !== base.compiled.parsed.tree.name.text) {
      found.report({ code: 'import-name', span: node.name.span, data: { name: node.name.text, found: base.compiled.parsed.tree.name.text } })
    }
    const numbers = base.compiled.sources.map((source) => {
      const known = sources.findIndex((candidate) => candidate.path === source.path)
      return known >= 0 ? known : sources.push(source) - 1
    })
    imports.push({ node, typed: unsourcedBy(node, renumbered(base.compiled.typed, numbers)) })
  }
  const declarations = resolve(text, parsed.tree, imports, found.report)
  const typed = check({ text, tree: parsed.tree, declarations, lost: missing ? everyWord : parsed.lost, report: found.report })
  if (parsed.tree.casesOnly) found.report({ code: 'cases-alone', span: { start: 0, end: 0 }, data: {} })
  const all = found.all()
  const incomplete = !parsed.whole || all.some((diagnostic) => severityOf(diagnostic) === 'error' && !ofTheWhole.has(diagnostic.code))
  const diagnostics = incomplete ? all.filter(({ code }) => !ofTheWhole.has(code)) : all
  const failed = diagnostics.some((diagnostic) => severityOf(diagnostic) === 'error')
  const result = { parsed, declarations, typed, sources, outside, diagnostics }
  if (failed) return { ...result, policy: undefined, cases: [] }
  if (typed.passedOver.size > 0) throw new Error(`passed over without a word: ${[...typed.passedOver].join(', ')}`)
  const { policy, cases } = lower(typed, sources, importsOf(imports, sources))
  return { ...result, policy, cases }
}

// ---- policies that are taken in ----------------------------------------------------------------------------------------

type Base = { readonly compiled: Compiled } | { readonly compiled: undefined; readonly problem: 'import-not-found' | 'import-cycle' | 'import-has-errors' }

/** Compiled once for every text: while a policy is being written its bases do not change. */
const taken = new Map<string, { readonly text: string; readonly compiled: Compiled }>()

function takeIn(written: string, from: string, load: Load, above: readonly string[]): Base {
  const file = load(written, from)
  if (!file) return { compiled: undefined, problem: 'import-not-found' }
  if (above.includes(file.path)) return { compiled: undefined, problem: 'import-cycle' }
  const before = taken.get(file.path)
  const known = before?.text === file.text && before.compiled.declarations.imports.length === 0 ? before.compiled : undefined
  const compiled = known ?? compileWithin(file.text, file.path, load, [...above, file.path])
  taken.set(file.path, { text: file.text, compiled })
  if (compiled.policy) return { compiled }
  const inCircle = compiled.diagnostics.some(({ code }) => code === 'import-cycle')
  return { compiled: undefined, problem: inCircle ? 'import-cycle' : 'import-has-errors' }
}

const hashOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))

const textHas = (text: string, id: 'use'): boolean => (['zh', 'en'] as const).some((surface) => text.includes(formOf(id, surface)))

/** The paths that a text takes in, found before its names are known. */
function usesOf(text: string): readonly string[] {
  const { tokens } = lex(text, () => {})
  return tokens.flatMap((token, i) => (token.tokenType.name === 'use' && tokens[i + 3]?.tokenType.name === 'string' ? [tokens[i + 3]?.value ?? ''] : []))
}

/** Every word that a policy declares. */
function wordsOf({ typed, declarations }: Compiled): ReadonlySet<string> {
  const members = (type: Type): readonly string[] =>
    'members' in type ? type.members : type.kind === 'records' ? type.fields.flatMap((field) => [field.name, ...members(field.type)]) : []
  return new Set([
    ...declarations.values.keys(),
    ...declarations.itemsByName.keys(),
    ...declarations.totals.keys(),
    ...declarations.scenarios.keys(),
    ...[...typed.facts, ...typed.definitions].flatMap(({ type }) => members(type)),
  ])
}

/** The same policy with its texts numbered as the one that takes it in numbers them. */
function renumbered(typed: TypedPolicy, numbers: readonly number[]): TypedPolicy {
  const move = <T extends { readonly source: number }>(symbol: T): T => ({ ...symbol, source: numbers[symbol.source] ?? 0 })
  const item = (symbol: ItemSymbol): ItemSymbol => ({ ...move(symbol), children: symbol.children.map(item) })
  return {
    ...typed,
    facts: typed.facts.map(move),
    parameters: typed.parameters.map(move),
    definitions: typed.definitions.map(move),
    items: typed.items.map(item),
  }
}

/** 引用 … 待核: what is taken in has no official text here, and each of its groups says so where its points stand. */
function unsourcedBy({ clauses }: Import['node'], typed: TypedPolicy): TypedPolicy {
  const { unsourced } = sourcedBy(clauses)
  return unsourced.length === 0 ? typed : { ...typed, items: typed.items.map((item) => ({ ...item, unsourced: [...item.unsourced, ...unsourced] })) }
}

function importsOf(imports: readonly Import[], sources: readonly SourceText[]): Policy['imports'] {
  return imports.flatMap(({ node, typed }) => {
    const source = sources.find(({ parsed }) => parsed.tree === typed.node)
    const number = typed.node.members.find((member) => member.kind === 'number')
    const inForce = typed.node.members.find((member) => member.kind === 'in-force')
    if (!source) return []
    const { readings } = saidBy(node.clauses)
    return [
      {
        name: typed.node.name.text,
        ...(number?.kind === 'number' ? { number: number.text.text } : {}),
        ...(inForce?.kind === 'in-force' ? { inForce: { from: inForce.from.value, ...(inForce.to ? { to: inForce.to.value } : {}) } } : {}),
        path: source.path,
        sha256: source.sha256,
        ...(readings ? { readings } : {}),
      },
    ]
  })
}

function collector(): { readonly report: Report; all(): readonly Diagnostic[] } {
  const [errors, others]: [Diagnostic[], Diagnostic[]] = [[], []]
  const seen = new Set<string>()
  const hidden = { errors: false, others: false }
  return {
    report(diagnostic) {
      const key = `${diagnostic.code} ${diagnostic.span.start} ${diagnostic.span.end}`
      if (seen.has(key)) return
      const isOfErrors = severityOf(diagnostic) === 'error'
      const list = isOfErrors ? errors : others
      if (list.length >= maximumDiagnostics) {
        hidden[isOfErrors ? 'errors' : 'others'] = true
        return
      }
      seen.add(key)
      list.push(diagnostic)
    },
    all() {
      const room = maximumDiagnostics - errors.length
      const sorted = [...errors, ...others.slice(0, room)].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
      const last = sorted.at(-1)
      const more = hidden.errors ? 'too-many-diagnostics' : hidden.others || others.length > room ? 'more-notices' : undefined
      if (!more || !last) return sorted
      return [...sorted, { code: more, span: last.span, data: { limit: String(maximumDiagnostics) } }]
    },
  }
}

/** Findings about what is missing from the whole, or twice in it: not made while a part of it could not be read or has errors. */
const ofTheWhole = new Set<string>([
  'no-total',
  'item-in-no-total',
  'item-counted-twice',
  'empty-item',
  'unused-fact',
  'unused-definition',
  'unused-parameter',
  'later-records-count',
  'later-day-counts',
  'harm-needs-default',
  'cap-never-reached',
  'caps-below-parent',
  'caps-above-parent',
  'rows-leave-gap',
  'rows-pause',
  'case-expects-nothing',
])

const everyWord = { has: () => true }
