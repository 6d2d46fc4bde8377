// The grammar of readings, facts and definitions.

import type * as Ast from '../ast.ts'
import { HoleType, keywordTokens as k, Name, NumberToken, symbols, type Token, Word } from '../tokens.ts'
import { byForm, type TypeId } from '../words.ts'
import { ExpressionGrammar } from './expressions.ts'
import { nothing } from './reader.ts'

export abstract class FactGrammar extends ExpressionGrammar {
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
      const word = this.OR([{ ALT: () => this.CONSUME1(Word) }, { ALT: () => this.CONSUME(k.text) }, { ALT: () => this.CONSUME(HoleType) }])
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
      const id = byForm.type[this.surface].get(text)?.id as TypeId | undefined
      const fields = this.OPTION4({ GATE: () => id === 'records' || id === 'periods', DEF: () => this.SUBRULE(this.fieldList) })
      return { kind: 'type', id, word: text, places, unit, members, fields, span: this.from(start) }
    },
    {
      recoveryValueFunc: (): Ast.TypeNode => ({
        kind: 'type',
        id: undefined,
        word: '',
        places: undefined,
        unit: undefined,
        members: undefined,
        fields: undefined,
        span: this.failed().span,
      }),
    },
  )

  protected fieldList = this.RULE(
    'fieldList',
    (): Ast.FieldNode[] => {
      const fields: Ast.FieldNode[] = []
      this.CONSUME(symbols['{'])
      this.MANY(() => {
        fields.push(this.SUBRULE(this.fieldDeclaration))
        this.OPTION(() => this.OR([{ ALT: () => this.CONSUME(symbols[',']) }, { ALT: () => this.CONSUME(symbols[';']) }]))
      })
      this.CONSUME(symbols['}'])
      return fields
    },
    { recoveryValueFunc: () => [] },
  )

  protected fieldDeclaration = this.RULE(
    'fieldDeclaration',
    (): Ast.FieldNode => {
      const start = this.start()
      const clauses: Ast.FactClause[] = []
      const name = this.SUBRULE(this.declaredName)
      this.SUBRULE(this.colon)
      const type = this.SUBRULE(this.type)
      this.MANY({ GATE: () => this.LA(2).tokenType !== symbols[':'], DEF: () => clauses.push(this.SUBRULE(this.factClause)) })
      return { name, type, clauses, span: this.from(start) }
    },
    {
      recoveryValueFunc: (): Ast.FieldNode => {
        const { span } = this.failed()
        const type: Ast.TypeNode = { kind: 'type', id: undefined, word: '', places: undefined, unit: undefined, members: undefined, fields: undefined, span }
        return { name: { text: '', span }, type, clauses: [], span }
      },
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
            const text = this.SUBRULE1(this.textLiteral)
            return { kind: 'source', text, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k['audited-by'])
            const text = this.SUBRULE2(this.textLiteral)
            return { kind: 'audited-by', text, span: this.from(start) }
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
        {
          ALT: () => {
            this.CONSUME(k.unique)
            return { kind: 'unique', span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k.household)
            const key = this.SUBRULE(this.usedName)
            return { kind: 'household', key, span: this.from(start) }
          },
        },
      ])
    },
    { recoveryValueFunc: (): Ast.FactClause => this.failed() },
  )

  protected definition = this.RULE(
    'definition',
    (): Ast.DefinitionNode | Ast.ErrorNode => {
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
}
