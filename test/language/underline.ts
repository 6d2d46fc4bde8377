// Diagnostics as text that stands beside a source: one line each with its place, severity, code and the words it underlines.
// Also finds the sources themselves: fixtures, and policies without errors that the other tests take apart.

import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Compiled, compile, type Load } from '../../language/compile.ts'
import { severityOf } from '../../language/diagnostics/catalogue.ts'
import type { Diagnostic } from '../../language/diagnostics/diagnostic.ts'
import { positions } from '../../language/span.ts'

const here = import.meta.dirname
const shipped = join(here, '../../policies')

export interface Source {
  readonly name: string
  readonly file: string
  readonly text: string
}

/** The `.heng` files of a folder and of the folders in it, in order of name. */
export function sourcesIn(folder: string): readonly Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.heng'))
    .sort()
    .map((name) => ({ name: basename(name, '.heng'), file: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }))
}

/** Policies that must compile without errors: what is shipped, and richer ones that use every construct. */
export const validPolicies = (): readonly Source[] => [shipped, join(here, 'valid')].flatMap(sourcesIn).filter(({ file }) => !file.endsWith('.cases.heng'))

/** Gives the shipped policies that others take in. */
const loadShipped: Load = (written) => {
  const known = sourcesIn(shipped).find(({ name }) => `${name}.heng` === basename(written))
  return known && { path: written, text: known.text }
}

/** Compiles one of the valid policies, or what a slip has made of it. */
export const compileValid = (text: string): Compiled => compile(text, '', loadShipped)

/** One line per diagnostic: `line:column-line:column severity code "underlined"`. */
export function underline(text: string, diagnostics: readonly Diagnostic[]): string {
  const position = positions(text)
  const place = (offset: number) => {
    const { line, column } = position(offset)
    return `${line}:${column}`
  }
  return diagnostics
    .map((diagnostic) => {
      const { start, end } = diagnostic.span
      return `${place(start)}-${place(end)} ${severityOf(diagnostic)} ${diagnostic.code} ${JSON.stringify(text.slice(start, end))}\n`
    })
    .join('')
}

/** Places of a diagnostic that do not lie inside a text of `length` code units. */
export function outside(diagnostic: Diagnostic, length: number): readonly { start: number; end: number }[] {
  const spans = [diagnostic.span, ...(diagnostic.related ?? []), ...(diagnostic.fixes ?? []).flatMap(({ edits }) => edits.map(({ span }) => span))]
  return spans.filter(({ start, end }) => !(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= length))
}

/** A compiled policy without its side tables: what formatting may not change. */
export function meaning<Policy extends { readonly places: unknown; readonly sources: unknown; readonly labels: unknown }>(policy: Policy): unknown {
  const { places: _places, sources: _sources, labels: _labels, ...rest } = policy
  return rest
}
