// The grammar of names and calls, and of lists: the filters after a name, and 有 with and without brackets.

import type { IToken, ParserMethod, TokenType } from 'chevrotain'
import { periodStart } from '../../runtime/ir/names.ts'
import type * as Ast from '../ast.ts'
import type { Span } from '../span.ts'
import { keywordTokens as k, Quoted, symbols, type Token, Word } from '../tokens.ts'
import { byForm, type FunctionId } from '../words.ts'
import { isBareList } from './bare.ts'
import { LiteralGrammar } from './literals.ts'

const filterWords: ReadonlySet<TokenType> = new Set((['within-last', 'between', 'up-to', 'without', 'unbroken-to', 'where'] as const).map((id) => k[id]))

/** Whether a name is a word or quoted when it is printed, and so can be told from a keyword after 有. */
const isNameWithoutBrackets = (token: IToken): boolean => token.tokenType !== k.total && (token as Token).value !== periodStart

/** What stands in the brackets of a call, and these. */
interface Arguments {
  readonly list: readonly Ast.Expression[]
  readonly first: IToken
  readonly brackets: readonly IToken[]
}

export abstract class ListGrammar extends LiteralGrammar {
  protected abstract readonly expression: ParserMethod<[], Ast.Expression>
  protected abstract readonly negation: ParserMethod<[], Ast.Expression>
  protected abstract readonly rounded: ParserMethod<[], Ast.Expression>

  /** Of every 有(R) that is read so far and could be written without brackets. */
  private readonly bracketsOfAny = new WeakMap<Ast.Expression, readonly IToken[]>()

  /** 有 R, without brackets and with the filters of R; a whole condition. */
  protected bareAny = this.RULE(
    'bareAny',
    (): Ast.Expression => {
      const start = this.start()
      const name = this.nameOf(this.CONSUME(Word), 'function')
      const list = this.within('inBareAny', true, () => this.SUBRULE(this.reference))
      return { kind: 'call', name, function: 'any', arguments: [list], span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  private isAny(token: IToken): boolean {
    return token.tokenType === Word && byForm.function[this.surface].get((token as Token).value)?.id === 'any'
  }

  /** A name that is a keyword must be quoted after it: 有 may be a name itself, with a keyword after it. */
  protected beginsBareAny(): boolean {
    const { tokenType } = this.LA(2)
    return (tokenType === Word || tokenType === Quoted) && this.isAny(this.LA(1))
  }

  /** The brackets of 有(R) where it is a whole condition and would be read the same without them. */
  protected spareBrackets(condition: Ast.Expression) {
    const brackets = this.bracketsOfAny.get(condition)
    if (!brackets || filterWords.has(this.LA(1).tokenType)) return
    for (const token of brackets) this.markSpare(token)
  }

  protected reference = this.RULE(
    'reference',
    (): Ast.Expression => {
      const start = this.start()
      const token = this.LA(1)
      const path = this.SUBRULE(this.path)
      const args = this.OPTION(() => {
        const list: Ast.Expression[] = []
        const first = this.LA(2)
        const open = this.CONSUME(symbols['('])
        this.inBrackets(() => this.MANY_SEP({ SEP: symbols[','], DEF: () => list.push(this.SUBRULE(this.expression)) }))
        const close = this.LA(1)
        this.SUBRULE(this.closeParenthesis)
        return { list, first, brackets: [open, close] }
      })
      const head = this.ACTION(() => this.named(token, path, args, this.from(start)))
      const filters: Ast.Filter[] = []
      this.MANY({
        GATE: () => !this.inFilter && this.LA(2).tokenType !== symbols[':'],
        DEF: () => filters.push(this.SUBRULE(this.filter)),
      })
      return this.ACTION((): Ast.Expression => (filters.length > 0 ? { kind: 'filtered', list: head, filters, span: this.from(start) } : head))
    },
    { recoveryValueFunc: () => this.failed() },
  )

  /** A name, or a call of what it names. */
  private named(token: IToken, path: Ast.Path, args: Arguments | undefined, span: Span): Ast.Expression {
    const name = path.names[0]
    if (!name) return { kind: 'error', span }
    if (!args) return { kind: 'reference', path, span }
    const known = byForm.function[this.surface].get(name.text)?.id as FunctionId | undefined
    if (known) this.mark(token, 'function')
    const call: Ast.Expression = { kind: 'call', name, function: known, arguments: args.list, span }
    const [list] = args.list
    const isWhole = args.list.length === 1 && args.brackets[1]?.tokenType === symbols[')']
    if (this.isAny(token) && isWhole && list && isBareList(list) && isNameWithoutBrackets(args.first)) this.bracketsOfAny.set(call, args.brackets)
    return call
  }

  /** The day from which a window looks back, and the field that dates a record. */
  protected windowDay = this.RULE('windowDay', (): { readonly day: Ast.Expression; readonly field: Ast.Name | undefined } => {
    this.CONSUME(symbols['('])
    const day = this.inBrackets(() => this.SUBRULE(this.rounded))
    const field = this.OPTION(() => {
      this.CONSUME(symbols[','])
      return this.SUBRULE(this.usedName)
    })
    this.SUBRULE(this.closeParenthesis)
    return { day, field }
  })

  protected filter = this.RULE(
    'filter',
    (): Ast.Filter => {
      const start = this.start()
      return this.choose<Ast.Filter>([
        {
          ALT: () => {
            this.CONSUME(k['within-last'])
            const amount = this.SUBRULE1(this.number)
            const from = this.OPTION1(() => this.SUBRULE(this.windowDay))
            return { kind: 'last', amount, day: from?.day, field: from?.field, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k.between)
            const from = this.within('inFilter', true, () => this.SUBRULE2(this.rounded))
            this.CONSUME(k.to)
            const to = this.within('inFilter', true, () => this.SUBRULE3(this.rounded))
            return { kind: 'between', from, to, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k['up-to'])
            const to = this.within('inFilter', true, () => this.SUBRULE5(this.rounded))
            return { kind: 'up-to', to, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k.without)
            const path = this.SUBRULE(this.path)
            return { kind: 'without', list: { kind: 'reference', path, span: path.span }, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k['unbroken-to'])
            const to = this.within('inFilter', true, () => this.SUBRULE4(this.rounded))
            const gap = this.OPTION2(() => {
              this.CONSUME(k['gap-up-to'])
              return this.SUBRULE2(this.number)
            })
            const counted = this.OPTION3(() =>
              this.modifier([
                [k['gap-counted'], true],
                [k['gap-not-counted'], false],
              ] as const),
            )
            return { kind: 'unbroken', to, gap, counted, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k.where)
            const condition = this.OR2([{ GATE: () => this.inBareAny, ALT: () => this.SUBRULE(this.negation) }, { ALT: () => this.SUBRULE(this.expression) }])
            return { kind: 'where', condition, span: this.from(start) }
          },
        },
      ])
    },
    { recoveryValueFunc: () => this.failed() },
  )
}
