// What heng coverage says, in both languages.

import type { Notice } from '../../language/coverage/outline.ts'

interface Sum {
  readonly ruled: number
  readonly procedural: number
  readonly omitted: number
  readonly open: number
  readonly phrases: number
  readonly openPhrases: number
  readonly lines: number
  readonly openLines: number
}

interface Lines {
  readonly all: number
  readonly clause: number
  readonly headings: readonly number[]
  readonly unread: number
}

const all = ({ ruled, procedural, omitted, open }: Sum): number => ruled + procedural + omitted + open

/** 1–4, 7: lines that follow each other are one run. */
function inRuns(numbers: readonly number[]): readonly string[] {
  const runs: { from: number; to: number }[] = []
  for (const number of numbers) {
    const last = runs.at(-1)
    if (last && last.to + 1 === number) last.to = number
    else runs.push({ from: number, to: number })
  }
  return runs.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`))
}

function noticeZh(notice: Notice): string {
  switch (notice.kind) {
    case 'ragged':
      return `表格的这一行有 ${notice.has} 栏，这个表有 ${notice.wants} 栏：请核对抄录有没有漏栏、串栏`
    case 'out-of-series':
      return `编号“${notice.number}”接不上前面的编号，仍单独作一条：请核对抄录`
    case 'starts-again':
      return `编号从“${notice.number}”重新开始，作为“${notice.part}”`
    case 'garbled':
      return '有读不出的字符：请核对抄录'
  }
}

function noticeEn(notice: Notice): string {
  switch (notice.kind) {
    case 'ragged':
      return `this row has ${notice.has} columns, its table ${notice.wants}: see whether one was lost in copying`
    case 'out-of-series':
      return `the number “${notice.number}” does not follow those before it, and is a clause of its own all the same: see whether the copy is right`
    case 'starts-again':
      return `numbers begin again with “${notice.number}”: this is “${notice.part}”`
    case 'garbled':
      return 'there are signs that cannot be read: see whether the copy is right'
  }
}

export const coverageWords = {
  zh: {
    noText: (path: string) => `${path} 没有写 原文：在政策里写 原文 "文件名.txt"，文件放在政策旁边`,
    empty: (path: string) => `${path} 是空的，没有可以对照的原文`,
    binary: (path: string) => `${path} 不是文本文件：把原文另存为 UTF-8 的 .txt`,
    status: { ruled: '规则', procedural: '程序', omitted: '略', open: '未交代', heading: '' },
    unsourced: '待核',
    dangling: (written: string) => `原文里没有“${written}”这一条`,
    ambiguous: (written: string, choices: readonly string[]) =>
      `“${written}”在原文里有 ${choices.length} 处，分不清是哪一处：改写成 ${choices.map((choice) => `"${choice}"`).join(' 或 ')}`,
    elsewhere: (written: string) => `“${written}”是另外的文件，没有核对`,
    missing: (line: number) => `原文缺这个编号（第${line}行之前）`,
    part: (name: string, title: string, line: number) => `${name}${title === '' ? '' : `《${title}》`}（第${line}行起）`,
    notice: noticeZh,
    colon: '：',
    lines: ({ all: sum, clause, headings, unread }: Lines) =>
      `${sum} 行：条文 ${clause}，标题与版头版尾 ${headings.length}${headings.length === 0 ? '' : `（第${inRuns(headings).join('、')}行）`}，不属于任何条 ${unread}`,
    sum: (sum: Sum) =>
      [
        `${all(sum)} 条：规则 ${sum.ruled}，程序 ${sum.procedural}，略 ${sum.omitted}，未交代 ${sum.open}`,
        ...(sum.lines === 0 ? [] : [`不属于任何条的 ${sum.lines} 行，未交代 ${sum.openLines}`]),
        ...(sum.phrases === 0 ? [] : [`不得、视作、清零、取消一类语句 ${sum.phrases} 处，未交代 ${sum.openPhrases}`]),
      ].join('；'),
    quote: (name: string, text: string) => `引出原话才算交代：在规则的依据里写 "${name}“${text}”"，或写 条款 "${name}“${text}”" 略 "理由"`,
    line: (line: number) => `第${line}行`,
    list: '；',
    aside: (text: string) => `（${text}）`,
  },
  en: {
    noText: (path: string) => `${path} names no official text: write text "file.txt" in the policy and put the file beside it`,
    empty: (path: string) => `${path} is empty: there is no official text to compare with`,
    binary: (path: string) => `${path} is no text: save the official text as .txt in UTF-8`,
    status: { ruled: 'ruled', procedural: 'procedural', omitted: 'left out', open: 'NOT ACCOUNTED FOR', heading: '' },
    unsourced: 'unsourced',
    dangling: (written: string) => `the official text has no clause “${written}”`,
    ambiguous: (written: string, choices: readonly string[]) =>
      `“${written}” stands in the official text ${choices.length} times: say which is meant, ${choices.map((choice) => `"${choice}"`).join(' or ')}`,
    elsewhere: (written: string) => `“${written}” is of another paper and was not looked for`,
    missing: (line: number) => `the official text leaves out this number (before line ${line})`,
    part: (name: string, title: string, line: number) => `${name}${title === '' ? '' : ` 《${title}》`} (from line ${line})`,
    notice: noticeEn,
    colon: ': ',
    lines: ({ all: sum, clause, headings, unread }: Lines) =>
      `${sum} lines: in clauses ${clause}, titles, heads and feet ${headings.length}${headings.length === 0 ? '' : ` (${inRuns(headings).join(', ')})`}, in no clause ${unread}`,
    sum: (sum: Sum) =>
      [
        `${all(sum)} clauses: ruled ${sum.ruled}, procedural ${sum.procedural}, left out ${sum.omitted}, not accounted for ${sum.open}`,
        ...(sum.lines === 0 ? [] : [`lines in no clause ${sum.lines}, not accounted for ${sum.openLines}`]),
        ...(sum.phrases === 0 ? [] : [`phrases that take something away ${sum.phrases}, not accounted for ${sum.openPhrases}`]),
      ].join('; '),
    quote: (name: string, text: string) => `quote it: cites "${name}“${text}”" on a rule, or clause "${name}“${text}”" omitted "why"`,
    line: (line: number) => `line ${line}`,
    list: '; ',
    aside: (text: string) => ` (${text})`,
  },
} as const
