// The grammar of facts, definitions, indicators and rows. Closing braces stand in the rules themselves, so that a stray token
// in a body costs nothing but itself; a body whose brace is missing is salvaged.

import type * as Ast from '../ast.ts'
import { keywordTokens as k, Name, NumberToken, symbols, type Token, Word } from '../tokens.ts'
import { byForm, type TypeId } from '../words.ts'
import { ExpressionGrammar } from './expressions.ts'
import { nothing, tokenSpan } from './reader.ts'

export abstract class ItemGrammar extends ExpressionGrammar {
  protected reading = this.RULE(
    'reading',
    () => {
      const start = this.start()
      this.CONSUME(k.reading)
      const text = this.SUBRULE1(this.textLiteral)
      const cites = this.OPTION(() => {
        this.CONSUME(k.cites)
        return this.SUBRULE2(this.textLiteral)
      })
      return { kind: 'reading' as const, text, cites, span: this.from(start) }
    },
    { recoveryValueFunc: () => ({ kind: 'reading' as const, text: { text: '', span: nothing }, cites: undefined, span: this.failed().span }) },
  )

  // ---- values --------------------------------------------------------------------------------------------------------

  protected fact = this.RULE(
    'fact',
    (): Ast.Member => {
      const start = this.start()
      const clauses: Ast.FactClause[] = []
      this.CONSUME(k.fact)
      const name = this.SUBRULE(this.declaredName)
      this.SUBRULE(this.colon)
      const type = this.SUBRULE(this.type)
      this.MANY(() => clauses.push(this.SUBRULE(this.factClause)))
      return { kind: 'fact', name, type, clauses, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected type = this.RULE(
    'type',
    (): Ast.TypeNode => {
      const start = this.start()
      // In English `text` is a keyword as well as a type.
      const word = this.OR([{ ALT: () => this.CONSUME1(Word) }, { ALT: () => this.CONSUME(k.text) }])
      this.mark(word, 'type')
      const places = this.OPTION1(() => {
        const token = this.CONSUME(NumberToken)
        const { unit } = this.unitOf(this.CONSUME2(Word))
        return { count: (token as Token).value ?? '', unit }
      })
      const unit = this.OPTION2({
        GATE: () => this.LA(2).tokenType !== symbols[':'],
        DEF: () => this.unitOf(this.CONSUME3(Word)).unit,
      })
      const members = this.OPTION3(() => this.SUBRULE(this.members))
      const text = (word as Token).value ?? ''
      return { kind: 'type', id: byForm.type[this.surface].get(text)?.id as TypeId | undefined, word: text, places, unit, members, span: this.from(start) }
    },
    {
      recoveryValueFunc: (): Ast.TypeNode => ({
        kind: 'type',
        id: undefined,
        word: '',
        places: undefined,
        unit: undefined,
        members: undefined,
        span: this.failed().span,
      }),
    },
  )

  protected members = this.RULE(
    'members',
    (): Ast.Name[] => {
      const names: Ast.Name[] = []
      this.CONSUME(symbols['['])
      this.AT_LEAST_ONE_SEP({ SEP: symbols[','], DEF: () => names.push(this.SUBRULE(this.member_)) })
      this.SUBRULE(this.closeBracket)
      return names
    },
    { recoveryValueFunc: () => [] },
  )

  /** A member of a choice; one with a digit or sign in it is written as a string. */
  protected member_ = this.RULE(
    'member_',
    (): Ast.Name => this.OR([{ ALT: () => this.nameOf(this.CONSUME(Name), 'member') }, { ALT: () => this.SUBRULE(this.textLiteral) }]),
    { recoveryValueFunc: () => ({ text: '', span: this.failed().span }) },
  )

  protected factClause = this.RULE(
    'factClause',
    (): Ast.FactClause => {
      const start = this.start()
      return this.choose<Ast.FactClause>([
        {
          ALT: () => {
            this.CONSUME(k.source)
            const text = this.SUBRULE(this.textLiteral)
            return { kind: 'source', text, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k.range)
            const range = this.SUBRULE(this.range)
            return { kind: 'range', range, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k.default)
            const value = this.SUBRULE(this.value)
            return { kind: 'default', value, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k.required)
            return { kind: 'required', span: this.from(start) }
          },
        },
      ])
    },
    { recoveryValueFunc: (): Ast.FactClause => this.failed() },
  )

  protected definition = this.RULE(
    'definition',
    (): Ast.Member => {
      const start = this.start()
      this.CONSUME(k.define)
      const name = this.SUBRULE(this.declaredName)
      const type = this.OPTION(() => {
        this.CONSUME(symbols[':'])
        return this.SUBRULE(this.type)
      })
      const body = this.SUBRULE(this.definitionBody)
      return { kind: 'definition', name, type, body, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected definitionBody = this.RULE(
    'definitionBody',
    (): Ast.DefinitionNode['body'] =>
      this.choose<Ast.DefinitionNode['body']>([
        {
          ALT: () => {
            this.CONSUME(symbols['='])
            return { kind: 'value', value: this.SUBRULE(this.expression) }
          },
        },
        {
          ALT: () => {
            const cases: Ast.DefinitionCase[] = []
            this.CONSUME(symbols['{'])
            this.MANY(() => cases.push(this.SUBRULE(this.definitionCase)))
            this.SUBRULE(this.close)
            return { kind: 'cases', cases }
          },
        },
      ]),
    { recoveryValueFunc: (): Ast.DefinitionNode['body'] => ({ kind: 'value', value: this.failed() }) },
  )

  protected definitionCase = this.RULE(
    'definitionCase',
    (): Ast.DefinitionCase => {
      const start = this.start()
      const condition = this.choose<Ast.Expression | undefined>([
        {
          ALT: () => {
            this.CONSUME(k.when)
            return this.SUBRULE1(this.expression)
          },
        },
        { ALT: () => void this.CONSUME(k.otherwise) },
      ])
      this.CONSUME(k.gives)
      const value = this.SUBRULE2(this.expression)
      return { condition, value, span: this.from(start) }
    },
    { recoveryValueFunc: () => ({ condition: this.failed(), value: this.failed(), span: this.failed().span }) },
  )

  // ---- items ---------------------------------------------------------------------------------------------------------

  protected group = this.RULE(
    'group',
    (): Ast.GroupNode => {
      const group = this.begin('group')
      this.CONSUME(k.group)
      group.name = this.SUBRULE(this.declaredName)
      this.MANY1(() => group.clauses.push(this.SUBRULE1(this.clause)))
      this.SUBRULE(this.open)
      this.MANY2(() =>
        this.OR([
          { ALT: () => void group.children.push(this.SUBRULE(this.indicator)) },
          { ALT: () => void group.children.push(this.SUBRULE(this.group)) },
          { ALT: () => void group.clauses.push(this.SUBRULE(this.reading)) },
        ]),
      )
      this.CONSUME(symbols['}'])
      return this.finish(group) as Ast.GroupNode
    },
    { recoveryValueFunc: () => this.salvage('group') as Ast.GroupNode },
  )

  protected indicator = this.RULE(
    'indicator',
    (): Ast.IndicatorNode => {
      const indicator = this.begin('indicator')
      this.CONSUME(k.indicator)
      indicator.name = this.SUBRULE(this.declaredName)
      this.MANY1(() => indicator.clauses.push(this.SUBRULE1(this.clause)))
      this.SUBRULE(this.open)
      this.MANY2(() => indicator.rows.push(this.SUBRULE(this.row)))
      this.CONSUME(symbols['}'])
      return this.finish(indicator) as Ast.IndicatorNode
    },
    { recoveryValueFunc: () => this.salvage('indicator') as Ast.IndicatorNode },
  )

  protected clause = this.RULE(
    'clause',
    (): Ast.Clause => {
      const start = this.start()
      return this.choose<Ast.Clause>([
        {
          ALT: () => {
            const kind = this.SUBRULE(this.bound)
            const amount = this.SUBRULE(this.rounded)
            return { kind, amount, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            const mode = this.SUBRULE(this.mode)
            return { kind: 'mode', mode, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k.cites)
            const text = this.SUBRULE1(this.textLiteral)
            return { kind: 'cites', text, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k.unsourced)
            const text = this.SUBRULE2(this.textLiteral)
            return { kind: 'unsourced', text, span: this.from(start) }
          },
        },
        { ALT: () => this.SUBRULE(this.reading) },
      ])
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected bound = this.RULE('bound', (): 'max' | 'min' =>
    this.modifier([
      [k.max, 'max'],
      [k.min, 'min'],
    ] as const),
  )

  protected mode = this.RULE(
    'mode',
    (): Ast.Mode =>
      this.modifier([
        [k.sum, 'sum'],
        [k.highest, 'highest'],
        [k.first, 'first'],
      ] as const),
  )

  protected row = this.RULE(
    'row',
    (): Ast.RowNode => {
      const start = this.start()
      const awards: Ast.Award[] = []
      const clauses: Ast.Clause[] = []
      const head = this.OPTION(() =>
        this.choose<Pick<Ast.RowNode, 'guard' | 'condition'>>([
          {
            ALT: () => {
              this.CONSUME(k.when)
              return { guard: 'when', condition: this.SUBRULE(this.expression) }
            },
          },
          {
            ALT: () => {
              this.CONSUME(k.otherwise)
              return { guard: 'otherwise', condition: undefined }
            },
          },
          {
            ALT: () => {
              this.CONSUME(k.base)
              return { guard: 'always', condition: undefined }
            },
          },
        ]),
      ) ?? { guard: 'always' as const, condition: undefined }
      awards.push(this.SUBRULE1(this.award))
      this.MANY1(() => {
        this.CONSUME(k.plus)
        awards.push(this.SUBRULE2(this.award))
      })
      this.MANY2(() => clauses.push(this.SUBRULE(this.clause)))
      return { kind: 'row', ...head, awards, clauses, span: this.from(start) }
    },
    {
      recoveryValueFunc: (): Ast.RowNode => {
        const { span } = this.failed()
        return { kind: 'row', guard: 'always', condition: undefined, awards: [{ kind: 'error', span }], clauses: [], span }
      },
    },
  )

  protected award = this.RULE(
    'award',
    (): Ast.Award =>
      this.choose<Ast.Award>([{ ALT: () => this.SUBRULE(this.flat) }, { ALT: () => this.SUBRULE(this.rate) }, { ALT: () => this.SUBRULE(this.table) }]),
    { recoveryValueFunc: () => this.failed() },
  )

  protected sign = this.RULE('sign', (): 1 | -1 =>
    this.modifier([
      [k.award, 1],
      [k.deduct, -1],
    ] as const),
  )

  protected flat = this.RULE(
    'flat',
    (): Ast.Award => {
      const start = this.start()
      const sign = this.SUBRULE(this.sign)
      const amount = this.SUBRULE(this.rounded)
      return { kind: 'flat', sign, amount, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected rate = this.RULE(
    'rate',
    (): Ast.Award => {
      const start = this.start()
      const written = this.modifier([
        [k.per, 'proportional'],
        [k['per-full'], 'full'],
      ] as const)
      const per = this.SUBRULE(this.number)
      const quantity = this.SUBRULE(this.primary)
      const roundedUp = this.OPTION(() => this.CONSUME(k['rounded-up']))
      const sign = this.SUBRULE(this.sign)
      const amount = this.SUBRULE(this.rounded)
      const steps = roundedUp && written === 'proportional' ? 'started' : written
      const contradiction = roundedUp && written === 'full' ? tokenSpan(roundedUp) : undefined
      return { kind: 'rate', steps, contradiction, sign, per, quantity, amount, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected table = this.RULE(
    'table',
    (): Ast.Award => {
      const start = this.start()
      const keys: Ast.Expression[] = []
      const values: Ast.Expression[] = []
      this.CONSUME(k.table)
      const subject = this.SUBRULE(this.primary)
      const sign = this.SUBRULE(this.sign)
      this.SUBRULE(this.open)
      this.CONSUME(k.columns)
      this.AT_LEAST_ONE_SEP1({ SEP: symbols[','], DEF: () => keys.push(this.SUBRULE(this.range)) })
      this.CONSUME(k.row)
      this.AT_LEAST_ONE_SEP2({ SEP: symbols[','], DEF: () => values.push(this.SUBRULE(this.rounded)) })
      this.SUBRULE(this.close)
      return { kind: 'table', sign, subject, keys, values, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )
}
