// The grammar of values and expressions, loosest first. Two tokens of lookahead are enough everywhere.

import type * as Ast from '../ast.ts'
import type { Span } from '../span.ts'
import { HoleValue, isKeyword, keywordTokens as k, NumberToken, symbols, type Token, Word } from '../tokens.ts'
import { byForm, type OutcomeKey } from '../words.ts'
import { ListGrammar } from './lists.ts'

export abstract class ExpressionGrammar extends ListGrammar {
  protected value = this.RULE(
    'value',
    (): Ast.Expression => {
      const start = this.start()
      return this.choose<Ast.Expression>([
        {
          ALT: () => {
            this.CONSUME(symbols['-'])
            const operand = this.SUBRULE1(this.primary)
            return { kind: 'negative', operand, span: this.from(start) }
          },
        },
        { ALT: () => this.SUBRULE(this.record) },
        { ALT: () => this.SUBRULE2(this.primary) },
      ])
    },
    { recoveryValueFunc: () => this.failed() },
  )

  /** `{日期: 2024-01-01；毫升: 400毫升}` */
  protected record = this.RULE(
    'record',
    (): Ast.Expression => {
      const start = this.start()
      this.CONSUME(symbols['{'])
      const fields = this.SUBRULE(this.fields, { ARGS: [false] })
      this.CONSUME(symbols['}'])
      return { kind: 'record', fields, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected fields = this.RULE(
    'fields',
    (outcome: boolean): Ast.Field[] => {
      const fields: Ast.Field[] = []
      this.MANY(() => {
        fields.push(this.SUBRULE(this.field, { ARGS: [outcome] }))
        this.OPTION(() => this.OR([{ ALT: () => this.CONSUME(symbols[',']) }, { ALT: () => this.CONSUME(symbols[';']) }]))
      })
      return fields
    },
    { recoveryValueFunc: () => [] },
  )

  protected field = this.RULE(
    'field',
    (outcomeWords: boolean): Ast.Field => {
      const start = this.start()
      const first = this.LA(1)
      const path = this.SUBRULE(this.path)
      this.SUBRULE(this.colon)
      const valueToken = this.LA(1)
      const value = this.SUBRULE(this.value)
      return this.ACTION(() => {
        const own = outcomeWords && path.names.length === 1 && !(first as Token).quoted
        const outcome = own ? byForm.outcome[this.surface].get((first as Token).value)?.id : undefined
        if (outcome) this.mark(first, 'outcome')
        if (outcome === 'state' && byForm.state[this.surface].has((valueToken as Token).value)) this.mark(valueToken, 'state')
        return { path, outcome: outcome as OutcomeKey | undefined, value, span: this.from(start) }
      })
    },
    {
      recoveryValueFunc: (): Ast.Field => {
        const { span } = this.failed()
        return { path: { names: [], span }, outcome: undefined, value: { kind: 'error', span }, span }
      },
    },
  )

  protected expression = this.RULE(
    'expression',
    (): Ast.Expression => {
      const start = this.start()
      const operands = [this.SUBRULE1(this.conjunction)]
      this.MANY(() => {
        this.CONSUME(k.or)
        operands.push(this.SUBRULE2(this.conjunction))
      })
      return operands.length === 1 ? operands[0]! : { kind: 'or', operands, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected conjunction = this.RULE(
    'conjunction',
    (): Ast.Expression => {
      const start = this.start()
      const operands = [this.SUBRULE1(this.negation)]
      this.MANY(() => {
        this.CONSUME(k.and)
        operands.push(this.SUBRULE2(this.negation))
      })
      return operands.length === 1 ? operands[0]! : { kind: 'and', operands, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected negation = this.RULE(
    'negation',
    (): Ast.Expression => {
      const starts: number[] = []
      this.MANY(() => {
        starts.push(this.start())
        this.CONSUME(k.not)
      })
      const operand = this.SUBRULE(this.comparison)
      return starts.reduceRight<Ast.Expression>((inner, start) => ({ kind: 'not', operand: inner, span: this.from(start) }), operand)
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected comparison = this.RULE(
    'comparison',
    (): Ast.Expression =>
      this.choose<Ast.Expression>([
        { GATE: () => this.beginsBareAny(), ALT: () => this.SUBRULE(this.bareAny) },
        { ALT: () => this.SUBRULE(this.plainComparison) },
      ]),
    { recoveryValueFunc: () => this.failed() },
  )

  protected plainComparison = this.RULE(
    'plainComparison',
    (): Ast.Expression => {
      const start = this.start()
      const left = this.SUBRULE1(this.rounded)
      const rest = this.OPTION(() =>
        this.choose<(span: Span) => Ast.Expression>([
          {
            ALT: () => {
              const operator = this.SUBRULE(this.comparisonSign)
              const right = this.SUBRULE2(this.rounded)
              return (span) => ({ kind: 'compare', operator, left, right, span })
            },
          },
          {
            ALT: () => {
              const negated = this.SUBRULE(this.isWord)
              const right = this.SUBRULE(this.primary)
              return (span) => ({ kind: 'is', negated, left, right, span })
            },
          },
          {
            ALT: () => {
              const negated = this.SUBRULE(this.inWord)
              const right = this.SUBRULE(this.range)
              return (span) => ({ kind: 'in', negated, left, right, span })
            },
          },
          {
            ALT: () => {
              const negated = this.SUBRULE(this.hasWord)
              const right = this.SUBRULE2(this.primary)
              return (span) => ({ kind: 'has', negated, left, right, span })
            },
          },
        ]),
      )
      if (!rest) this.spareBrackets(left)
      return this.ACTION(() => (rest ? rest(this.from(start)) : left))
    },
    { recoveryValueFunc: () => this.failed() },
  )

  /** A value, or a range of values: 55..60岁, 5.., ..不满10, 超过0..5; also ..<10 and 0<..5. */
  protected range = this.RULE(
    'range',
    (): Ast.Expression => {
      const start = this.start()
      const first = this.LA(1)
      return this.choose<Ast.Expression>([
        {
          ALT: () => {
            this.CONSUME(k.above)
            const low = this.SUBRULE1(this.rounded)
            const rest = this.SUBRULE1(this.rangeEnd)
            return { kind: 'range', low, ...rest, lowOpen: true, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            const low = this.SUBRULE2(this.rounded)
            const rest = this.OPTION(() => this.SUBRULE2(this.rangeEnd))
            if (rest?.lowOpen) this.markLeftOut(first, 'above')
            return rest ? { kind: 'range', low, ...rest, span: this.from(start) } : low
          },
        },
        {
          ALT: () => {
            const rest = this.SUBRULE3(this.rangeEnd)
            return { kind: 'range', low: undefined, ...rest, lowOpen: false, span: this.from(start) }
          },
        },
      ])
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected rangeEnd = this.RULE(
    'rangeEnd',
    (): Pick<Ast.RangeNode, 'high' | 'lowOpen' | 'highOpen'> => {
      const sign = this.LA(1)
      const open = this.modifier([
        [symbols['..'], { lowOpen: false, highOpen: false }],
        [symbols['..<'], { lowOpen: false, highOpen: true }],
        [symbols['<..'], { lowOpen: true, highOpen: false }],
      ] as const)
      return this.choose<Pick<Ast.RangeNode, 'high' | 'lowOpen' | 'highOpen'>>([
        {
          ALT: () => {
            this.CONSUME(k.under)
            return { ...open, high: this.SUBRULE1(this.rounded), highOpen: true }
          },
        },
        {
          ALT: () => {
            const high = this.OPTION({
              GATE: () => !isKeyword(this.LA(1)),
              DEF: () => this.SUBRULE2(this.rounded),
            })
            const highOpen = open.highOpen && high !== undefined
            if (highOpen) this.markLeftOut(sign, 'under')
            return { ...open, high, highOpen }
          },
        },
      ])
    },
    { recoveryValueFunc: () => ({ high: this.failed(), lowOpen: false, highOpen: false }) },
  )

  protected rounded = this.RULE(
    'rounded',
    (): Ast.Expression => {
      const start = this.start()
      const operand = this.SUBRULE(this.additive)
      const rounding = this.OPTION(() => {
        this.CONSUME(k.round)
        const token = this.CONSUME(NumberToken)
        const { unit } = this.unitOf(this.CONSUME(Word))
        const mode = this.modifier([
          [k['half-up'], 'half-up'],
          [k.down, 'down'],
          [k.up, 'up'],
        ] as const)
        return { places: { count: (token as Token).value ?? '', unit }, mode }
      })
      return rounding ? { kind: 'round', operand, ...rounding, span: this.from(start) } : operand
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected additive = this.RULE(
    'additive',
    (): Ast.Expression => {
      const start = this.start()
      const terms: { sign: '+' | '-'; value: Ast.Expression }[] = [{ sign: '+', value: this.SUBRULE1(this.multiplicative) }]
      this.MANY(() => {
        const sign = this.modifier([
          [symbols['+'], '+'],
          [symbols['-'], '-'],
        ] as const)
        terms.push({ sign, value: this.SUBRULE2(this.multiplicative) })
      })
      return terms.length === 1 ? terms[0]!.value : { kind: 'sum', terms, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected multiplicative = this.RULE(
    'multiplicative',
    (): Ast.Expression => {
      const start = this.start()
      const list: { operator: '*' | '/'; value: Ast.Expression }[] = [{ operator: '*', value: this.SUBRULE1(this.unary) }]
      this.MANY(() => {
        const operator = this.modifier([
          [symbols['*'], '*'],
          [symbols['/'], '/'],
        ] as const)
        list.push({ operator, value: this.SUBRULE2(this.unary) })
      })
      return list.length === 1 ? list[0]!.value : { kind: 'product', factors: list, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected unary = this.RULE(
    'unary',
    (): Ast.Expression => {
      const starts: number[] = []
      this.MANY(() => {
        starts.push(this.start())
        this.CONSUME(symbols['-'])
      })
      const operand = this.SUBRULE(this.primary)
      return starts.reduceRight<Ast.Expression>((inner, start) => ({ kind: 'negative', operand: inner, span: this.from(start) }), operand)
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected primary = this.RULE(
    'primary',
    (): Ast.Expression => {
      const start = this.start()
      return this.choose<Ast.Expression>([
        { ALT: () => this.SUBRULE(this.number) },
        { ALT: () => this.SUBRULE(this.dateLiteral) },
        {
          ALT: () => {
            this.CONSUME(HoleValue)
            return { kind: 'error', span: this.from(start) }
          },
        },
        {
          ALT: () => {
            const { text, span } = this.SUBRULE(this.textLiteral)
            return { kind: 'text', text, span }
          },
        },
        { ALT: () => this.SUBRULE(this.yesno) },
        {
          ALT: () => {
            this.CONSUME(k.unknown)
            return { kind: 'unknown', span: this.from(start) }
          },
        },
        { ALT: () => this.SUBRULE(this.parentheses) },
        { ALT: () => this.SUBRULE(this.list) },
        { ALT: () => this.SUBRULE(this.reference) },
      ])
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected parentheses = this.RULE(
    'parentheses',
    (): Ast.Expression => {
      const start = this.start()
      this.CONSUME(symbols['('])
      const inner = this.inBrackets(() => this.SUBRULE(this.expression))
      this.SUBRULE(this.closeParenthesis)
      const unit = this.OPTION({
        GATE: () => this.isUnit(this.LA(1)),
        DEF: () => this.unitOf(this.CONSUME(Word)).unit,
      })
      return { kind: 'parentheses', inner, unit, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected list = this.RULE(
    'list',
    (): Ast.Expression => {
      const start = this.start()
      const elements: Ast.Expression[] = []
      this.CONSUME(symbols['['])
      this.within('inBareAny', false, () => this.MANY_SEP({ SEP: symbols[','], DEF: () => elements.push(this.SUBRULE(this.value)) }))
      this.SUBRULE(this.closeBracket)
      return { kind: 'list', elements, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )
}
