// What 依据 and 条款 name: clauses of the official text, written as the paper numbers them: 三(二)年龄, 二(一)2, 五.1, 附件2注3,
// 第十五条, several divided by 、, and 第三条至第七条 for all from one to the other.

/** One step of a clause's name: 三, (二), 2, 1), 第五条, 附件2, 注, or the first cell of a row of a table. */
export type Segment = string

/** A name, or a range of neighbours. */
export interface Citation {
  readonly from: readonly Segment[]
  readonly to: readonly Segment[] | undefined
  /** Words of the clause that are meant, where it says more than one thing: 五.1“积分清零”. */
  readonly quote: string | undefined
  readonly written: string
}

const numeral = '[一二三四五六七八九十百]+'
const segment = new RegExp(`第${numeral}条|附件\\d*|注|\\(${numeral}\\)|\\(\\d+\\)|\\d+\\)|${numeral}(?=[(.\\d]|$)|\\d+|[^.()\\d]+`, 'gu')

/** Brackets and dots as the paper may write them, in one form. */
export const plainForm = (text: string): string => text.replaceAll('（', '(').replaceAll('）', ')').replaceAll('．', '.').replaceAll(/\s/gu, '')

export const segmentsOf = (name: string): readonly Segment[] => plainForm(name).match(segment) ?? []

/** A text in 《》 or 〔〕 is a clause of another paper, which is not looked for in this one. */
export function citationsOf(text: string): readonly Citation[] {
  return [...text.matchAll(citation)]
    .map(([written]) => written.trim())
    .filter((written) => written !== '' && !/[《〔]/u.test(written))
    .map((written) => {
      const [, name = '', quote] = /^([^“「]*)(?:[“「](.*)[”」])?/u.exec(written) ?? []
      const [from = '', to] = name.split('至')
      return { from: segmentsOf(from), to: to === undefined ? undefined : segmentsOf(to), quote, written }
    })
}

/** Up to the next sign that divides, those in a quote aside. */
const citation = /(?:“[^”]*”|「[^」]*」|[^、，,；;])+/gu

/** Segments as one name: a dot keeps a figure apart from what stands before it. */
export function nameOf(segments: readonly Segment[]): string {
  return segments.reduce((name, part) => (/^\d/u.test(part) && name !== '' && !/[)条件注]$/u.test(name) ? `${name}.${part}` : name + part), '')
}
