// The grammar of what is done with the points: parameters, states, scenarios with ranking and quota, and deadlines.

import type * as Ast from '../ast.ts'
import { keywordTokens as k, symbols } from '../tokens.ts'
import { ItemGrammar } from './items.ts'

export abstract class UseGrammar extends ItemGrammar {
  protected parameter = this.RULE(
    'parameter',
    (): Ast.Member => {
      const start = this.start()
      this.CONSUME(k.parameter)
      const name = this.SUBRULE(this.declaredName)
      const body = this.choose<Ast.ParameterNode['body']>([
        {
          ALT: () => {
            this.CONSUME(symbols['='])
            return { kind: 'value', value: this.SUBRULE(this.rounded) }
          },
        },
        {
          ALT: () => {
            const values: Extract<Ast.ParameterNode['body'], { kind: 'dated' }>['values'][number][] = []
            this.CONSUME(symbols['{'])
            this.MANY(() => values.push(this.SUBRULE(this.datedValue)))
            this.SUBRULE(this.close)
            return { kind: 'dated', values }
          },
        },
      ])
      const clauses = this.SUBRULE(this.sources)
      return { kind: 'parameter', name, body, clauses, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected datedValue = this.RULE(
    'datedValue',
    (): Extract<Ast.ParameterNode['body'], { kind: 'dated' }>['values'][number] => {
      const start = this.start()
      this.CONSUME(k.from)
      const from = this.SUBRULE1(this.dateLiteral)
      const to = this.OPTION(() => {
        this.CONSUME(k.to)
        return this.SUBRULE2(this.dateLiteral)
      })
      this.CONSUME(k.gives)
      const value = this.SUBRULE(this.rounded)
      return { from, to, value, span: this.from(start) }
    },
    {
      recoveryValueFunc: () => {
        const { span } = this.failed()
        return { from: { kind: 'date' as const, value: '', span }, to: undefined, value: { kind: 'error' as const, span }, span }
      },
    },
  )

  protected state = this.RULE(
    'state',
    (): Ast.StateNode | Ast.ErrorNode => {
      const start = this.start()
      const state = this.modifier([
        [k.applies, 'applies'],
        [k.veto, 'veto'],
        [k.clear, 'clear'],
        [k.lapse, 'lapse'],
        [k.bar, 'bar'],
      ] as const)
      const called = this.OPTION(() => this.SUBRULE(this.textLiteral))
      const body = this.choose<Pick<Ast.StateNode, 'condition' | 'each'>>([
        {
          ALT: () => {
            this.CONSUME(k.when)
            return { condition: this.SUBRULE(this.expression), each: undefined }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k.each)
            const list = this.SUBRULE(this.reference)
            this.CONSUME(k.from)
            const from = this.SUBRULE(this.rounded)
            this.CONSUME(k.for)
            const amount = this.SUBRULE(this.number)
            return { condition: undefined, each: { list, from, amount } }
          },
        },
      ])
      const clauses = this.SUBRULE(this.sources)
      return { kind: 'state', state, called, ...body, clauses, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  // ---- scenarios -------------------------------------------------------------------------------------------------------

  protected scenario = this.RULE(
    'scenario',
    (): Ast.Member => {
      const start = this.start()
      const members: Ast.ScenarioMember[] = []
      this.CONSUME(k.scenario)
      const name = this.SUBRULE(this.declaredName)
      const clauses = this.SUBRULE(this.sources)
      this.SUBRULE(this.open)
      this.MANY(() => members.push(this.SUBRULE(this.scenarioMember)))
      this.SUBRULE(this.close)
      return { kind: 'scenario', name, clauses, members, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected scenarioMember = this.RULE(
    'scenarioMember',
    (): Ast.ScenarioMember =>
      this.choose<Ast.ScenarioMember>([
        { ALT: () => this.SUBRULE(this.state) },
        { ALT: () => this.SUBRULE(this.usesTotal) },
        { ALT: () => this.SUBRULE(this.ownDate) },
        { ALT: () => this.SUBRULE(this.quota) },
        { ALT: () => this.SUBRULE(this.secondRound) },
        { ALT: () => this.SUBRULE(this.household) },
        { ALT: () => this.SUBRULE(this.ranking) },
        { ALT: () => this.SUBRULE(this.ties) },
        { ALT: () => this.SUBRULE(this.results) },
        { ALT: () => this.SUBRULE(this.price) },
      ]),
    { recoveryValueFunc: () => this.failed() },
  )

  protected usesTotal = this.RULE(
    'usesTotal',
    (): Ast.ScenarioMember => {
      const start = this.start()
      this.mark(this.CONSUME(k.total), 'total')
      const name = this.SUBRULE(this.usedName)
      const clauses = this.SUBRULE(this.sources)
      return { kind: 'uses-total', name, clauses, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected ownDate = this.RULE(
    'ownDate',
    (): Ast.ScenarioMember => {
      const start = this.start()
      this.CONSUME(k['as-of'])
      const name = this.SUBRULE(this.usedName)
      this.CONSUME(symbols['='])
      const value = this.SUBRULE(this.rounded)
      const clauses = this.SUBRULE(this.sources)
      return { kind: 'own-date', name, value, clauses, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected quota = this.RULE(
    'quota',
    (): Ast.ScenarioMember => {
      const start = this.start()
      this.CONSUME(k.quota)
      const places = this.choose<Pick<Extract<Ast.ScenarioMember, { kind: 'quota' }>, 'amount' | 'by' | 'table'>>([
        {
          ALT: () => {
            this.CONSUME(k.by)
            const by = this.SUBRULE(this.usedName)
            const table = this.OPTION(() => this.SUBRULE(this.quotaTable))
            return { amount: undefined, by, table }
          },
        },
        { ALT: () => ({ amount: this.SUBRULE(this.rounded), by: undefined, table: undefined }) },
      ])
      const clauses = this.SUBRULE(this.sources)
      return { kind: 'quota', ...places, clauses, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected quotaTable = this.RULE(
    'quotaTable',
    (): Ast.QuotaTable => {
      const keys: Ast.Expression[] = []
      const values: Ast.Expression[] = []
      this.CONSUME(symbols['{'])
      this.CONSUME(k.columns)
      this.AT_LEAST_ONE_SEP1({ SEP: symbols[','], DEF: () => keys.push(this.SUBRULE(this.value)) })
      this.CONSUME(k.row)
      this.AT_LEAST_ONE_SEP2({ SEP: symbols[','], DEF: () => values.push(this.SUBRULE(this.rounded)) })
      this.SUBRULE(this.close)
      return { keys, values }
    },
    { recoveryValueFunc: () => ({ keys: [], values: [] }) },
  )

  protected secondRound = this.RULE(
    'secondRound',
    (): Ast.ScenarioMember => {
      const start = this.start()
      this.CONSUME(k['second-round'])
      this.CONSUME(k['places-left'])
      const limit = this.OPTION1(() => {
        this.CONSUME(k.per)
        const by = this.SUBRULE(this.usedName)
        this.CONSUME(k['at-most'])
        const share = this.SUBRULE(this.number)
        const rounding = this.OPTION2(() => this.SUBRULE(this.roundingWord))
        return { by, share, rounding }
      })
      const clauses = this.SUBRULE(this.sources)
      return { kind: 'second-round', limit, clauses, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected household = this.RULE(
    'household',
    (): Ast.ScenarioMember => {
      const start = this.start()
      this.CONSUME(k.household)
      const key = this.SUBRULE1(this.usedName)
      const added = this.choose<Extract<Ast.ScenarioMember, { kind: 'household' }>['added']>([
        { ALT: () => void this.CONSUME(k.higher) },
        {
          ALT: () => {
            const except: Ast.Path[] = []
            this.CONSUME(k['added-to'])
            const to = this.SUBRULE2(this.usedName)
            const order = this.OPTION1(() =>
              this.modifier([
                [k['merge-then-cap'], 'merge-then-cap'],
                [k['cap-then-merge'], 'cap-then-merge'],
              ] as const),
            )
            this.OPTION2(() => {
              this.CONSUME(k.except)
              this.AT_LEAST_ONE_SEP({ SEP: symbols[','], DEF: () => except.push(this.SUBRULE(this.path)) })
            })
            return { to, order, except }
          },
        },
      ])
      const clauses = this.SUBRULE(this.sources)
      return { kind: 'household', key, added, clauses, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected ranking = this.RULE(
    'ranking',
    (): Ast.ScenarioMember => {
      const start = this.start()
      const keys: Ast.RankKeyNode[] = []
      this.CONSUME(k.rank)
      this.AT_LEAST_ONE_SEP({ SEP: symbols[','], DEF: () => keys.push(this.SUBRULE(this.rankKey)) })
      const clauses = this.SUBRULE(this.sources)
      return { kind: 'rank', keys, clauses, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected rankKey = this.RULE(
    'rankKey',
    (): Ast.RankKeyNode => {
      const start = this.start()
      const value = this.SUBRULE(this.rounded)
      const direction = this.OPTION(() => this.SUBRULE(this.direction))
      return { value, direction, span: this.from(start) }
    },
    {
      recoveryValueFunc: (): Ast.RankKeyNode => {
        const failed = this.failed()
        return { value: failed, direction: 'high-to-low', span: failed.span }
      },
    },
  )

  protected direction = this.RULE(
    'direction',
    (): NonNullable<Ast.RankKeyNode['direction']> =>
      this.choose<NonNullable<Ast.RankKeyNode['direction']>>([
        {
          ALT: () =>
            this.modifier([
              [k['high-to-low'], 'high-to-low'],
              [k['low-to-high'], 'low-to-high'],
              [k['early-to-late'], 'early-to-late'],
              [k['late-to-early'], 'late-to-early'],
              [k['yes-leading'], 'yes-leading'],
              [k['no-leading'], 'no-leading'],
            ] as const),
        },
        {
          ALT: () => {
            const order: Ast.Expression[] = []
            this.CONSUME(k.by)
            this.CONSUME(symbols['['])
            this.AT_LEAST_ONE_SEP({ SEP: symbols[','], DEF: () => order.push(this.SUBRULE(this.value)) })
            this.SUBRULE(this.closeBracket)
            return { order }
          },
        },
      ]),
    { recoveryValueFunc: () => 'high-to-low' as const },
  )

  /** 并列 and 末位同分. */
  protected ties = this.RULE(
    'ties',
    (): Ast.ScenarioMember => {
      const start = this.start()
      const choice = this.choose<{ kind: 'equals'; how: 'share' | 'lot' } | { kind: 'cutoff'; how: 'all' | 'none' | 'lot' }>([
        {
          ALT: () => {
            this.CONSUME(k.equals)
            return { kind: 'equals', how: this.SUBRULE(this.equalsWord) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k['at-cutoff'])
            return { kind: 'cutoff', how: this.SUBRULE(this.cutoffWord) }
          },
        },
      ])
      const clauses = this.SUBRULE(this.sources)
      return { ...choice, clauses, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected equalsWord = this.RULE('equalsWord', (): 'share' | 'lot' =>
    this.modifier([
      [k['share-place'], 'share'],
      [k.lot, 'lot'],
    ] as const),
  )

  protected cutoffWord = this.RULE('cutoffWord', (): 'all' | 'none' | 'lot' =>
    this.modifier([
      [k['admit-all'], 'all'],
      [k['admit-none'], 'none'],
      [k.lot, 'lot'],
    ] as const),
  )

  /** 结果 "录取"、"轮候": who gets a place, and who does not. */
  protected results = this.RULE(
    'results',
    (): Ast.ScenarioMember => {
      const start = this.start()
      const names: Ast.TextLiteral[] = []
      this.CONSUME(k.results)
      this.AT_LEAST_ONE_SEP({ SEP: symbols[','], DEF: () => names.push(this.SUBRULE(this.textLiteral)) })
      const clauses = this.SUBRULE(this.sources)
      return { kind: 'results', names, clauses, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  /** 兑换 指标 n分: what the use costs. */
  protected price = this.RULE(
    'price',
    (): Ast.ScenarioMember => {
      const start = this.start()
      this.CONSUME(k.spend)
      const item = this.SUBRULE(this.path)
      const amount = this.SUBRULE(this.number)
      const clauses = this.SUBRULE(this.sources)
      return { kind: 'price', item, amount, clauses, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  // ---- deadlines -------------------------------------------------------------------------------------------------------

  protected deadline = this.RULE(
    'deadline',
    (): Ast.Member => {
      const start = this.start()
      this.CONSUME(k.deadline)
      const name = this.SUBRULE(this.declaredName)
      this.CONSUME(k.from)
      const from = this.SUBRULE(this.usedName)
      const ahead = this.OPTION1(() => this.CONSUME(k.ahead)) !== undefined
      const bound = this.modifier([
        [k['at-most'], 'at-most'],
        [k['at-least'], 'at-least'],
      ] as const)
      const amount = this.SUBRULE1(this.number)
      const extension = this.OPTION2(() => {
        this.CONSUME(k.extendable)
        return this.SUBRULE2(this.number)
      })
      const clauses = this.SUBRULE(this.sources)
      return { kind: 'deadline', name, from, ahead, bound, amount, extension, clauses, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )
}
