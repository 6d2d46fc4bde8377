// The grammar. Tokens → tree, with chevrotain's recovery: a rule that cannot go on gives its recovery value and parsing
// continues at the next token that may follow. Closing brackets are rules of their own, so that a missing one costs
// nothing but itself. Two tokens of lookahead are enough everywhere.

import { EmbeddedActionsParser, EOF, type IParserErrorMessageProvider, type IToken, type TokenType } from 'chevrotain'
import type * as Ast from './ast.ts'
import type { Span } from './span.ts'
import { DateToken, isKeyword, keywordTokens as k, Name, NumberToken, type Role, symbols, Text, type Token, allTokens, Word } from './tokens.ts'
import { byForm, factors, type FunctionId, type OutcomeKey, type Surface, type TypeId, unnamedTotal } from './words.ts'

/** Messages carry the name of the expected token type and nothing else; prose is the catalogue's. */
const expectedNames: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => expected.name,
  buildNotAllInputParsedMessage: () => '',
  buildNoViableAltMessage: () => '',
  buildEarlyExitMessage: () => '',
}

const nothing: Span = { start: 0, end: 0 }

/** A policy, group or indicator while it is being read. */
interface Unfinished {
  readonly kind: 'policy' | 'group' | 'indicator'
  start: number
  name: Ast.Name
  readonly members: Ast.Member[]
  readonly clauses: Ast.Clause[]
  readonly children: (Ast.GroupNode | Ast.IndicatorNode)[]
  readonly rows: Ast.RowNode[]
}

export class HengParser extends EmbeddedActionsParser {
  private surface: Surface = 'zh'
  private known: ReadonlySet<string> = new Set()
  /** Stray tokens after the policy's closing brace: where each run begins. */
  afterEnd: IToken[] = []
  private unfinished: Unfinished[] = []

  constructor() {
    super(allTokens, { recoveryEnabled: true, maxLookahead: 2, errorMessageProvider: expectedNames, skipValidations: true })
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

  // ---- what an error inside must not lose --------------------------------------------------------------------------------

  private begin(kind: Unfinished['kind']): Unfinished {
    const entry: Unfinished = { kind, start: this.start(), name: { text: '', span: nothing }, members: [], clauses: [], children: [], rows: [] }
    if (!this.RECORDING_PHASE) this.unfinished.push(entry)
    return entry
  }

  private finish(entry: Unfinished): Ast.PolicyNode | Ast.GroupNode | Ast.IndicatorNode {
    this.unfinished.length = Math.max(0, this.unfinished.lastIndexOf(entry))
    const { start, name, members, clauses, children, rows } = entry
    const span = this.from(start)
    switch (entry.kind) {
      case 'policy':
        return { kind: 'policy', surface: this.surface, name, members, span }
      case 'group':
        return { kind: 'group', name, clauses, children, span }
      case 'indicator':
        return { kind: 'indicator', name, clauses, rows, span }
    }
  }

  /** The innermost unfinished part of this kind, with the unfinished parts inside it put where they belong. */
  private salvage(kind: Unfinished['kind']): Ast.PolicyNode | Ast.GroupNode | Ast.IndicatorNode {
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

  private start(): number {
    return this.LA(1).startOffset
  }

  /** From `start` to the end of the token consumed last. */
  private from(start: number): Span {
    const last = this.LA(0)
    const end = Number.isNaN(last.startOffset) ? start : (last.endOffset ?? last.startOffset) + 1
    return Number.isNaN(start) ? { start: end, end } : { start, end: Math.max(start, end) }
  }

  /** An error node that covers the token where reading failed. */
  private failed(): Ast.ErrorNode {
    const token = this.LA(1)
    const span = token.tokenType === EOF || Number.isNaN(token.startOffset) ? this.from(Number.NaN) : tokenSpan(token)
    return { kind: 'error', span }
  }

  private mark(token: IToken, role: Role) {
    if (!this.RECORDING_PHASE) (token as Token).role = role
  }

  private nameOf(token: IToken, role: Role): Ast.Name {
    const isTotal = token.tokenType === k.total
    this.mark(token, isTotal ? 'total' : role)
    return { text: isTotal ? unnamedTotal : ((token as Token).value ?? ''), span: tokenSpan(token) }
  }

  private unitOf(token: IToken): { factor: bigint; unit: Ast.UnitWord | undefined } {
    this.mark(token, 'unit')
    const word = (token as Token).value ?? ''
    const factor = byForm.unit[this.surface].has(word) ? undefined : factors.find(({ zh }) => word.startsWith(zh))
    const rest = factor ? word.slice(factor.zh.length) : word
    const unit = rest === '' ? undefined : { word: rest, id: byForm.unit[this.surface].get(rest)?.id, span: tokenSpan(token) }
    return { factor: factor?.value ?? 1n, unit }
  }

  /** A word is a unit when it is known to be one or stands straight after what it belongs to. */
  private unitFollows(): boolean {
    const token = this.LA(1)
    if (token.tokenType !== Word || this.LA(2).tokenType === symbols[':']) return false
    const word = (token as Token).value
    if (byForm.unit[this.surface].has(word)) return true
    if (factors.some(({ zh }) => word.startsWith(zh) && (word === zh || byForm.unit.zh.has(word.slice(zh.length))))) return this.surface === 'zh'
    const distance = token.startOffset - (this.LA(0).endOffset ?? 0) - 1
    return distance === 0 || (distance === 1 && this.surface === 'en' && !this.known.has(word))
  }

  /** One of several alternatives, all of one type. */
  private choose<T>(alternatives: { readonly ALT: () => T }[]): T {
    return this.OR(alternatives)
  }

  private modifier<T>(choices: readonly (readonly [TokenType, T])[]): T {
    return this.OR1(
      choices.map(([type, value]) => ({
        ALT: () => {
          this.CONSUME(type)
          return value
        },
      })),
    )
  }

  // ---- the file ------------------------------------------------------------------------------------------------------

  private file = this.RULE(
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

  private policy = this.RULE(
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

  private open = this.RULE('open', () => void this.CONSUME(symbols['{']), { recoveryValueFunc: () => undefined })
  private close = this.RULE('close', () => void this.CONSUME(symbols['}']), { recoveryValueFunc: () => undefined })
  private closeParenthesis = this.RULE('closeParenthesis', () => void this.CONSUME(symbols[')']), { recoveryValueFunc: () => undefined })
  private closeBracket = this.RULE('closeBracket', () => void this.CONSUME(symbols[']']), { recoveryValueFunc: () => undefined })
  private colon = this.RULE('colon', () => void this.CONSUME(symbols[':']), { recoveryValueFunc: () => undefined })

  private declaredName = this.RULE('declaredName', (): Ast.Name => this.nameOf(this.CONSUME(Name), 'declaration'), {
    recoveryValueFunc: (): Ast.Name => ({ text: '', span: this.failed().span }),
  })

  private usedName = this.RULE('usedName', (): Ast.Name => this.nameOf(this.CONSUME(Name), 'name'), {
    recoveryValueFunc: (): Ast.Name => ({ text: '', span: this.failed().span }),
  })

  private textLiteral = this.RULE(
    'textLiteral',
    (): Ast.TextLiteral => {
      const token = this.CONSUME(Text)
      return { text: (token as Token).value ?? '', span: tokenSpan(token) }
    },
    { recoveryValueFunc: () => ({ text: '', span: this.failed().span }) },
  )

  private dateLiteral = this.RULE(
    'dateLiteral',
    (): Ast.DateLiteral => {
      const token = this.CONSUME(DateToken)
      return { kind: 'date', value: (token as Token).value ?? '', span: tokenSpan(token) }
    },
    { recoveryValueFunc: (): Ast.DateLiteral => ({ kind: 'date', value: '', span: this.failed().span }) },
  )

  private member = this.RULE(
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

  private header = this.RULE(
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

  private inForce = this.RULE(
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

  private asOf = this.RULE(
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

  private reading = this.RULE(
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

  private accountedClause = this.RULE(
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

  // ---- values --------------------------------------------------------------------------------------------------------

  private fact = this.RULE(
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

  private type = this.RULE(
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

  private members = this.RULE(
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
  private member_ = this.RULE(
    'member_',
    (): Ast.Name => this.OR([{ ALT: () => this.nameOf(this.CONSUME(Name), 'member') }, { ALT: () => this.SUBRULE(this.textLiteral) }]),
    { recoveryValueFunc: () => ({ text: '', span: this.failed().span }) },
  )

  private factClause = this.RULE(
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

  private definition = this.RULE(
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

  private definitionBody = this.RULE(
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

  private definitionCase = this.RULE(
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

  private group = this.RULE(
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

  private indicator = this.RULE(
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

  private clause = this.RULE(
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

  private bound = this.RULE('bound', (): 'max' | 'min' =>
    this.modifier([
      [k.max, 'max'],
      [k.min, 'min'],
    ] as const),
  )

  private mode = this.RULE(
    'mode',
    (): Ast.Mode =>
      this.modifier([
        [k.sum, 'sum'],
        [k.highest, 'highest'],
        [k.first, 'first'],
      ] as const),
  )

  private row = this.RULE(
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

  private award = this.RULE(
    'award',
    (): Ast.Award =>
      this.choose<Ast.Award>([{ ALT: () => this.SUBRULE(this.flat) }, { ALT: () => this.SUBRULE(this.rate) }, { ALT: () => this.SUBRULE(this.table) }]),
    { recoveryValueFunc: () => this.failed() },
  )

  private sign = this.RULE('sign', (): 1 | -1 =>
    this.modifier([
      [k.award, 1],
      [k.deduct, -1],
    ] as const),
  )

  private flat = this.RULE(
    'flat',
    (): Ast.Award => {
      const start = this.start()
      const sign = this.SUBRULE(this.sign)
      const amount = this.SUBRULE(this.rounded)
      return { kind: 'flat', sign, amount, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  private rate = this.RULE(
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

  private table = this.RULE(
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

  private total = this.RULE(
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

  private caseOf = this.RULE(
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

  private fields = this.RULE(
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

  private field = this.RULE(
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
  private value = this.RULE(
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
        { ALT: () => this.SUBRULE2(this.primary) },
      ])
    },
    { recoveryValueFunc: () => this.failed() },
  )

  // ---- expressions, loosest first --------------------------------------------------------------------------------------

  private expression = this.RULE(
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

  private conjunction = this.RULE(
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

  private negation = this.RULE(
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

  private comparison = this.RULE(
    'comparison',
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
      return this.ACTION(() => (rest ? rest(this.from(start)) : left))
    },
    { recoveryValueFunc: () => this.failed() },
  )

  private comparisonSign = this.RULE(
    'comparisonSign',
    (): Ast.Comparison => this.modifier((['=', '!=', '<=', '>=', '<', '>'] as const).map((form) => [symbols[form], form] as const)),
  )

  private isWord = this.RULE('isWord', (): boolean =>
    this.modifier([
      [k.is, false],
      [k['is-not'], true],
    ] as const),
  )

  private inWord = this.RULE('inWord', (): boolean =>
    this.modifier([
      [k.in, false],
      [k['not-in'], true],
    ] as const),
  )

  private hasWord = this.RULE('hasWord', (): boolean =>
    this.modifier([
      [k.has, false],
      [k['has-not'], true],
    ] as const),
  )

  /** A value, or a range of values: 55..60岁, 5.., ..<10, 0<..5. */
  private range = this.RULE(
    'range',
    (): Ast.Expression => {
      const start = this.start()
      const low = this.OPTION1(() => this.SUBRULE1(this.rounded))
      const dots = this.OPTION2(() => {
        const open = this.modifier([
          [symbols['..'], { lowOpen: false, highOpen: false }],
          [symbols['..<'], { lowOpen: false, highOpen: true }],
          [symbols['<..'], { lowOpen: true, highOpen: false }],
        ] as const)
        const high = this.OPTION3({
          GATE: () => !isKeyword(this.LA(1)),
          DEF: () => this.SUBRULE2(this.rounded),
        })
        return { ...open, high }
      })
      if (!dots) return low ?? this.failed()
      return { kind: 'range', low, ...dots, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  private rounded = this.RULE(
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

  private additive = this.RULE(
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

  private multiplicative = this.RULE(
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

  private unary = this.RULE(
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

  private primary = this.RULE(
    'primary',
    (): Ast.Expression => {
      const start = this.start()
      return this.choose<Ast.Expression>([
        { ALT: () => this.SUBRULE(this.number) },
        { ALT: () => this.SUBRULE(this.dateLiteral) },
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

  private number = this.RULE(
    'number',
    (): Ast.NumberLiteral => {
      const start = this.start()
      const token = this.CONSUME(NumberToken)
      const unit = this.OPTION({ GATE: () => this.unitFollows(), DEF: () => this.unitOf(this.CONSUME(Word)) })
      const digits = (token as Token).value ?? '0'
      return this.ACTION(() => ({ kind: 'number', value: unit ? times(digits, unit.factor) : digits, unit: unit?.unit, span: this.from(start) }))
    },
    { recoveryValueFunc: (): Ast.NumberLiteral => ({ kind: 'number', value: '', unit: undefined, span: this.failed().span }) },
  )

  private yesno = this.RULE('yesno', (): Ast.Expression => {
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

  private parentheses = this.RULE(
    'parentheses',
    (): Ast.Expression => {
      const start = this.start()
      this.CONSUME(symbols['('])
      const inner = this.SUBRULE(this.expression)
      this.SUBRULE(this.closeParenthesis)
      const unit = this.OPTION({
        GATE: () => byForm.unit[this.surface].has((this.LA(1) as Token).value),
        DEF: () => this.unitOf(this.CONSUME(Word)).unit,
      })
      return { kind: 'parentheses', inner, unit, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  private list = this.RULE(
    'list',
    (): Ast.Expression => {
      const start = this.start()
      const elements: Ast.Expression[] = []
      this.CONSUME(symbols['['])
      this.MANY_SEP({ SEP: symbols[','], DEF: () => elements.push(this.SUBRULE(this.value)) })
      this.SUBRULE(this.closeBracket)
      return { kind: 'list', elements, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  private path = this.RULE(
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

  private reference = this.RULE(
    'reference',
    (): Ast.Expression => {
      const start = this.start()
      const token = this.LA(1)
      const path = this.SUBRULE(this.path)
      const args = this.OPTION(() => {
        const list: Ast.Expression[] = []
        this.CONSUME(symbols['('])
        this.MANY_SEP({ SEP: symbols[','], DEF: () => list.push(this.SUBRULE(this.expression)) })
        this.SUBRULE(this.closeParenthesis)
        return list
      })
      return this.ACTION((): Ast.Expression => {
        const span = this.from(start)
        const name = path.names[0]
        if (!args || !name) return path.names.length === 0 ? { kind: 'error', span } : { kind: 'reference', path, span }
        const known = byForm.function[this.surface].get(name.text)?.id as FunctionId | undefined
        if (known) this.mark(token, 'function')
        return { kind: 'call', name, function: known, arguments: args, span }
      })
    },
    { recoveryValueFunc: () => this.failed() },
  )
}

const tokenSpan = (token: IToken): Span =>
  Number.isNaN(token.startOffset) ? nothing : { start: token.startOffset, end: (token.endOffset ?? token.startOffset) + 1 }

/** A literal's digits times a factor such as 万, in decimal. */
function times(digits: string, factor: bigint): string {
  if (factor === 1n) return digits
  const [whole = '0', fraction = ''] = digits.split('.')
  const scaled = (BigInt(whole + fraction) * factor).toString().padStart(fraction.length + 1, '0')
  if (fraction === '') return scaled
  const point = scaled.length - fraction.length
  const rest = scaled.slice(point).replace(/0+$/, '')
  return rest === '' ? scaled.slice(0, point) : `${scaled.slice(0, point)}.${rest}`
}
