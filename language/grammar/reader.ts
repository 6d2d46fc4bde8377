// What the rules of the grammar stand on: spans, names, units, and what an error inside a part must not lose.

import { EmbeddedActionsParser, EOF, type IParserErrorMessageProvider, type IToken, type TokenType } from 'chevrotain'
import { unnamedTotal } from '../../runtime/ir/names.ts'
import type * as Ast from '../ast.ts'
import type { Span } from '../span.ts'
import { allTokens, keywordTokens as k, type Role, symbols, type Token, Word } from '../tokens.ts'
import { byForm, factors, type KeywordId, type Surface } from '../words.ts'

/** Messages carry the name of the expected token type and nothing else; prose is the catalogue's. */
const expectedNames: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => expected.name,
  buildNotAllInputParsedMessage: () => '',
  buildNoViableAltMessage: () => '',
  buildEarlyExitMessage: () => '',
}

export const nothing: Span = { start: 0, end: 0 }

/** A policy, group or indicator while it is being read. */
interface Unfinished {
  readonly kind: 'policy' | 'group' | 'indicator'
  start: number
  name: Ast.Name
  /** A 扣分组. */
  deducts: boolean
  casesOnly: boolean
  readonly members: Ast.Member[]
  readonly clauses: Ast.Clause[]
  readonly children: (Ast.GroupNode | Ast.IndicatorNode)[]
  readonly definitions: Ast.DefinitionNode[]
  readonly rows: Ast.RowNode[]
}

export abstract class Reader extends EmbeddedActionsParser {
  protected surface: Surface = 'zh'
  protected known: ReadonlySet<string> = new Set()
  protected ownUnits: ReadonlySet<string> = new Set()
  protected unfinished: Unfinished[] = []
  /** Inside the days of a filter: what follows a name there belongs to the list, not to the day. */
  protected inFilter = false
  /** In the 其中 of a 有 without brackets: it takes one condition, 且 and 或 belong to what is around. */
  protected inBareAny = false
  /** At the key of a table's row: a unit may stand before the colon. */
  protected inRowKey = false

  constructor() {
    super(allTokens, { recoveryEnabled: true, maxLookahead: 2, errorMessageProvider: expectedNames, skipValidations: true })
  }

  // ---- what an error inside must not lose --------------------------------------------------------------------------------

  protected begin(kind: Unfinished['kind']): Unfinished {
    const entry: Unfinished = {
      kind,
      start: this.start(),
      name: { text: '', span: nothing },
      deducts: false,
      casesOnly: false,
      members: [],
      clauses: [],
      children: [],
      definitions: [],
      rows: [],
    }
    if (!this.RECORDING_PHASE) this.unfinished.push(entry)
    return entry
  }

  protected finish(entry: Unfinished): Ast.PolicyNode | Ast.GroupNode | Ast.IndicatorNode {
    this.unfinished.length = Math.max(0, this.unfinished.lastIndexOf(entry))
    const { start, name, deducts, casesOnly, members, clauses, children, definitions, rows } = entry
    const span = this.from(start)
    switch (entry.kind) {
      case 'policy':
        return { kind: 'policy', casesOnly, surface: this.surface, name, members, span }
      case 'group':
        if (deducts && rows.length > 0 && children.length === 0) return { kind: 'indicator', deducts, name, clauses, definitions, rows, span }
        return { kind: 'group', deducts, name, clauses, children, definitions, rows, span }
      case 'indicator':
        return { kind: 'indicator', deducts, name, clauses, definitions, rows, span }
    }
  }

  /** The innermost unfinished part of this kind, with the unfinished parts inside it put where they belong. */
  protected salvage(kind: Unfinished['kind']): Ast.PolicyNode | Ast.GroupNode | Ast.IndicatorNode {
    let inner: Ast.GroupNode | Ast.IndicatorNode | undefined
    for (let entry = this.unfinished.at(-1); entry; entry = this.unfinished.at(-1)) {
      if (inner && entry.kind === 'policy') entry.members.push(inner)
      else if (inner && entry.kind === 'group') entry.children.push(inner)
      const node = this.finish(entry)
      if (entry.kind === kind || node.kind === 'policy') return node
      inner = node
    }
    return this.finish(this.begin(kind))
  }

  // ---- helpers -------------------------------------------------------------------------------------------------------

  protected start(): number {
    return this.LA(1).startOffset
  }

  /** From `start` to the end of the token consumed last. */
  protected from(start: number): Span {
    const last = this.LA(0)
    const end = isReal(last) ? (last.endOffset ?? last.startOffset) + 1 : Math.max(0, start || 0)
    return start >= 0 ? { start, end: Math.max(start, end) } : { start: end, end }
  }

  /** An error node that covers the token where reading failed. */
  protected failed(): Ast.ErrorNode {
    const token = this.LA(1)
    const span = token.tokenType === EOF || !isReal(token) ? this.from(-1) : tokenSpan(token)
    return { kind: 'error', span }
  }

  protected mark(token: IToken, role: Role) {
    if (!this.RECORDING_PHASE) (token as Token).role = role
  }

  protected markSpare(token: IToken) {
    if (!this.RECORDING_PHASE) (token as Token).spare = true
  }

  protected markFormer(token: IToken, of: KeywordId) {
    if (!this.RECORDING_PHASE) (token as Token).formerly = of
  }

  protected markLeftOut(token: IToken, word: 'above' | 'under') {
    if (!this.RECORDING_PHASE) (token as Token).leavesOut = word
  }

  protected nameOf(token: IToken, role: Role): Ast.Name {
    const isTotal = token.tokenType === k.total
    this.mark(token, isTotal ? 'total' : role)
    return { text: isTotal ? unnamedTotal : ((token as Token).value ?? ''), span: tokenSpan(token) }
  }

  protected unitOf(token: IToken): { factor: bigint; unit: Ast.UnitWord | undefined } {
    this.mark(token, 'unit')
    const word = (token as Token).value ?? ''
    const factor = byForm.unit[this.surface].has(word) ? undefined : factors.find(({ zh }) => word.startsWith(zh))
    const rest = factor ? word.slice(factor.zh.length) : word
    const unit = rest === '' ? undefined : { word: rest, id: byForm.unit[this.surface].get(rest)?.id, span: tokenSpan(token) }
    return { factor: factor?.value ?? 1n, unit }
  }

  /** A word is a unit when it is known to be one or stands straight after what it belongs to. */
  protected unitFollows(): boolean {
    const token = this.LA(1)
    if (token.tokenType !== Word || (this.LA(2).tokenType === symbols[':'] && !this.inRowKey)) return false
    const word = (token as Token).value
    if (this.isUnit(token)) return true
    if (factors.some(({ zh }) => word.startsWith(zh) && (word === zh || byForm.unit.zh.has(word.slice(zh.length))))) return this.surface === 'zh'
    const distance = token.startOffset - (this.LA(0).endOffset ?? 0) - 1
    return distance === 0 || (distance === 1 && this.surface === 'en' && !this.known.has(word))
  }

  /** A built-in unit, or one of the author's. */
  protected isUnit(token: IToken): boolean {
    const { value } = token as Token
    return byForm.unit[this.surface].has(value) || this.ownUnits.has(value)
  }

  /** Reads a part with a mark set that is put back whatever happens inside. */
  protected within<T>(mark: 'inFilter' | 'inRowKey' | 'inBareAny', value: boolean, work: () => T): T {
    const before = this[mark]
    this[mark] = value
    try {
      return work()
    } finally {
      this[mark] = before
    }
  }

  /** Reads what stands in brackets, where everything may be written again. */
  protected inBrackets<T>(work: () => T): T {
    return this.within('inFilter', false, () => this.within('inBareAny', false, work))
  }

  /** One of several alternatives, all of one type. */
  protected choose<T>(alternatives: { readonly GATE?: () => boolean; readonly ALT: () => T }[]): T {
    return this.OR(alternatives)
  }

  protected modifier<T>(choices: readonly (readonly [TokenType, T])[]): T {
    return this.OR1(
      choices.map(([type, value]) => ({
        ALT: () => {
          this.CONSUME(type)
          return value
        },
      })),
    )
  }
}

/** A token that recovery put in, and the end of the file, stand nowhere. */
const isReal = (token: IToken): boolean => token.startOffset >= 0

export const tokenSpan = (token: IToken): Span => (!isReal(token) ? nothing : { start: token.startOffset, end: (token.endOffset ?? token.startOffset) + 1 })
