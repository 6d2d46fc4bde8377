// The generated tables of the language reference, as markdown: keywords, units, the words of outcomes, diagnostics.

import { type Code, catalogue, describe } from '../../language/diagnostics/catalogue.ts'
import type { Diagnostic } from '../../language/diagnostics/diagnostic.ts'
import { HengParser } from '../../language/grammar/policy.ts'
import { type Keyword, keywords, outcomeKeys, states, units, type Word } from '../../language/words.ts'

/** By the name that stands in the marks around a table. */
export const tables: Readonly<Record<string, () => string>> = { keywords: keywordTable, units: unitTable, outcomes: outcomeList, diagnostics: diagnosticTable }

function keywordTable(): string {
  const used = keywordsInGrammar()
  const marks = (word: Keyword) => [...(word.reserved ? ['reserved'] : []), ...formerly(word).map((form) => `formerly ${form}`)].join(', ')
  const rows = keywords.filter(({ id }) => used.has(id)).map((word) => `| ${word.zh} | \`${word.en}\` | ${marks(word)} |`)
  const later = keywords.filter(({ id }) => !used.has(id)).map(({ zh, en, reserved }) => `${zh} \`${en}\`${reserved ? ' (reserved)' : ''}`)
  const kept = later.length === 0 ? [] : ['', `Kept for constructs that do not exist yet: ${later.join(' · ')}.`]
  return ['| 中文 | English | |', '|---|---|---|', ...rows, ...kept].join('\n')
}

const formerly = ({ formerly: { zh, en } = {} }: Word): readonly string[] => [...(zh === undefined ? [] : [zh]), ...(en === undefined ? [] : [`\`${en}\``])]

/** Ids of the keywords that the grammar consumes anywhere. */
export function keywordsInGrammar(): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit)
    else if (typeof node === 'object' && node !== null) {
      if ('type' in node && node.type === 'Terminal' && 'name' in node) found.add(String(node.name))
      Object.values(node).forEach(visit)
    }
  }
  visit(new HengParser().getSerializedGastProductions())
  return found
}

function unitTable(): string {
  const rows = units.map(({ zh, en, dimension, factor }) => `| ${zh} | \`${en}\` | ${dimension} | ${factor} |`)
  return ['| 中文 | English | dimension | counts as |', '|---|---|---|---|', ...rows].join('\n')
}

function outcomeList(): string {
  const aside = (word: Word) => formerly(word).map((form) => ` (formerly ${form})`)
  const list = (words: readonly Word[]) => words.map((word) => `${word.zh} \`${word.en}\`${aside(word).join('')}`).join(' · ')
  return `Words of an outcome: ${list(outcomeKeys)}. States: ${list(states)}.`
}

/** Messages with `‹name›` for what is filled in. */
function diagnosticTable(): string {
  const data = new Proxy<Record<string, string>>({ place: 'row' }, { get: (known, key) => known[String(key)] ?? `‹${String(key)}›` })
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
  const rows = (Object.keys(catalogue) as Code[]).map((code) => {
    const [zh, en] = (['zh', 'en'] as const).map((language) =>
      cell(describe({ code, span: { start: 0, end: 0 }, data } as unknown as Diagnostic, language).message),
    )
    return `| <a id="${code}"></a>\`${code}\` | ${catalogue[code].severity} | ${en} | ${zh} |`
  })
  return ['| code | severity | English | 中文 |', '|---|---|---|---|', ...rows].join('\n')
}

const place = (name: string) => new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- end -->)`)

/** The table that stands in `markdown` under `name`; `undefined` when its marks are missing. */
export const tableIn = (markdown: string, name: string): string | undefined => {
  const match = place(name).exec(markdown)
  return match?.[0].slice(match[1]?.length ?? 0, -(match[2]?.length ?? 0)).trim()
}

export const putTable = (markdown: string, name: string, table: string): string =>
  markdown.replace(place(name), (_, open, close) => `${open}\n${table}\n\n${close}`)
