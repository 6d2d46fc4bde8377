// The grammar of a policy as a whole: tokens → tree, with chevrotain's recovery. A rule that cannot go on gives its recovery
// value, and reading continues at the next token that may follow.

import type { IToken } from 'chevrotain'
import type * as Ast from '../ast.ts'
import { keywordTokens as k, symbols, type Token } from '../tokens.ts'
import { byForm, type OutcomeKey, type Surface } from '../words.ts'
import { ItemGrammar } from './items.ts'

export class HengParser extends ItemGrammar {
  /** Stray tokens after the policy's closing brace: where each run begins. */
  afterEnd: IToken[] = []

  constructor() {
    super()
    this.performSelfAnalysis()
  }

  /** @param known words that the language or the text declares; another word after a number is taken for its unit */
  parse(tokens: readonly Token[], surface: Surface, known: ReadonlySet<string>): Ast.PolicyNode {
    this.surface = surface
    this.known = known
    this.afterEnd = []
    this.unfinished = []
    this.input = tokens as Token[]
    return this.file()
  }

  // ---- the file ------------------------------------------------------------------------------------------------------

  protected file = this.RULE(
    'file',
    (): Ast.PolicyNode => {
      const policy = this.SUBRULE(this.policy)
      const file = this.begin('policy')
      this.ACTION(() => {
        file.name = policy.name
        file.start = policy.span.start
        file.members.push(...policy.members)
      })
      this.MANY(() => {
        const stray = this.LA(1)
        this.ACTION(() => {
          if (this.afterEnd.length === 0) this.afterEnd.push(stray)
        })
        this.OR([{ ALT: () => void this.CONSUME(symbols['}']) }, { ALT: () => void file.members.push(this.SUBRULE(this.member)) }])
      })
      return this.finish(file) as Ast.PolicyNode
    },
    { recoveryValueFunc: () => this.salvage('policy') as Ast.PolicyNode },
  )

  protected policy = this.RULE(
    'policy',
    (): Ast.PolicyNode => {
      const policy = this.begin('policy')
      this.CONSUME(k.policy)
      policy.name = this.SUBRULE(this.declaredName)
      this.SUBRULE(this.open)
      this.MANY(() => policy.members.push(this.SUBRULE(this.member)))
      this.CONSUME(symbols['}'])
      return this.finish(policy) as Ast.PolicyNode
    },
    { recoveryValueFunc: () => this.salvage('policy') as Ast.PolicyNode },
  )

  protected member = this.RULE(
    'member',
    (): Ast.Member =>
      this.choose<Ast.Member>([
        { ALT: () => this.SUBRULE(this.header) },
        { ALT: () => this.SUBRULE(this.inForce) },
        { ALT: () => this.SUBRULE(this.asOf) },
        { ALT: () => this.SUBRULE(this.reading) },
        { ALT: () => this.SUBRULE(this.accountedClause) },
        { ALT: () => this.SUBRULE(this.fact) },
        { ALT: () => this.SUBRULE(this.definition) },
        { ALT: () => this.SUBRULE(this.group) },
        { ALT: () => this.SUBRULE(this.indicator) },
        { ALT: () => this.SUBRULE(this.total) },
        { ALT: () => this.SUBRULE(this.caseOf) },
      ]),
    { recoveryValueFunc: () => this.failed() },
  )

  protected header = this.RULE(
    'header',
    (): Ast.Member => {
      const start = this.start()
      const kind = this.modifier([
        [k.number, 'number'],
        [k.text, 'text'],
        [k.replaces, 'replaces'],
      ] as const)
      const text = this.SUBRULE(this.textLiteral)
      return { kind, text, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected inForce = this.RULE(
    'inForce',
    (): Ast.Member => {
      const start = this.start()
      this.CONSUME(k['in-force'])
      const from = this.SUBRULE1(this.dateLiteral)
      const to = this.OPTION(() => {
        this.CONSUME(k.to)
        return this.SUBRULE2(this.dateLiteral)
      })
      return { kind: 'in-force', from, to, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected asOf = this.RULE(
    'asOf',
    (): Ast.Member => {
      const start = this.start()
      const names: Ast.Name[] = []
      this.CONSUME(k['as-of'])
      this.AT_LEAST_ONE_SEP({ SEP: symbols[','], DEF: () => names.push(this.SUBRULE(this.declaredName)) })
      return { kind: 'as-of', names, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected accountedClause = this.RULE(
    'accountedClause',
    (): Ast.Member => {
      const start = this.start()
      this.CONSUME(k.clause)
      const clause = this.SUBRULE1(this.textLiteral)
      const how = this.modifier([
        [k.procedural, 'procedural'],
        [k.omitted, 'omitted'],
      ] as const)
      const reason = this.SUBRULE2(this.textLiteral)
      return { kind: 'clause', clause, how, reason, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected total = this.RULE(
    'total',
    (): Ast.Member => {
      const start = this.start()
      const clauses: Ast.Clause[] = []
      this.mark(this.CONSUME(k.total), 'total')
      const name = this.OPTION(() => this.SUBRULE(this.declaredName))
      this.CONSUME(symbols['='])
      const value = this.SUBRULE(this.rounded)
      this.MANY(() => clauses.push(this.SUBRULE(this.clause)))
      return { kind: 'total', name, value, clauses, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  // ---- cases ---------------------------------------------------------------------------------------------------------

  protected caseOf = this.RULE(
    'case',
    (): Ast.Member => {
      const start = this.start()
      const dates: Ast.CaseNode['dates'][number][] = []
      this.CONSUME(k.case)
      const title = this.SUBRULE(this.textLiteral)
      this.OPTION(() => {
        this.CONSUME(k.on)
        this.AT_LEAST_ONE_SEP({
          SEP: symbols[','],
          DEF: () => {
            const name = this.SUBRULE(this.usedName)
            dates.push({ name, date: this.SUBRULE(this.dateLiteral) })
          },
        })
      })
      this.SUBRULE1(this.open)
      const facts = this.SUBRULE1(this.fields, { ARGS: [false] })
      this.SUBRULE1(this.close)
      this.CONSUME(k.expect)
      this.SUBRULE2(this.open)
      const expected = this.SUBRULE2(this.fields, { ARGS: [true] })
      this.SUBRULE2(this.close)
      return { kind: 'case', title, dates, facts, expected, span: this.from(start) }
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

  /** A value as facts have it: a literal, a member, a list. */
}
