// The grammar of rows and what stands on them: sources, bounds, awards.

import { modes, recordModes } from '../../runtime/ir/operations.ts'
import type * as Ast from '../ast.ts'
import { HoleAward, keywordTokens as k, symbols } from '../tokens.ts'
import { recordKeywords } from '../words.ts'
import { FactGrammar } from './facts.ts'
import { nothing, tokenSpan } from './reader.ts'

export abstract class RowGrammar extends FactGrammar {
  protected define(into: { readonly definitions: Ast.DefinitionNode[] }, node: Ast.DefinitionNode | Ast.ErrorNode) {
    this.ACTION(() => {
      if (node.kind === 'definition') into.definitions.push(node)
    })
  }

  /** Clauses that a row may have too; a mode there would be taken for the block that follows. */
  protected rowClause = this.RULE(
    'rowClause',
    (): Ast.Clause => {
      const start = this.start()
      return this.choose<Ast.Clause>([
        { ALT: () => this.SUBRULE(this.boundClause) },
        {
          ALT: () => {
            const names: Ast.Name[] = []
            this.CONSUME(k['only-for'])
            this.AT_LEAST_ONE_SEP({ SEP: symbols[','], DEF: () => names.push(this.SUBRULE(this.usedName)) })
            return { kind: 'only-for', names, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k['in-force'])
            const from = this.OPTION1(() => this.SUBRULE1(this.dateLiteral))
            const to = this.OPTION2(() => {
              this.CONSUME(k.to)
              return this.SUBRULE2(this.dateLiteral)
            })
            return { kind: 'in-force', from, to, span: this.from(start) }
          },
        },
        { ALT: () => this.SUBRULE(this.sourceClause) },
      ])
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected boundClause = this.RULE(
    'boundClause',
    (): Ast.Clause => {
      const start = this.start()
      const kind = this.SUBRULE(this.bound)
      const amount = this.SUBRULE(this.rounded)
      return { kind, amount, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected sourceClause = this.RULE(
    'sourceClause',
    (): Ast.SourceClause => {
      const start = this.start()
      return this.choose<Ast.SourceClause>([
        {
          ALT: () => {
            this.CONSUME(k.cites)
            const text = this.SUBRULE1(this.textLiteral)
            return { kind: 'cites', text, span: this.from(start) }
          },
        },
        {
          ALT: () => {
            this.CONSUME(k['audited-by'])
            const text = this.SUBRULE3(this.textLiteral)
            return { kind: 'audited-by', text, span: this.from(start) }
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
    { recoveryValueFunc: () => ({ kind: 'cites' as const, text: { text: '', span: nothing }, span: this.failed().span }) },
  )

  /** Any number of 依据, 责任部门, 待核 and 解释. */
  protected sources = this.RULE(
    'sources',
    (): Ast.SourceClause[] => {
      const clauses: Ast.SourceClause[] = []
      this.MANY(() => clauses.push(this.SUBRULE(this.sourceClause)))
      return clauses
    },
    { recoveryValueFunc: () => [] },
  )

  protected bound = this.RULE('bound', (): 'max' | 'min' =>
    this.modifier([
      [k.max, 'max'],
      [k.min, 'min'],
    ] as const),
  )

  protected mode = this.RULE('mode', (): Ast.Mode => this.modifier(modes.words.map((mode) => [k[mode], mode] as const)))

  protected row = this.RULE(
    'row',
    (): Ast.RowNode => {
      const clauses: Ast.Clause[] = []
      const bare = this.SUBRULE(this.bareRow)
      this.MANY(() => clauses.push(this.SUBRULE(this.rowClause)))
      return this.ACTION(() => ({ ...bare, clauses, span: this.from(bare.span.start) }))
    },
    { recoveryValueFunc: () => this.failedRow() },
  )

  /** A row without clauses: inside 对每条 the clauses belong to the row outside. */
  protected bareRow = this.RULE(
    'bareRow',
    (): Ast.RowNode => {
      const start = this.start()
      const awards: Ast.Award[] = []
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
      this.MANY(() => {
        this.CONSUME(k.plus)
        awards.push(this.SUBRULE2(this.award))
      })
      return { kind: 'row', ...head, awards, clauses: [], span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failedRow() },
  )

  private failedRow(): Ast.RowNode {
    const { span } = this.failed()
    return { kind: 'row', guard: 'always', condition: undefined, awards: [{ kind: 'error', span }], clauses: [], span }
  }

  protected award = this.RULE(
    'award',
    (): Ast.Award =>
      this.choose<Ast.Award>([
        { ALT: () => this.SUBRULE(this.flat) },
        { ALT: () => this.SUBRULE(this.rate) },
        { ALT: () => this.SUBRULE(this.table) },
        { ALT: () => this.SUBRULE(this.each) },
        { ALT: () => this.SUBRULE(this.block) },
        {
          ALT: () => {
            const start = this.start()
            this.CONSUME(HoleAward)
            return { kind: 'error', span: this.from(start) }
          },
        },
      ]),
    { recoveryValueFunc: () => this.failed() },
  )

  protected each = this.RULE(
    'each',
    (): Ast.Award => {
      const start = this.start()
      const takes = this.modifier(recordModes.words.map((word) => [k[recordKeywords[word]], word] as const))
      const list = this.SUBRULE(this.reference)
      const same = this.OPTION(() => this.SUBRULE(this.same))
      const body = this.SUBRULE(this.bareRow)
      return { kind: 'each', takes, list, same, body, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected same = this.RULE(
    'same',
    (): Ast.SameNode => {
      const start = this.start()
      this.CONSUME(k.same)
      const key = this.SUBRULE(this.reference)
      const how = this.OPTION(() =>
        this.choose<NonNullable<Ast.SameNode['how']>>([
          {
            ALT: () => {
              this.CONSUME(k['best-only'])
              return 'highest'
            },
          },
          {
            ALT: () => {
              this.markFormer(this.CONSUME(k.highest), 'best-only')
              return 'highest'
            },
          },
          {
            ALT: () => {
              this.CONSUME(k.max)
              return { cap: this.SUBRULE(this.rounded) }
            },
          },
        ]),
      )
      return { key, how, span: this.from(start) }
    },
    {
      recoveryValueFunc: (): Ast.SameNode => {
        const failed = this.failed()
        return { key: failed, how: 'highest', span: failed.span }
      },
    },
  )

  protected block = this.RULE(
    'block',
    (): Ast.Award => {
      const start = this.start()
      return this.choose<Ast.Award>([
        {
          ALT: () => {
            const clauses: Ast.Clause[] = []
            const said = this.SUBRULE(this.mode)
            const mode = { kind: 'mode' as const, mode: said, span: this.from(start) }
            this.MANY(() => clauses.push(this.SUBRULE(this.rowClause)))
            const inside = this.OPTION(() => this.SUBRULE1(this.braces))
            return this.ACTION(() => ({
              kind: 'block',
              mode,
              clauses,
              definitions: inside?.definitions ?? [],
              rows: inside?.rows,
              span: this.from(start),
            }))
          },
        },
        {
          ALT: () => {
            const inside = this.SUBRULE2(this.braces)
            return this.ACTION(() => ({ kind: 'block', mode: undefined, clauses: [], ...inside, span: this.from(start) }))
          },
        },
      ])
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected braces = this.RULE(
    'braces',
    (): { readonly definitions: readonly Ast.DefinitionNode[]; readonly rows: readonly Ast.RowNode[] } => {
      const definitions: Ast.DefinitionNode[] = []
      const rows: Ast.RowNode[] = []
      this.CONSUME(symbols['{'])
      this.MANY(() =>
        this.OR([{ ALT: () => void rows.push(this.SUBRULE(this.row)) }, { ALT: () => this.define({ definitions }, this.SUBRULE(this.definition)) }]),
      )
      this.CONSUME(symbols['}'])
      return { definitions, rows }
    },
    { recoveryValueFunc: () => ({ definitions: [], rows: [] }) },
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
      const steps = roundedUp && written === 'proportional' ? 'started' : written
      const contradiction = roundedUp && written === 'full' ? tokenSpan(roundedUp) : undefined
      const rest = this.choose<(span: Ast.Name['span']) => Ast.Award>([
        {
          ALT: () => {
            const sign = this.SUBRULE(this.sign)
            const amount = this.SUBRULE(this.rounded)
            return (span) => ({ kind: 'rate', steps, contradiction, sign, per, quantity, amount, span })
          },
        },
        {
          ALT: () => {
            const { how, bands } = this.SUBRULE(this.bands)
            return (span) => ({ kind: 'stepped', steps, contradiction, per, quantity, how, bands, span })
          },
        },
      ])
      return this.ACTION(() => rest(this.from(start)))
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected bands = this.RULE(
    'bands',
    (): { readonly how: 'reached' | 'slices' | undefined; readonly bands: readonly Ast.Band[] } => {
      const bands: Ast.Band[] = []
      const how = this.OPTION(() =>
        this.modifier([
          [k['at-reached-band'], 'reached'],
          [k['by-slices'], 'slices'],
        ] as const),
      )
      this.CONSUME(symbols['{'])
      this.MANY(() => bands.push(this.SUBRULE(this.band)))
      this.CONSUME(symbols['}'])
      return { how, bands }
    },
    { recoveryValueFunc: () => ({ how: 'reached' as const, bands: [] }) },
  )

  protected band = this.RULE(
    'band',
    (): Ast.Band => {
      const start = this.start()
      this.CONSUME(k.in)
      const range = this.SUBRULE(this.range)
      const sign = this.SUBRULE(this.sign)
      const amount = this.SUBRULE(this.rounded)
      return { range, sign, amount, span: this.from(start) }
    },
    {
      recoveryValueFunc: (): Ast.Band => {
        const failed = this.failed()
        return { range: failed, sign: 1, amount: failed, span: failed.span }
      },
    },
  )

  protected table = this.RULE(
    'table',
    (): Ast.Award => {
      const start = this.start()
      const subjects: Ast.Expression[] = []
      const keys: Ast.Expression[] = []
      const rows: Ast.TableRow[] = []
      this.CONSUME(k.table)
      this.AT_LEAST_ONE_SEP1({ SEP: symbols[','], DEF: () => subjects.push(this.SUBRULE(this.primary)) })
      const sign = this.SUBRULE(this.sign)
      this.SUBRULE(this.open)
      this.CONSUME(k.columns)
      this.AT_LEAST_ONE_SEP2({ SEP: symbols[','], DEF: () => keys.push(this.SUBRULE(this.range)) })
      this.AT_LEAST_ONE(() => rows.push(this.SUBRULE(this.tableRow)))
      this.SUBRULE(this.close)
      return { kind: 'table', sign, subjects, keys, rows, span: this.from(start) }
    },
    { recoveryValueFunc: () => this.failed() },
  )

  protected tableRow = this.RULE(
    'tableRow',
    (): Ast.TableRow => {
      this.CONSUME(k.row)
      const first = this.within('inRowKey', true, () => this.SUBRULE1(this.range))
      const keyed = this.OPTION1(() => this.CONSUME(symbols[':'])) !== undefined
      const values: Ast.Expression[] = []
      this.OPTION2({ GATE: () => keyed, DEF: () => values.push(this.SUBRULE2(this.rounded)) })
      this.MANY(() => {
        this.CONSUME(symbols[','])
        values.push(this.SUBRULE3(this.rounded))
      })
      return { key: keyed ? first : undefined, values: keyed ? values : [first, ...values] }
    },
    { recoveryValueFunc: () => ({ key: undefined, values: [] }) },
  )

  protected roundingWord = this.RULE(
    'roundingWord',
    (): Ast.Rounding =>
      this.modifier([
        [k['half-up'], 'half-up'],
        [k.down, 'down'],
        [k.up, 'up'],
      ] as const),
  )
}
