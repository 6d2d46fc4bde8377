// The grammar of groups and indicators. Closing braces stand in the rules themselves, so that a stray token in a body costs
// nothing but itself; a body whose brace is missing is salvaged.

import type * as Ast from '../ast.ts'
import { keywordTokens as k, symbols } from '../tokens.ts'
import { RowGrammar } from './rows.ts'

export abstract class ItemGrammar extends RowGrammar {
  protected group = this.RULE(
    'group',
    (): Ast.GroupNode | Ast.IndicatorNode => {
      const group = this.begin('group')
      const deducts = this.modifier([
        [k.group, false],
        [k.deductions, true],
      ] as const)
      this.ACTION(() => {
        group.deducts = deducts
      })
      group.name = this.SUBRULE(this.declaredName)
      this.MANY1(() => group.clauses.push(this.SUBRULE1(this.clause)))
      this.SUBRULE(this.open)
      this.MANY2(() =>
        this.OR([
          { ALT: () => void group.children.push(this.SUBRULE(this.indicator)) },
          { ALT: () => void group.children.push(this.SUBRULE(this.group)) },
          { ALT: () => void group.clauses.push(this.SUBRULE(this.reading)) },
          { ALT: () => this.define(group, this.SUBRULE(this.definition)) },
          { ALT: () => void group.rows.push(this.SUBRULE(this.row)) },
        ]),
      )
      this.CONSUME(symbols['}'])
      return this.finish(group) as Ast.GroupNode | Ast.IndicatorNode
    },
    { recoveryValueFunc: () => this.salvage('group') as Ast.GroupNode | Ast.IndicatorNode },
  )

  protected indicator = this.RULE(
    'indicator',
    (): Ast.IndicatorNode => {
      const indicator = this.begin('indicator')
      this.CONSUME(k.indicator)
      indicator.name = this.SUBRULE(this.declaredName)
      this.MANY1(() => indicator.clauses.push(this.SUBRULE1(this.clause)))
      this.SUBRULE(this.open)
      this.MANY2(() =>
        this.OR([
          { ALT: () => void indicator.rows.push(this.SUBRULE(this.row)) },
          { ALT: () => this.define(indicator, this.SUBRULE(this.definition)) },
          { ALT: () => void indicator.clauses.push(this.SUBRULE(this.reading)) },
        ]),
      )
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
            const mode = this.SUBRULE(this.mode)
            return { kind: 'mode', mode, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k.extensible)
            return { kind: 'extensible', span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k.live)
            this.CONSUME(k.from)
            const from = this.SUBRULE1(this.rounded)
            this.CONSUME(k.to)
            const to = this.SUBRULE2(this.rounded)
            this.CONSUME(k.on)
            const on = this.SUBRULE3(this.rounded)
            return { kind: 'live', from, to, on, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k.spend)
            const list = this.SUBRULE(this.path)
            this.CONSUME(k.deduct)
            const amount = this.SUBRULE4(this.rounded)
            return { kind: 'spend', list, amount, span: this.from(start) }
          },
        },
        { ALT: () => this.SUBRULE(this.rowClause) },
      ])
    },
    { recoveryValueFunc: () => this.failed() },
  )
}
