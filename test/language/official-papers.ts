// Seeded official papers: head, clauses of every kind, tables of every kind, annexes, a second document, foot; then slips of whoever
// copied them. A sentence of the paper says 词 with a number of its own, so that a test can look for it.

import { below, type Random } from './mutate.ts'

const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)] as T
const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']

interface Writing {
  readonly random: Random
  words: number
}

function sentence(writing: Writing): string {
  writing.words += 1
  return pick(writing.random, [
    `词${writing.words}的，得5分。`,
    `申请人词${writing.words}，逾期视作放弃。`,
    `按词${writing.words}办理；另有规定的，从其规定。`,
    `（一）和二、所说的词${writing.words}不计。`,
  ])
}

const cell = (writing: Writing): string => {
  writing.words += 1
  return pick(writing.random, [`词${writing.words}`, `词${writing.words}（含本数、下同）`, `1.词${writing.words}；2.其他`, `一、词${writing.words}`])
}

function table(writing: Writing): readonly string[] {
  const { random } = writing
  const columns = 2 + below(random, 3)
  const rows = Array.from({ length: 2 + below(random, 4) }, (_, i) =>
    Array.from({ length: columns - (random() < 0.1 ? 1 : 0) }, (_, column) =>
      column === 0 ? (i > 0 && random() < 0.3 ? '' : cell(writing)) : random() < 0.2 ? '' : pick(random, [cell(writing), '20', '10分']),
    ),
  ).map((row) => (row.every((one) => one === '') ? [cell(writing), ...row.slice(1)] : row))
  const head = ['项目', '内容', '分值', '备注'].slice(0, columns)
  const all = random() < 0.7 ? [head, ...rows] : rows
  const written = pick(random, ['tab', 'pipe', 'open', 'full'] as const)
  const line = (row: readonly string[]): string =>
    written === 'tab' ? row.join('\t') : written === 'pipe' ? `| ${row.join(' | ')} |` : written === 'open' ? row.join(' | ') : `｜${row.join('｜')}｜`
  const rule = written === 'pipe' && random() < 0.5 ? [`|${'---|'.repeat(columns)}`] : []
  return all.flatMap((row, i) => [line(row), ...(i === 0 ? rule : []), ...(random() < 0.1 ? [''] : [])])
}

function clauses(writing: Writing): readonly string[] {
  const { random } = writing
  const byArticle = random() < 0.3
  return numerals.slice(0, 1 + below(random, 5)).flatMap((numeral) => {
    const own =
      random() < 0.5 ? [`${byArticle ? `第${numeral}条 ` : `${numeral}、`}${sentence(writing)}`] : [`${byArticle ? `第${numeral}条 ` : `${numeral}、`}标题`]
    const inner =
      random() < 0.5
        ? numerals.slice(0, 1 + below(random, 3)).flatMap((number) => [`${pick(random, ['（', '('])}${number})${sentence(writing)}`, ...figures(writing)])
        : figures(writing)
    const more = random() < 0.3 ? table(writing) : random() < 0.3 ? [sentence(writing)] : []
    return [...own, ...inner, ...more, ...(random() < 0.2 ? ['', sentence(writing)] : [])]
  })
}

const figures = (writing: Writing): readonly string[] =>
  writing.random() < 0.3 ? Array.from({ length: 1 + below(writing.random, 3) }, (_, i) => `${i + 1}.${sentence(writing)}`) : []

function annex(writing: Writing, number: number): readonly string[] {
  const { random } = writing
  const heading = pick(random, [`附件${number}`, `附件${numerals[number - 1]}`, '附件', `附件${number}：积分指标表`, '附件：'])
  const inside = pick(random, [table, clauses, (one: Writing) => [sentence(one), ...table(one)]])
  return ['', heading, ...(random() < 0.5 ? ['积分指标表'] : []), ...inside(writing)]
}

/** What a copy does to a paper: lines are lost, doubled, glued, broken, moved, or full of signs. */
function slip(random: Random, lines: readonly string[]): readonly string[] {
  const at = below(random, lines.length)
  const line = lines[at] ?? ''
  const put = (...instead: readonly string[]) => [...lines.slice(0, at), ...instead, ...lines.slice(at + 1)]
  const middle = below(random, line.length)
  return pick(random, [
    () => put(),
    () => put(line, line),
    () => put(line.slice(0, middle), line.slice(middle)),
    () => put(`${line} ${lines[at + 1] ?? ''}`),
    () => put(`\u3000\u3000${line}`),
    () => put(line, pick(random, ['----------', '— 3 —', '\u{fffd}\u{fffd}', '* * *', '|', '\t\t'])),
    () => put(line.replaceAll('。', '')),
  ])()
}

export function paperOf(random: Random): string {
  const writing: Writing = { random, words: 0 }
  const head = ['某市人民政府文件', '某政发〔2024〕1号', '', '某市积分管理办法（试行）', '各县（市、区）人民政府：', sentence(writing)].filter(
    () => random() < 0.8,
  )
  const foot = ['本办法自2024年2月1日起施行。', '', '某市人民政府办公室', '2024年1月2日', '（此件公开发布）'].filter(() => random() < 0.8)
  const second = random() < 0.3 ? ['', '某市积分实施细则', sentence(writing), ...clauses(writing)] : []
  const annexes = Array.from({ length: below(random, 3) }, (_, i) => annex(writing, i + 1)).flat()
  let lines: readonly string[] = [...head, ...clauses(writing), ...foot, ...second, ...annexes]
  for (let slips = below(random, 6); slips > 0; slips -= 1) lines = slip(random, lines)
  return lines.join(pick(random, ['\n', '\n', '\r\n', '\n\n']))
}
