// Tokens → text in either surface: the form of each token and the gap between two of them. Layout is `layout.ts`'s.

import { periodStart } from '../../runtime/ir/names.ts'
import { timesFactor } from '../factor.ts'
import { wordEnd } from '../letters.ts'
import { isKeyword, keywordTokens, NumberToken, Quoted, type SymbolForm, symbols, Text, type Token, Word } from '../tokens.ts'
import { byForm, factors, formsOf, keywords, type Surface } from '../words.ts'

/** Every word that a keyword is made of: next to another word it could be read as one. */
const keywordWords: Readonly<Record<Surface, ReadonlySet<string>>> = {
  zh: new Set(keywords.flatMap((keyword) => formsOf(keyword, 'zh'))),
  en: new Set(keywords.flatMap((keyword) => formsOf(keyword, 'en')).flatMap((form) => form.split(' '))),
}

/** A name as it must be written: quoted when it is a keyword of the surface or no single word. */
export function nameForm(name: string, surface: Surface): string {
  // The first day of a period is called by a word that is a keyword too, and stands where no keyword can.
  if (name === periodStart) return name
  const plain = name !== '' && wordEnd(name, 0) === name.length && !keywordWords[surface].has(name)
  if (plain) return name
  return surface === 'zh' ? `「${name}」` : `\`${name}\``
}

const symbolForms: Readonly<Record<Surface, Partial<Record<SymbolForm, string>>>> = {
  zh: { ',': '、', ';': '；', '*': '×', '/': '÷' },
  en: {},
}

type Index = (typeof byForm)['unit' | 'type' | 'function' | 'outcome' | 'state']

function translate(index: Index, value: string, from: Surface, target: Surface): string {
  const id = index[from].get(value)?.id
  return (id === undefined ? undefined : index.id.get(id)?.[target]) ?? value
}

/** The form of `token` in `target`; `next` settles a factor such as 万, which is written out. */
function formOf(token: Token, next: Token | undefined, from: Surface, target: Surface): string {
  const { role, value } = token
  const type = token.tokenType
  const translated = (index: Index) => translate(index, value, from, target)
  if (type === Text) return /["＂]/.test(value) ? `“${value}”` : `"${value}"`
  if (type === NumberToken) {
    const factor = next && factorOf(next, from)
    return factor ? timesFactor(value, factor.value) : value
  }
  switch (role) {
    case 'unit': {
      const factor = factorOf(token, from)
      return factor ? value.slice(factor.zh.length) && (byForm.unit.zh.get(value.slice(factor.zh.length))?.[target] ?? value) : translated(byForm.unit)
    }
    case 'type':
      return translated(byForm.type)
    case 'function':
      return translated(byForm.function)
    case 'outcome':
      return translated(byForm.outcome)
    case 'state':
      return translated(byForm.state)
    case 'yes':
      return byForm.keyword.id.get(type.name === 'no' ? 'no' : 'yes')?.[target] ?? value
    case 'name':
    case 'declaration':
    case 'member':
      return nameForm(value, target)
  }
  if (isKeyword(token)) return byForm.keyword.id.get(token.formerly ?? type.name)?.[target] ?? value
  if (type === Quoted || type === Word) return nameForm(value, target)
  return symbolForms[target][type.name as SymbolForm] ?? value
}

function factorOf(token: Token, from: Surface) {
  if (token.role !== 'unit' || from !== 'zh' || byForm.unit.zh.has(token.value)) return undefined
  return factors.find(({ zh }) => token.value.startsWith(zh))
}

const isValueEnd = (token: Token | undefined) =>
  token !== undefined &&
  (token.role !== undefined ||
    token.tokenType === NumberToken ||
    token.tokenType === symbols[')'] ||
    token.tokenType.name === 'date-literal' ||
    token.tokenType === Text ||
    token.tokenType === Word)

const isKnownUnit = ({ value }: Token) => byForm.unit.zh.has(value) || byForm.unit.en.has(value) || factors.some(({ zh }) => value.startsWith(zh))

export interface Printed {
  readonly token: Token
  readonly form: string
  /** What separates it from the token before on the same line. */
  readonly gap: string
}

/** 超过 before the low end of a range that leaves it out, 不满 after the sign of one that leaves out its high end. */
function withLeftOut(token: Token, next: Token | undefined, form: string, target: Surface): string {
  if (token.tokenType === symbols['..<'] || token.tokenType === symbols['<..']) {
    return token.leavesOut === 'under' ? `..${wordBefore('under', next, target)}` : '..'
  }
  return token.leavesOut === 'above' ? wordBefore('above', token, target) + form : form
}

const wordBefore = (id: 'above' | 'under', next: Token | undefined, target: Surface): string =>
  `${byForm.keyword.id.get(id)?.[target] ?? ''}${target === 'zh' && next?.tokenType === NumberToken ? '' : ' '}`

type Bracket = 'call' | 'record' | 'other'

/** Forms and gaps of all tokens in order. */
export function print(written: readonly Token[], from: Surface, target: Surface): readonly Printed[] {
  const tokens = written.filter(({ spare }) => !spare)
  /** Those that are open, the innermost last. */
  const brackets: Bracket[] = []
  return tokens.map((token, i) => {
    const inside = brackets.at(-1)
    const opened = bracketOf(tokens, i)
    if (opened) brackets.push(opened)
    else if (closing.has(token.tokenType.name)) brackets.pop()
    const next = tokens[i + 1]
    const keepsComma = inside === 'call' && token.tokenType === symbols[',']
    const form = keepsComma ? ',' : withLeftOut(token, next, formOf(token, next, from, target), target)
    if (form === '') return { token, form, gap: '' }
    return { token, form, gap: gapBetween(tokens[i - 2], tokens[i - 1], token, { target, inside, opened }) }
  })
}

const closing = new Set<string>([')', ']', '}'])

/** What the token opens, told by what stands before it. */
function bracketOf(tokens: readonly Token[], i: number): Bracket | undefined {
  const before = tokens[i - 1]
  switch (tokens[i]?.tokenType) {
    case symbols['(']: {
      const isWindow = before?.role === 'unit' && tokens[i - 3]?.tokenType === keywordTokens['within-last']
      return before?.role === 'function' || before?.role === 'name' || isWindow ? 'call' : 'other'
    }
    case symbols['{']: {
      const opensRecord = before?.tokenType === symbols['['] || before?.tokenType === symbols[','] || before?.tokenType === symbols[':']
      return opensRecord ? 'record' : 'other'
    }
    case symbols['[']:
      return 'other'
    default:
      return undefined
  }
}

interface Around {
  readonly target: Surface
  /** What both tokens stand in. */
  readonly inside: Bracket | undefined
  /** What the second of them opens. */
  readonly opened: Bracket | undefined
}

const tightBefore = new Set<string>([',', ';', ')', ']', ':', '.', '%'])
const tightAfter = new Set<string>(['(', '[', '.'])
const ranges = new Set<string>(['..', '..<', '<..'])
const binary = new Set<string>(['=', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/'])

function gapBetween(beforeLast: Token | undefined, last: Token | undefined, next: Token, { target, inside, opened }: Around): string {
  if (!last) return ''
  const [a, b] = [last.tokenType.name, next.tokenType.name]
  if (inside === 'record' && (b === '}' || a === '{')) return ''
  if (tightBefore.has(b) || tightAfter.has(a) || opened === 'call') return ''
  if (a === ',') return target === 'zh' && inside !== 'call' ? '' : ' '
  if (a === ';') return target === 'zh' ? '' : ' '
  if (ranges.has(b)) return isValueEnd(last) ? '' : ' '
  if (ranges.has(a)) return isKeyword(next) && next.tokenType !== keywordTokens.under ? ' ' : ''
  if (a === '-' && !isValueEnd(beforeLast)) return ''
  if (binary.has(a) || binary.has(b)) return ' '
  return isOneWord(last, next, target) ? '' : ' '
}

/** A number with what it counts, or with the word before it, where the surface writes them as one. */
function isOneWord(last: Token, next: Token, target: Surface): boolean {
  // A word straight after a number that is no known unit stays where it is: there it is reported as a unit.
  if (last.tokenType === NumberToken && next.role === 'unit') return target === 'zh' || !isKnownUnit(next)
  if (target !== 'zh' || next.tokenType !== NumberToken) return false
  return last.role === 'type' || (isKeyword(last) && byForm.keyword.id.get(last.tokenType.name)?.tight === true)
}

/** Tokens on one line, for labels. */
export function printInline(tokens: readonly Token[], from: Surface, target: Surface): string {
  return print(tokens, from, target)
    .map(({ form, gap }) => gap + form)
    .join('')
}
