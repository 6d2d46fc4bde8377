// Seeded changes to a policy text: what slips of the hand, a paste, or a Chinese keyboard do to it. Each takes a text and a
// source of numbers and gives another text; the same seed always gives the same one.

export type Random = () => number

/** Numbers from 0 to just below 1, the same row of them for the same seed. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Below `limit`; 0 when nothing is below it. */
export const below = (random: Random, limit: number): number => Math.floor(random() * limit)

const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)] as T

interface Piece {
  readonly start: number
  readonly end: number
}

/** Words, numbers, quoted texts and marks: close enough to tokens, and made without the lexer under test. */
export function pieces(text: string): readonly Piece[] {
  const out: Piece[] = []
  for (const match of text.matchAll(/"[^"\n]*"|“[^”\n]*”|「[^」\n]*」|#[^\n]*|\d+(?:[.-]\d+)*|[\p{L}_]+\d*|\.\.<?|<\.\.|[<>]=|[^\s]/gu)) {
    out.push({ start: match.index, end: match.index + match[0].length })
  }
  return out
}

const marks: Readonly<Record<string, readonly string[]>> = {
  ',': ['，', '、'],
  '、': [',', '，', '﹑'],
  ';': ['；'],
  ':': ['：'],
  '(': ['（'],
  ')': ['）'],
  '{': ['｛'],
  '}': ['｝'],
  '[': ['【', '［'],
  ']': ['】', '］'],
  '<': ['《', '＜', '〈'],
  '>': ['》', '＞', '〉'],
  '=': ['＝'],
  '+': ['＋'],
  '-': ['－', '—', '−', '–'],
  '*': ['×', '＊'],
  '/': ['÷', '／'],
  '.': ['。', '．'],
  '"': ['“', '”', '＂'],
  '“': ['"'],
  '”': ['"'],
  '#': ['＃'],
  '%': ['％'],
  ' ': ['　', '\u00a0', '\u200b', '\t', ''],
  '\n': ['\r\n', '\r', ' ', ''],
}

/** The same character as another keyboard types it. */
export function twinOf(random: Random, char: string): string {
  const known = marks[char]
  if (known) return pick(random, known)
  const code = char.charCodeAt(0)
  return code > 0x20 && code < 0x7f ? String.fromCharCode(code + 0xfee0) : char
}

/** What is likely to be typed or pasted by mistake. */
const intruders = [
  ...'{}()[]:,;.=<>+-*/%#"“”「」`。、，；：（）【】《》～—…·！？①★￥',
  '..',
  '..<',
  '<..',
  '超过',
  '不满',
  '>=',
  '≤',
  '≥',
  '≠',
  '\u0000',
  '\ud842',
  '\u200b',
  '\ufeff',
  '𠮷',
  '⽇',
  '〇',
  'Ⅲ',
  '1,000',
  '10万',
  '0.1',
  '99999999999999999999',
  '2024-02-30',
  '2024-1-5',
  '2023年7月26日',
  '分',
  '年',
  '个月',
  '万元',
  '当',
  '否则',
  '得',
  '扣',
  '每',
  '每满',
  '另',
  '查表',
  '列',
  '行',
  '且',
  '或',
  '非',
  '在',
  '不在',
  '是',
  '否',
  '含',
  '未知',
  '保留',
  '最高',
  '取最高',
  '取首个',
  '累加',
  '指标',
  '指标组',
  '总分',
  '定义',
  '事实',
  '样例',
  '应得',
  '依据',
  '解释',
  '必填',
  '缺省',
  '「」',
  '「总分」',
  'force',
  'first',
  'policy',
  '政策',
]

type Mutation = (text: string, random: Random) => string

const cut = (text: string, start: number, end: number, put = '') => text.slice(0, start) + put + text.slice(end)

function onPiece(change: (text: string, piece: Piece, random: Random, all: readonly Piece[]) => string): Mutation {
  return (text, random) => {
    const all = pieces(text)
    return all.length === 0 ? text : change(text, pick(random, all), random, all)
  }
}

/** Every kind of change, by a name for messages. */
export const mutations: Readonly<Record<string, Mutation>> = {
  'delete a character': (text, random) => {
    const at = below(random, text.length)
    return cut(text, at, at + 1)
  },
  'insert a character': (text, random) => {
    const at = below(random, text.length + 1)
    return cut(text, at, at, pick(random, intruders))
  },
  'replace a character by a twin': (text, random) => {
    const at = below(random, text.length)
    return cut(text, at, at + 1, twinOf(random, text[at] ?? ''))
  },
  'swap two characters': (text, random) => {
    const at = below(random, text.length - 1)
    return cut(text, at, at + 2, (text[at + 1] ?? '') + (text[at] ?? ''))
  },
  'delete a token': onPiece((text, { start, end }) => cut(text, start, end)),
  'insert a token': onPiece((text, { start }, random) => cut(text, start, start, ` ${pick(random, intruders)} `)),
  'duplicate a token': onPiece((text, { start, end }) => cut(text, end, end, ` ${text.slice(start, end)}`)),
  'swap two tokens': onPiece((text, first, _random, all) => {
    const second = all[all.indexOf(first) + 1]
    if (!second) return text
    return cut(text, first.start, second.end, text.slice(second.start, second.end) + text.slice(first.end, second.start) + text.slice(first.start, first.end))
  }),
  'replace a token by one from elsewhere': onPiece((text, { start, end }, random, all) => {
    const other = pick(random, all)
    return cut(text, start, end, text.slice(other.start, other.end))
  }),
  'put a token into twins': onPiece((text, { start, end }, random) => {
    const twins = [...text.slice(start, end)].map((char) => twinOf(random, char)).join('')
    return cut(text, start, end, twins)
  }),
  'delete a blank': (text, random) => {
    const blanks = [...text.matchAll(/[ \n]+/g)]
    if (blanks.length === 0) return text
    const blank = pick(random, blanks)
    return cut(text, blank.index, blank.index + blank[0].length)
  },
  'cut a stretch out': (text, random) => {
    const start = below(random, text.length)
    return cut(text, start, start + below(random, 120))
  },
  'cut the end off': (text, random) => text.slice(0, below(random, text.length)),
  'paste a stretch from elsewhere': (text, random) => {
    const from = below(random, text.length)
    const at = below(random, text.length)
    return cut(text, at, at, text.slice(from, from + below(random, 120)))
  },
  'paste a line from elsewhere': (text, random) => {
    const lines = text.split('\n')
    const line = pick(random, lines)
    lines.splice(below(random, lines.length), 0, line)
    return lines.join('\n')
  },
  'swap two lines': (text, random) => {
    const lines = text.split('\n')
    const [a, b] = [below(random, lines.length), below(random, lines.length)]
    ;[lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? '']
    return lines.join('\n')
  },
}

export interface Mutated {
  readonly text: string
  /** Names of the changes made, in order. */
  readonly changes: readonly string[]
}

/** One to three changes, most often one. */
export function mutate(text: string, random: Random): Mutated {
  const names = Object.keys(mutations)
  const changes: string[] = []
  const count = random() < 0.7 ? 1 : 2 + below(random, 2)
  let out = text
  for (let i = 0; i < count; i += 1) {
    const name = pick(random, names)
    out = mutations[name]?.(out, random) ?? out
    changes.push(name)
  }
  return { text: out, changes }
}
