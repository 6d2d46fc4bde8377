// The grammar of what expressions are made of: brackets, names, texts, numbers, days, signs of comparison.

import type * as Ast from '../ast.ts'
import { hundredth, timesFactor } from '../factor.ts'
import { DateToken, keywordTokens as k, Name, NumberToken, symbols, Text, type Token, Word } from '../tokens.ts'
import { Reader, tokenSpan } from './reader.ts'

export abstract class LiteralGrammar extends Reader {
  protected open = this.RULE('open', () => void this.CONSUME(symbols['{']), { recoveryValueFunc: () => undefined })
  protected close = this.RULE('close', () => void this.CONSUME(symbols['}']), { recoveryValueFunc: () => undefined })
  protected closeParenthesis = this.RULE('closeParenthesis', () => void this.CONSUME(symbols[')']), { recoveryValueFunc: () => undefined })
  protected closeBracket = this.RULE('closeBracket', () => void this.CONSUME(symbols[']']), { recoveryValueFunc: () => undefined })
  protected colon = this.RULE('colon', () => void this.CONSUME(symbols[':']), { recoveryValueFunc: () => undefined })

  protected declaredName = this.RULE('declaredName', (): Ast.Name => this.nameOf(this.CONSUME(Name), 'declaration'), {
    recoveryValueFunc: (): Ast.Name => ({ text: '', span: this.failed().span }),
  })

  protected usedName = this.RULE('usedName', (): Ast.Name => this.nameOf(this.CONSUME(Name), 'name'), {
    recoveryValueFunc: (): Ast.Name => ({ text: '', span: this.failed().span }),
  })

  protected textLiteral = this.RULE(
    'textLiteral',
    (): Ast.TextLiteral => {
      const token = this.CONSUME(Text)
      return { text: (token as Token).value ?? '', span: tokenSpan(token) }
    },
    { recoveryValueFunc: () => ({ text: '', span: this.failed().span }) },
  )

  protected dateLiteral = this.RULE(
    'dateLiteral',
    (): Ast.DateLiteral => {
      const token = this.CONSUME(DateToken)
      return { kind: 'date', value: (token as Token).value ?? '', span: tokenSpan(token) }
    },
    { recoveryValueFunc: (): Ast.DateLiteral => ({ kind: 'date', value: '', span: this.failed().span }) },
  )

  protected comparisonSign = this.RULE(
    'comparisonSign',
    (): Ast.Comparison => this.modifier((['=', '!=', '<=', '>=', '<', '>'] as const).map((form) => [symbols[form], form] as const)),
  )

  protected isWord = this.RULE('isWord', (): boolean =>
    this.modifier([
      [k.is, false],
      [k['is-not'], true],
    ] as const),
  )

  protected inWord = this.RULE('inWord', (): boolean =>
    this.modifier([
      [k.in, false],
      [k['not-in'], true],
    ] as const),
  )

  protected hasWord = this.RULE('hasWord', (): boolean =>
    this.modifier([
      [k.has, false],
      [k['has-not'], true],
    ] as const),
  )

  protected number = this.RULE(
    'number',
    (): Ast.NumberLiteral => {
      const start = this.start()
      const token = this.CONSUME(NumberToken)
      const percent = this.OPTION1(() => this.CONSUME(symbols['%']))
      const unit = this.OPTION2({ GATE: () => this.unitFollows(), DEF: () => this.unitOf(this.CONSUME(Word)) })
      const digits = (token as Token).value ?? '0'
      return this.ACTION(() => ({
        kind: 'number',
        value: percent ? hundredth(digits) : unit ? timesFactor(digits, unit.factor) : digits,
        unit: unit?.unit,
        span: this.from(start),
      }))
    },
    { recoveryValueFunc: (): Ast.NumberLiteral => ({ kind: 'number', value: '', unit: undefined, span: this.failed().span }) },
  )

  protected yesno = this.RULE('yesno', (): Ast.Expression => {
    const start = this.start()
    const token = this.LA(1)
    const value = this.modifier([
      [k.is, true],
      [k.yes, true],
      [k.no, false],
    ] as const)
    this.mark(token, 'yes')
    return { kind: 'yesno', value, span: this.from(start) }
  })

  protected path = this.RULE(
    'path',
    (): Ast.Path => {
      const start = this.start()
      const names = [this.nameOf(this.CONSUME1(Name), 'name')]
      this.MANY(() => {
        this.CONSUME(symbols['.'])
        names.push(this.nameOf(this.CONSUME2(Name), 'name'))
      })
      return { names, span: this.from(start) }
    },
    { recoveryValueFunc: () => ({ names: [], span: this.failed().span }) },
  )
}
