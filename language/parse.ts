// Text → tree. Bounds the source, reads tokens, splits glued words, and lets the parser build a tree; what went wrong at
// any of these is a diagnostic, and there always is a tree.

import { utf8ToBytes } from '@noble/hashes/utils.js'
import { EOF, type IRecognitionException, type IToken, type TokenType } from 'chevrotain'
import type { PolicyNode } from './ast.ts'
import { conflictsIn } from './conflicts.ts'
import type { Diagnostic, Report } from './diagnostics/diagnostic.ts'
import { isPlace } from './diagnostics/terms.ts'
import { HengParser } from './grammar/policy.ts'
import { type Comment, lex, spanOf, surfaceOf } from './lex.ts'
import { type Fault, mend, type Reading } from './mend/mend.ts'
import type { Span } from './span.ts'
import { knownWords, splitGluedWords } from './split.ts'
import { keywordTokens as k, symbols, type Token, Word } from './tokens.ts'
import { byForm, recordKeywords, type Surface } from './words.ts'

export interface Parsed {
  readonly tree: PolicyNode
  readonly tokens: readonly Token[]
  readonly comments: readonly Comment[]
  readonly surface: Surface
  /** Whether every token found its place; a formatter must not touch a text where one did not. */
  readonly whole: boolean
  /** Words that may be declared in what could not be read. */
  readonly lost: ReadonlySet<string>
}

/** In UTF-8 bytes; a larger text is not read at all. */
export const maximumSource = 2 * 1024 * 1024
const maximumDepth = 100

let parser: HengParser | undefined

const noWords: ReadonlySet<string> = new Set()

/** @param outside words that other files declare for this one: the policy's for its cases, an imported policy's */
export function parse(text: string, report: Report, outside: ReadonlySet<string> = noWords): Parsed {
  const surface = surfaceOf(text)
  if (text.length > maximumSource || utf8ToBytes(text).length > maximumSource) {
    report({ code: 'source-too-large', span: { start: 0, end: Math.min(text.length, 1) }, data: { limit: '2 MB' } })
    return unread(surface)
  }
  const conflicts = conflictsIn(text)
  if (conflicts.length > 0) {
    for (const conflict of conflicts) report(conflict)
    return unread(surface)
  }
  const found: Diagnostic[] = []
  const lexed = lex(text, (diagnostic) => found.push(diagnostic))
  const tokens = splitGluedWords(text, lexed.tokens, surface, outside, (diagnostic) => found.push(diagnostic))
  const [first] = tokens
  if (first?.tokenType !== k.policy && first?.tokenType !== k.case) {
    // Whatever else could be said of a text that is no policy would not help.
    report({ code: 'not-a-policy', span: first ? spanOf(first) : { start: 0, end: 0 }, data: { written: first?.image ?? '' } })
    return { ...unread(surface), tokens, comments: lexed.comments }
  }
  const deep = tooDeep(tokens)
  if (deep) {
    for (const diagnostic of found) report(diagnostic)
    report({ code: 'nested-too-deep', span: spanOf(deep), data: { limit: String(maximumDepth) } })
    return { ...unread(surface), tokens, comments: lexed.comments }
  }
  const [known, ownUnits] = [knownWords(tokens, surface, outside), unitWords(tokens, surface)]
  const {
    reading,
    tokens: read,
    findings,
    lost,
  } = mend(text, surface, tokens, declaredIn(tokens, surface, outside), (attempt) => readTokens(attempt, surface, known, ownUnits))
  // What was said of the letters of a part is not said again of what was meant by it.
  const isSaid = ({ span }: Diagnostic) => findings.some((finding) => finding.span.start < span.end && span.start < finding.span.end)
  for (const diagnostic of found) if (!isSaid(diagnostic)) report(diagnostic)
  for (const diagnostic of findings) report(diagnostic)
  for (const error of reading.errors) if (error.message !== 'EOF') reportError(error, read, report)
  const { afterEnd } = reading
  if (afterEnd) report({ code: 'text-after-end', span: spanOf(afterEnd), data: { written: afterEnd.image } })
  const whole = reading.faults.length === 0
  return { tree: reading.tree, tokens, comments: lexed.comments, surface, whole: whole && findings.length === 0, lost: lostIn(tokens, whole ? lost : tokens) }
}

interface ReadTokens extends Reading {
  readonly errors: readonly IRecognitionException[]
  /** The first token after the policy's end. */
  readonly afterEnd: Token | undefined
}

function readTokens(tokens: readonly Token[], surface: Surface, known: ReadonlySet<string>, ownUnits: ReadonlySet<string>): ReadTokens {
  parser ??= new HengParser()
  const tree = parser.parse(tokens, surface, known, ownUnits)
  const { errors } = parser
  const afterEnd = (errors.find((error) => error.message === 'EOF')?.token ?? parser.afterEnd[0]) as Token | undefined
  const faults: Fault[] = errors.map((error) => ({
    offset: error.token.tokenType === EOF ? Number.MAX_SAFE_INTEGER : error.token.startOffset,
    expected: error.name === 'MismatchedTokenException' ? error.message : '',
    rule: ruleOf(error),
  }))
  if (afterEnd && !errors.some(({ message }) => message === 'EOF')) faults.push({ offset: afterEnd.startOffset, expected: 'EOF', rule: 'policy' })
  return { tree, errors: [...errors], afterEnd, faults: faults.sort((a, b) => a.offset - b.offset) }
}

/** Names and members that the text, or another for it, declares. */
function declaredIn(tokens: readonly Token[], surface: Surface, outside: ReadonlySet<string>): ReadonlySet<string> {
  const own = knownWords([], surface, noWords)
  // 总分 从高到低: what follows the word in a ranking is no name that it declares.
  const named = tokens.filter((_, i) => tokens[i - 1]?.tokenType !== k.total || tokens[i + 1]?.tokenType === symbols['='])
  return new Set([...knownWords(named, surface, outside)].filter((word) => !own.has(word) && /\p{L}/u.test(word)))
}

/** Words that may have been declared by what could not be read. */
function lostIn(tokens: readonly Token[], unread: readonly Token[]): ReadonlySet<string> {
  const parts = new Set(unread)
  return new Set(
    tokens.flatMap((token, i) => (parts.has(token) && (mayDeclare.has(tokens[i - 1]?.tokenType.name ?? '') || token.role === 'member') ? [token.value] : [])),
  )
}

const mayDeclare = new Set(['fact', 'define', 'parameter', 'group', 'deductions', 'indicator', 'total', 'scenario', 'use', 'as-of', '[', ',', '{', ';'])

/**
 * The author's own units: they follow a number as the built-in ones do. What stands where a fact has its unit is one too, although nothing
 * declares it yet.
 */
function unitWords(tokens: readonly Token[], surface: Surface): ReadonlySet<string> {
  const beforeUnit = new Set([byForm.type.id.get('whole')?.[surface], byForm.unit.id.get('places')?.[surface]])
  return new Set(
    tokens.flatMap((token, i) => {
      const before = tokens[i - 1]
      const isOwn = before?.tokenType === k.unit || (before !== undefined && token.tokenType === Word && beforeUnit.has(before.value))
      return isOwn ? [token.value] : []
    }),
  )
}

function unread(surface: Surface): Parsed {
  const span: Span = { start: 0, end: 0 }
  return {
    tree: { kind: 'policy', casesOnly: false, surface, name: { text: '', span }, members: [], span },
    tokens: [],
    comments: [],
    surface,
    whole: false,
    lost: noWords,
  }
}

/** Words that no 其中 reaches across: they begin a row, an amount, a case or a definition. */
const endsConditions: ReadonlySet<TokenType> = new Set(
  (['when', 'otherwise', 'base', 'gives', 'award', 'deduct', 'per', 'per-full', 'plus', 'table', ...Object.values(recordKeywords), 'define'] as const).map(
    (id) => k[id],
  ),
)

/** The first token nested deeper than the limit, counting open brackets, runs of prefix operators, and lists inside the 其中 of another. */
function tooDeep(tokens: readonly Token[]): Token | undefined {
  /** How many 其中 stand around each open bracket. */
  const open: number[] = []
  let [run, wheres] = [0, 0]
  for (const token of tokens) {
    const type = token.tokenType
    if (type === symbols['{'] || endsConditions.has(type)) wheres = open.at(-1) ?? 0
    if (type === symbols['{'] || type === symbols['('] || type === symbols['[']) open.push(wheres)
    else if (type === symbols['}'] || type === symbols[')'] || type === symbols[']']) wheres = open.pop() ?? 0
    else if (type === k.where) wheres += 1
    run = type === k.not || type === symbols['-'] ? run + 1 : 0
    if (open.length + run + wheres > maximumDepth) return token
  }
  return undefined
}

function reportError(error: IRecognitionException, tokens: readonly Token[], report: Report) {
  const { token } = error
  // What is not written yet was told; that it fits nowhere says no more.
  if (token.image === '' && token.tokenType !== EOF) return
  const rule = ruleOf(error)
  const atEnd = token.tokenType === EOF
  const previous = realToken(error) ?? (atEnd ? tokens.at(-1) : undefined)
  const expected = error.name === 'MismatchedTokenException' ? error.message : ''
  const after = previous ? spanOf(previous) : { start: 0, end: 0 }
  const [stray] = error.resyncedTokens
  if (isMark(token.image) && (isClosing(expected) || expected === '')) {
    report({ code: 'unexpected-token', span: spanOf(token as Token), data: { written: token.image, expected: '', place: rule } })
    return
  }
  if (isClosing(expected) && stray && !atEnd) {
    report({ code: 'unexpected-token', span: spanOf(token as Token), data: { written: token.image, expected: '', place: rule } })
    return
  }
  if (expected && (atEnd || isClosing(expected) || isPunctuation(expected))) {
    const insertable = isPunctuation(expected) || isClosing(expected)
    report({
      code: 'missing-token',
      span: atEnd || isClosing(expected) ? lastOf(after) : spanOf(token as Token),
      data: { expected },
      ...(insertable
        ? { fixes: [{ title: 'insert', data: { text: expected }, edits: [{ span: { start: after.end, end: after.end }, text: expected }] }] }
        : {}),
    })
    return
  }
  if (atEnd) report({ code: 'unexpected-end', span: lastOf(after), data: { place: rule } })
  else report({ code: 'unexpected-token', span: spanOf(token as Token), data: { written: token.image, expected, place: rule } })
}

const ruleOf = (error: IRecognitionException): string => error.context.ruleStack.findLast(isPlace) ?? error.context.ruleStack.at(-1) ?? ''

function realToken(error: IRecognitionException): Token | undefined {
  const previous = (error as IRecognitionException & { previousToken?: IToken }).previousToken
  return previous && previous.startOffset >= 0 && previous.tokenType !== EOF ? (previous as Token) : undefined
}

const isMark = (image: string) => /^[,，;；]$/u.test(image)
const isClosing = (name: string) => name === '}' || name === ')' || name === ']'
const isPunctuation = (name: string) => name === '{' || name === ':' || name === '=' || name === '(' || name === '['
const lastOf = (span: Span): Span => ({ start: Math.max(span.start, span.end - 1), end: span.end })
