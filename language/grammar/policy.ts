// The grammar of a policy as a whole: tokens → tree, with chevrotain's recovery. A rule that cannot go on gives its recovery
// value, and reading continues at the next token that may follow.

import type { IToken } from 'chevrotain'
import type * as Ast from '../ast.ts'
import { keywordTokens as k, symbols, type Token } from '../tokens.ts'
import type { Surface } from '../words.ts'
import { UseGrammar } from './uses.ts'

export class HengParser extends UseGrammar {
  /** Stray tokens after the policy's closing brace: where each run begins. */
  afterEnd: IToken[] = []

  constructor() {
    super()
    this.performSelfAnalysis()
  }

  /** @param known words that the language or the text declares; another word after a number is taken for its unit */
  parse(tokens: readonly Token[], surface: Surface, known: ReadonlySet<string>, ownUnits: ReadonlySet<string>): Ast.PolicyNode {
    this.surface = surface
    this.known = known
    this.ownUnits = ownUnits
    this.afterEnd = []
    this.unfinished = []
    this.inFilter = false
    this.inRowKey = false
    this.input = tokens as Token[]
    return this.file()
  }

  // ---- the file ------------------------------------------------------------------------------------------------------

  protected file = this.RULE(
    'file',
    (): Ast.PolicyNode => {
      const policy = this.OR1([{ ALT: () => this.SUBRULE(this.policy) }, { ALT: () => this.SUBRULE(this.caseFile) }])
      const file = this.begin('policy')
      this.ACTION(() => {
        file.name = policy.name
        file.start = policy.span.start
        file.casesOnly = policy.casesOnly
        file.members.push(...policy.members)
      })
      this.MANY(() => {
        const stray = this.LA(1)
        this.ACTION(() => {
          if (this.afterEnd.length === 0) this.afterEnd.push(stray)
        })
        this.OR2([{ ALT: () => void this.CONSUME(symbols['}']) }, { ALT: () => void file.members.push(this.SUBRULE(this.member)) }])
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

  /** A file beside a policy that holds nothing but its cases. */
  protected caseFile = this.RULE(
    'caseFile',
    (): Ast.PolicyNode => {
      const file = this.begin('policy')
      this.AT_LEAST_ONE(() => file.members.push(this.SUBRULE(this.caseOf)))
      this.ACTION(() => {
        file.casesOnly = true
      })
      return this.finish(file) as Ast.PolicyNode
    },
    { recoveryValueFunc: () => this.salvage('policy') as Ast.PolicyNode },
  )

  protected member = this.RULE(
    'member',
    (): Ast.Member =>
      this.choose<Ast.Member>([
        { ALT: () => this.SUBRULE(this.header) },
        { ALT: () => this.SUBRULE(this.officialText) },
        { ALT: () => this.SUBRULE(this.inForce) },
        { ALT: () => this.SUBRULE(this.asOf) },
        { ALT: () => this.SUBRULE(this.reading) },
        { ALT: () => this.SUBRULE(this.accountedClause) },
        { ALT: () => this.SUBRULE(this.fact) },
        { ALT: () => this.SUBRULE(this.parameter) },
        { ALT: () => this.SUBRULE(this.definition) },
        { ALT: () => this.SUBRULE(this.group) },
        { ALT: () => this.SUBRULE(this.indicator) },
        { ALT: () => this.SUBRULE(this.total) },
        { ALT: () => this.SUBRULE(this.state) },
        { ALT: () => this.SUBRULE(this.scenario) },
        { ALT: () => this.SUBRULE(this.deadline) },
        { ALT: () => this.SUBRULE(this.caseOf) },
        { ALT: () => this.SUBRULE(this.use) },
        { ALT: () => this.SUBRULE(this.extend) },
        { ALT: () => this.SUBRULE(this.unit) },
      ]),
    { recoveryValueFunc: () => this.failed() },
  )

  protected header = this.RULE(
    'header',
    (): Ast.Member => {
      const start = this.start()
      const kind = this.modifier([
        [k.number, 'number'],
        [k.replaces, 'replaces'],
      ] as const)
      const text = this.SUBRULE(this.textLiteral)
      return { kind, text, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected officialText = this.RULE(
    'officialText',
    (): Ast.Member => {
      const start = this.start()
      const papers: Ast.TextLiteral[] = []
      this.CONSUME(k.text)
      this.AT_LEAST_ONE_SEP({ SEP: symbols[','], DEF: () => papers.push(this.SUBRULE(this.textLiteral)) })
      return { kind: 'text', papers, span: this.from(start) }
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
      const clauses = this.SUBRULE(this.sources)
      return { kind: 'in-force', from, to, clauses, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected asOf = this.RULE(
    'asOf',
    (): Ast.Member => {
      const start = this.start()
      const names: Ast.Name[] = []
      const values: (Ast.Expression | undefined)[] = []
      this.CONSUME(k['as-of'])
      this.AT_LEAST_ONE_SEP({
        SEP: symbols[','],
        DEF: () => {
          names.push(this.SUBRULE(this.declaredName))
          values.push(
            this.OPTION(() => {
              this.CONSUME(symbols['='])
              return this.SUBRULE(this.rounded)
            }),
          )
        },
      })
      return { kind: 'as-of', names, values, span: this.from(start) }
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
      this.MANY(() =>
        this.OR([{ ALT: () => void clauses.push(this.SUBRULE(this.boundClause)) }, { ALT: () => void clauses.push(this.SUBRULE(this.sourceClause)) }]),
      )
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
      const title = this.SUBRULE1(this.textLiteral)
      const scenario = this.OPTION1(() => {
        this.CONSUME(k.scenario)
        return this.SUBRULE1(this.usedName)
      })
      this.OPTION2(() => {
        this.CONSUME(k.on)
        this.AT_LEAST_ONE_SEP({
          SEP: symbols[','],
          DEF: () => {
            const name = this.SUBRULE2(this.usedName)
            dates.push({ name, date: this.SUBRULE(this.dateLiteral) })
          },
        })
      })
      const quota = this.OPTION3(() => this.SUBRULE(this.caseQuota))
      const seed = this.OPTION4(() => {
        this.CONSUME(k.lot)
        return this.SUBRULE2(this.textLiteral)
      })
      const given = this.choose<Pick<Ast.CaseNode, 'facts' | 'people'>>([
        {
          ALT: () => {
            this.SUBRULE1(this.open)
            const facts = this.SUBRULE1(this.fields, { ARGS: [false] })
            this.SUBRULE1(this.close)
            return { facts, people: undefined }
          },
        },
        {
          ALT: () => {
            const list = this.SUBRULE(this.list)
            return this.ACTION(() => ({ facts: [], people: list.kind === 'list' ? list.elements : [] }))
          },
        },
      ])
      this.CONSUME(k.expect)
      this.SUBRULE2(this.open)
      const expected = this.SUBRULE2(this.fields, { ARGS: [true] })
      this.SUBRULE2(this.close)
      return { kind: 'case', title, scenario, dates, quota, seed, ...given, expected, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  /** One number, or places for each list. */
  protected caseQuota = this.RULE(
    'caseQuota',
    (): NonNullable<Ast.CaseNode['quota']> => {
      const start = this.start()
      this.CONSUME(k.quota)
      const places = this.choose<Pick<NonNullable<Ast.CaseNode['quota']>, 'amount' | 'table'>>([
        { ALT: () => ({ amount: undefined, table: this.SUBRULE(this.quotaTable) }) },
        { ALT: () => ({ amount: this.SUBRULE(this.value), table: undefined }) },
      ])
      return { ...places, span: this.from(start) }
    },
    { recoveryValueFunc: () => ({ amount: this.failed(), table: undefined, span: this.failed().span }) },
  )

  // ---- other policies --------------------------------------------------------------------------------------------------

  protected use = this.RULE(
    'use',
    (): Ast.Member => {
      const start = this.start()
      this.CONSUME(k.use)
      const name = this.SUBRULE(this.usedName)
      this.CONSUME(k.from)
      const path = this.SUBRULE(this.textLiteral)
      const clauses = this.SUBRULE(this.sources)
      return { kind: 'use', name, path, clauses, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected extend = this.RULE(
    'extend',
    (): Ast.Member => {
      const start = this.start()
      const children: (Ast.GroupNode | Ast.IndicatorNode)[] = []
      this.CONSUME(k.extend)
      const path = this.SUBRULE(this.path)
      this.SUBRULE(this.open)
      this.MANY(() => this.OR([{ ALT: () => void children.push(this.SUBRULE(this.indicator)) }, { ALT: () => void children.push(this.SUBRULE(this.group)) }]))
      this.SUBRULE(this.close)
      return { kind: 'extend', path, children, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected unit = this.RULE(
    'unit',
    (): Ast.Member => {
      const start = this.start()
      this.CONSUME(k.unit)
      const name = this.SUBRULE(this.declaredName)
      const equals = this.OPTION(() => {
        this.CONSUME(symbols['='])
        return this.SUBRULE(this.number)
      })
      return { kind: 'unit', name, equals, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )
}
