// What 依据 and 条款 name: clauses of the official text, written as the paper numbers them: 三(二)年龄, 二(一)2, 五.1, 附件2注3,
// 第十五条, 附件2 三(一), several divided by 、, and 第三条至第七条 for all from one to the other. Before it may stand which paper is meant, by
// its file or its title, 《细则》三(二), and which part of it, 第2部分三(二). A line that belongs to no clause is named by its number, 第8行.

/** One step of a clause's name: 三, (二), 2, 1), 第五条, 附件2, 注, 第8行, or the name of a row of a table. */
export type Segment = string

export interface Citation {
  /** What stands in 《》 before the clause: a paper of the policy, or another one. */
  readonly paper: string | undefined
  /** Without the paper and the quote; empty for a paper as a whole. */
  readonly clause: string
  /** Words of the clause that are meant, where it says more than one thing: 五.1“积分清零”. */
  readonly quote: string | undefined
  readonly written: string
}

const numeral = '[一二三四五六七八九十百零]+'
const segment = new RegExp(
  `第\\d+(?:行|部分)|第${numeral}[条编章节]|附[件表]\\d*|注|\\(${numeral}\\)|\\(\\d+\\)|\\d+\\)|${numeral}(?=[(.\\d]|$)|\\d+|[^.()\\d]+`,
  'gu',
)
/** 附件二 is 附件2. */
const attachment = new RegExp(`(附[件表])\\s*(${numeral})(?=[\\s注(（]|$)`, 'u')

/** Brackets and dots as the paper may write them, in one form. */
export const plainForm = (text: string): string => text.replaceAll('（', '(').replaceAll('）', ')').replaceAll('．', '.').replaceAll(/\s/gu, '')

/** 第12条 is 第十二条. */
const figuredArticle = /第(\d{1,3})条/gu

export function segmentsOf(name: string): readonly Segment[] {
  const numbered = name
    .replaceAll(figuredArticle, (_, number: string) => `第${chineseNumeral(Number(number))}条`)
    .replace(attachment, (_, kind: string, number: string) => `${kind}${chineseNumber(number)}`)
  return plainForm(numbered).match(segment) ?? []
}

export function citationsOf(text: string): readonly Citation[] {
  return [...text.matchAll(citation)]
    .map(([written]) => written.trim())
    .filter((written) => written !== '')
    .map((written) => {
      const [, paper, clause = '', quote] = /^(?:《([^》]*)》)?([^“「]*)(?:[“「](.*)[”」])?/u.exec(written) ?? []
      return { paper, clause: clause.trim(), quote, written }
    })
}

/** Up to the next sign that divides, those in a quote and in the name of a paper aside. */
const citation = /(?:《[^》]*》|“[^”]*”|「[^」]*」|[^、，,；;])+/gu

/** Segments as one name: a dot keeps a figure apart from what stands before it, a blank the numeral from that of an attachment. */
export function nameOf(segments: readonly Segment[]): string {
  return segments.reduce((name, part) => {
    if (/^\d/u.test(part) && name !== '' && !/[)条注分行编章节]$/u.test(name)) return `${name}.${part}`
    return /附[件表]\d*$/u.test(name) && /^(?:[一二三四五六七八九十百]+$|\()/u.test(part) ? `${name} ${part}` : name + part
  }, '')
}

/** The same for every way to write a name. */
export const comparableName = (name: string): string => nameOf(segmentsOf(name))

const digits = '一二三四五六七八九'

export function chineseNumber(written: string): number {
  let sum = 0
  let last = 0
  for (const sign of written) {
    if (sign === '百') sum += (last || 1) * 100
    else if (sign === '十') sum += (last || 1) * 10
    else last = digits.indexOf(sign) + 1
    if (sign === '百' || sign === '十') last = 0
  }
  return sum + last
}

/** From 1 to 999, as clauses are counted. */
export function chineseNumeral(number: number): string {
  const [hundreds = '', tens = '', ones = ''] = [100, 10, 1].map((unit) => digits[(Math.floor(number / unit) % 10) - 1])
  const below = hundreds === '' && tens === '一' ? '十' : tens === '' ? '' : `${tens}十`
  const zero = hundreds !== '' && tens === '' && ones !== '' ? '零' : ''
  return `${hundreds === '' ? '' : `${hundreds}百`}${zero}${below}${ones}`
}
