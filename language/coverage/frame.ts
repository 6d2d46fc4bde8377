// What frames the clauses of a paper and is none: its number and title, whom it is addressed to, who signed it and when, and what the
// publisher adds. Only lines are taken for it that look like nothing else; any other line outside the clauses is told.

import { isBlank, type Line, saysNothing } from './lines.ts'

const numeral = '[一二三四五六七八九十百]+'
const day = /^(?:[12]\d{3}|二[〇○零]?[〇○零一二三四五六七八九]+)\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日\s*(?:印发)?$/u
const paperNumber = /^\S{1,14}\s*[〔[［(（](?:19|20)\d{2}[〕\]］)）]\s*第?\s*\d+\s*号$/u
const kindOfPaper = /(?:办法|意见|细则|规定|通知|通告|公告|方案|标准|决定|条例|规则|指南|目录|清单|说明|须知|政策|文件|[图附]?表)(?:[(（][^)）]{1,8}[)）])?$/u
const office = /(?:人民政府|办公厅|办公室|委员会|领导小组|[局厅委部]|管理中心)$/u
const published = /^[(（]此件[^)）]*[)）]$/u
const copies = /^(?:抄送|抄报|主送|分送)[:：]/u
const chapter = new RegExp(`^第${numeral}[编章节]`, 'u')
const offices = /(?:单位|部门|政府|街道办事处|街道|乡镇|镇|管委会|委员会|[局委])$/u
/** Labels that a web page puts above a paper. */
const webLabel =
  /^(?:发布(?:时间|日期|机构)|索引号|来源|信息来源|字号|文号|发文(?:机关|日期|字号)|成文日期|公开(?:方式|日期)|主题(?:词|分类)?|有效性|统一编号|访问量|浏览(?:量|次数)?)\s*[:：]/u
const pageNumber = /^[-—–－·]\s*\d{1,4}\s*[-—–－·]$/u
/** What rules do and titles do not. */
const obliges = /应当|应该|不得|可以|必须|须(?!知)/u

/** 办法, 细则 and the like without a sentence: what a paper, a part of it or a table is called. */
export const isTitle = (text: string): boolean => {
  const words = text.trim()
  return words.length <= 60 && !/[。；;！!？?，,:：]/u.test(words) && kindOfPaper.test(words) && !obliges.test(words)
}

/** No title goes over more lines. */
const longestTitle = 8

/** A short line without a stop right above a title is the beginning of it. */
export function isOfTitle(lines: readonly Line[], at: number): boolean {
  const below = lines.slice(at, at + longestTitle).map(({ text }) => text)
  const end = below.findIndex((words) => isTitle(words) || !mayBeginTitle(words))
  return end >= 0 && isTitle(below[end] ?? '')
}

const mayBeginTitle = (words: string): boolean => !isBlank(words) && words.length <= 40 && !/[\d。；;，,:：)）|\t]/u.test(words) && !isChapter(words)

export const isChapter = (text: string): boolean => chapter.test(text.trim())

/** 各县（市、区）人民政府： and the like. */
function isAddressed(words: string): boolean {
  const hasColon = /[:：]$/u.test(words)
  return !/[。；;！!？?]/u.test(words) && (hasColon || words.startsWith('各')) && offices.test(words.replace(/\s*[:：]$/u, ''))
}

/** What may stand at the head of a paper, at its foot, and between its parts. */
export function isFrame(lines: readonly Line[], at: number): boolean {
  const words = lines[at]?.text.trim() ?? ''
  if (saysNothing(words) || isOfTitle(lines, at) || isChapter(words) || isFoot(lines, at)) return true
  return paperNumber.test(words) || isAddressed(words) || webLabel.test(words) || pageNumber.test(words)
}

/** A signature, a date alone, and what stands under them: there the words of a clause have ended. */
export function isFoot(lines: readonly Line[], at: number): boolean {
  const words = lines[at]?.text.trim() ?? ''
  if (day.test(words) || published.test(words) || copies.test(words)) return true
  const before = lines[at - 1]?.text.trim() ?? ''
  if (copies.test(before) && !/。$/u.test(before)) return true
  return words.length <= 30 && office.test(words) && day.test(textBelow(lines, at))
}

function textBelow(lines: readonly Line[], at: number): string {
  let below = at + 1
  while (lines[below] !== undefined && isBlank(lines[below]?.text ?? '')) below += 1
  return lines[below]?.text.trim() ?? ''
}
