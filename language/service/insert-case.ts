// Writes a case into the policy's text: the edit that adds it before the closing brace, in the text's own surface.

import { unnamedTotal } from '../../runtime/ir/names.ts'
import type { Compiled } from '../compile.ts'
import type { Edit } from '../diagnostics/diagnostic.ts'
import { nameForm } from '../format/print.ts'
import { symbols } from '../tokens.ts'
import type { RecordsType, Type } from '../typed.ts'
import { byForm, formOf, type KeywordId } from '../words.ts'

export interface NewCase {
  readonly title: string
  /** Name of the scenario that it is for. */
  readonly scenario?: string | undefined
  readonly dates: Readonly<Record<string, string>>
  /** Written values by fact; what is not known is left out. */
  readonly facts: Readonly<Record<string, string>>
  /** Proven figures by the name to write, in order. */
  readonly expected: readonly { readonly path: readonly string[]; readonly value: string }[]
  readonly stateId: string
  /** The last day of the bar on applying. */
  readonly until?: string | undefined
}

export type InsertedCase =
  /** `head`: how the case begins, which stands nowhere after it. */
  | { readonly ok: true; readonly edit: Edit; readonly head: string }
  /** The text has no closing brace to write before. */
  | { readonly ok: false; readonly reason: 'no-place' }
  /** A text that no quotes of the language can hold. */
  | { readonly ok: false; readonly reason: 'cannot-write'; readonly fact: string; readonly value: string }

/** @param text of the policy, or of its file of cases, as `parsed` has read it */
export function insertCase({ parsed, typed }: Pick<Compiled, 'parsed' | 'typed'>, text: string, wanted: NewCase): InsertedCase {
  const { surface } = parsed
  const closing = parsed.tokens.findLast((token) => token.tokenType === symbols['}'])
  // A file of cases, also one that has none yet, has no brace around it: the case goes to its end.
  const at = parsed.tree.casesOnly || text.trim() === '' ? text.length : closing?.startOffset
  if (at === undefined) return { ok: false, reason: 'no-place' }
  const separator = surface === 'zh' ? '、' : ', '
  const word = (id: KeywordId) => formOf(id, surface)
  const name = (path: readonly string[]) =>
    path.length === 1 && path[0] === unnamedTotal ? word('total') : path.map((part) => nameForm(part, surface)).join('.')
  const title = quotedText(wanted.title) ?? `"${wanted.title.replaceAll(/["“”\p{C}\u2028\u2029]/gu, ' ').trim()}"`
  const head = `${word('case')} ${title}`
  const unwritable: { fact: string; value: string }[] = []
  const dates = Object.entries(wanted.dates).map(([date, day]) => `${nameForm(date, surface)} ${day}`)
  const facts = typed.facts.flatMap((fact) => {
    const value = wanted.facts[fact.name]
    return value === undefined || value === '' ? [] : [`${nameForm(fact.name, surface)}: ${literal(fact.type, value, fact.name)}`]
  })
  const [refused] = unwritable
  if (refused) return { ok: false, reason: 'cannot-write', ...refused }
  const state = `${byForm.outcome.id.get('state')?.[surface] ?? ''}: ${byForm.state.id.get(wanted.stateId)?.[surface] ?? ''}`
  const until = wanted.until === undefined ? [] : [`${byForm.outcome.id.get('until')?.[surface] ?? ''}: ${wanted.until}`]
  const expected = [state, ...until, ...wanted.expected.map(({ path, value }) => `${name(path)}: ${value}`)]
  const lines = [
    `  ${head}${wanted.scenario === undefined ? '' : ` ${word('scenario')} ${nameForm(wanted.scenario, surface)}`}${dates.length > 0 ? ` ${word('on')} ${dates.join(separator)}` : ''} {`,
    ...inRows(facts).map((row) => `    ${row}`),
    `  } ${word('expect')} { ${expected.join('   ')} }`,
  ]
  const newLine = text.slice(0, at).endsWith('\n') || at === 0 ? '' : '\n'
  return { ok: true, head, edit: { span: { start: at, end: at }, text: `${newLine}${lines.join('\n')}\n` } }

  function literal(type: Type, value: string, fact: string): string {
    const quoted = (one: string): string => {
      const written = quotedText(one)
      if (written === undefined) unwritable.push({ fact, value: one })
      return written ?? ''
    }
    const member = (one: string) => (nameForm(one, surface) === one ? one : quoted(one))
    switch (type.kind) {
      case 'number': {
        const unit = type.unit === undefined ? '' : (byForm.unit.id.get(type.unit)?.[surface] ?? '')
        return surface === 'zh' || unit === '' ? value + unit : `${value} ${unit}`
      }
      case 'yesno':
        return word(value === '是' ? 'yes' : 'no')
      case 'text':
        return quoted(value)
      case 'choice':
      case 'levels':
        return member(value)
      case 'choices':
        return value === '[]' ? '[]' : `[${value.split('、').map(member).join(separator)}]`
      case 'records':
        return `[${records(type, value, fact).join(separator)}]`
      default:
        return value
    }
  }

  /** JSON text of a list of objects → record literals. */
  function records({ fields }: RecordsType, value: string, fact: string): readonly string[] {
    const list = JSON.parse(value) as readonly Readonly<Record<string, string>>[]
    return list.map((record) => {
      const parts = fields.flatMap((field) => {
        const own = record[field.name]
        return own === undefined || own === '' ? [] : [`${nameForm(field.name, surface)}: ${literal(field.type, own, fact)}`]
      })
      return `{${parts.join(surface === 'zh' ? '；' : '; ')}}`
    })
  }
}

/** A text in quotes that it does not hold itself; `undefined` where there are none, or where it has a line break or a sign that nobody sees. */
function quotedText(text: string): string | undefined {
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) return undefined
  if (!text.includes('"')) return `"${text}"`
  return /[“”]/.test(text) ? undefined : `“${text}”`
}

/** Four fields to a line. */
function inRows(fields: readonly string[]): readonly string[] {
  const rows: string[] = []
  for (let i = 0; i < fields.length; i += 4) rows.push(fields.slice(i, i + 4).join('   '))
  return rows
}
