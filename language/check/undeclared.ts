// A name that nobody declared, as a fact that declares it: its type is guessed from how the name is used, all over the
// policy. What the guess cannot know (a 范围, more members, where the data come from) the author adds.

import type * as Ast from '../ast.ts'
import type { Fix } from '../diagnostics/diagnostic.ts'
import { lineEnd } from '../letters.ts'
import type { ValueSymbol } from '../typed.ts'
import { byForm, type FunctionId, formOf, type KeywordId, type Surface, type TypeId } from '../words.ts'

/** How a name is used: what it must be, and what is told of it there. */
type Use =
  | { readonly type: 'date' | 'yesno' | 'text' | 'periods' }
  | { readonly type: 'number'; readonly unit: string | undefined; readonly places: number }
  | { readonly type: 'choice' | 'levels' | 'choices'; readonly members: readonly string[] }
  | { readonly type: 'records' }

const ofDates: ReadonlySet<FunctionId> = new Set(['age_on', 'full_months', 'days_between', 'year_of', 'year_start', 'year_end'] as const)
const ofLists: ReadonlySet<FunctionId> = new Set(['count', 'total_of', 'greatest', 'least', 'earliest', 'latest', 'any'] as const)
const directions: Readonly<Partial<Record<string, Use>>> = {
  'high-to-low': { type: 'number', unit: undefined, places: 0 },
  'low-to-high': { type: 'number', unit: undefined, places: 0 },
  'early-to-late': { type: 'date' },
  'late-to-early': { type: 'date' },
  'yes-leading': { type: 'yesno' },
  'no-leading': { type: 'yesno' },
}

type Node = { readonly kind?: string } & Readonly<Record<string, unknown>>

/** Told every name and how it is used there, in order of the text. */
type Told = (name: string, use: Use) => void

/** How a name is used, and whether any use of it could do more than harm. */
interface Uses {
  readonly uses: Use[]
  helps: boolean
}

const nameIn = (node: Ast.Expression | undefined): string | undefined =>
  node?.kind === 'reference' && node.path.names.length === 1 ? node.path.names[0]?.text : node?.kind === 'filtered' ? nameIn(node.list) : undefined

function tell(told: Told, node: Ast.Expression | undefined, use: Use | undefined) {
  const name = nameIn(node)
  if (name !== undefined && use) told(name, use)
}

const numberOf = ({ value, unit }: Ast.NumberLiteral): Use => ({ type: 'number', unit: unit?.word, places: value.split('.')[1]?.length ?? 0 })

const memberOf = (node: Ast.Expression): string | undefined => (node.kind === 'text' ? `"${node.text}"` : nameIn(node))

/** What stands on the other side of a sign or word tells what a name is. @param members the type that has such members */
function useBeside(other: Ast.Expression, members: 'choice' | 'levels' | 'choices'): Use | undefined {
  switch (other.kind) {
    case 'number':
      return numberOf(other)
    case 'date':
      return { type: 'date' }
    case 'yesno':
      return { type: 'yesno' }
    case 'sum':
      return other.terms[0] ? useBeside(other.terms[0].value, members) : undefined
    case 'range':
      return other.high ? useBeside(other.high, 'levels') : other.low ? useBeside(other.low, 'levels') : undefined
    case 'text':
      return members === 'levels' ? undefined : { type: 'text' }
    case 'reference':
      return { type: members, members: [memberOf(other)].filter((member) => member !== undefined) }
    case 'list':
      return { type: members, members: other.elements.map(memberOf).filter((member) => member !== undefined) }
    default:
      return undefined
  }
}

/** 当, 且, 或, 非: a name by itself is 是否. */
function condition(told: Told, node: Ast.Expression | undefined) {
  if (node?.kind === 'reference') tell(told, node, { type: 'yesno' })
  else if (node?.kind === 'and' || node?.kind === 'or') for (const operand of node.operands) condition(told, operand)
  else if (node?.kind === 'not') condition(told, node.operand)
  else if (node?.kind === 'parentheses') condition(told, node.inner)
}

function call(told: Told, { function: id, arguments: args }: Extract<Ast.Expression, { kind: 'call' }>) {
  if (id !== undefined && ofDates.has(id)) for (const argument of args) tell(told, argument, { type: 'date' })
  if (id !== undefined && ofLists.has(id)) tell(told, args[0], { type: 'records' })
  if (id === 'months_covered') tell(told, args[0], { type: 'periods' })
}

/** What one node tells of the names that stand right in it. */
const tellings: Readonly<Record<string, (told: Told, node: never) => void>> = {
  row: (told, node: Ast.RowNode) => condition(told, node.condition),
  state: (told, node: Ast.StateNode) => {
    condition(told, node.condition)
    tell(told, node.each?.list, { type: 'records' })
  },
  where: (told, node: Extract<Ast.Filter, { kind: 'where' }>) => condition(told, node.condition),
  compare: (told, node: Extract<Ast.Expression, { kind: 'compare' }>) => {
    tell(told, node.left, useBeside(node.right, node.operator === '=' || node.operator === '!=' ? 'choice' : 'levels'))
    if (node.right.kind === 'reference' && node.left.kind !== 'reference') tell(told, node.right, useBeside(node.left, 'levels'))
  },
  is: (told, node: Extract<Ast.Expression, { kind: 'is' }>) => tell(told, node.left, useBeside(node.right, 'choice')),
  in: (told, node: Extract<Ast.Expression, { kind: 'in' }>) => tell(told, node.left, useBeside(node.right, 'choice')),
  has: (told, node: Extract<Ast.Expression, { kind: 'has' }>) => tell(told, node.left, useBeside(node.right, 'choices')),
  rate: (told, node: Extract<Ast.Award, { kind: 'rate' }>) => tell(told, node.quantity, numberOf(node.per)),
  stepped: (told, node: Extract<Ast.Award, { kind: 'stepped' }>) => tell(told, node.quantity, numberOf(node.per)),
  flat: (told, node: Extract<Ast.Award, { kind: 'flat' }>) => tell(told, node.amount, { type: 'number', unit: byForm.unit.id.get('points')?.zh, places: 0 }),
  each: (told, node: Extract<Ast.Award, { kind: 'each' }>) => tell(told, node.list, { type: 'records' }),
  table: (told, node: Extract<Ast.Award, { kind: 'table' }>) => {
    const list: Ast.Expression = { kind: 'list', elements: node.keys, span: node.span }
    const [first] = node.keys
    tell(told, node.subjects[0], first?.kind === 'reference' || first?.kind === 'text' ? useBeside(list, 'choice') : first && useBeside(first, 'choice'))
  },
  call,
  rank: (told, node: Extract<Ast.ScenarioMember, { kind: 'rank' }>) => {
    for (const { value, direction } of node.keys) tell(told, value, typeof direction === 'string' ? directions[direction] : undefined)
  },
  sum: (told, node: Extract<Ast.Expression, { kind: 'sum' }>) => {
    const number = node.terms.map(({ value }) => value).find((value) => value.kind === 'number')
    for (const { value } of node.terms) tell(told, value, number?.kind === 'number' ? numberOf(number) : undefined)
  },
}

/** @param told of what may help, and of what stands in 扣 or a state and can only harm */
function walk(node: unknown, told: Readonly<Record<'helps' | 'harms', Told>>, here: 'helps' | 'harms') {
  if (Array.isArray(node)) for (const part of node) walk(part, told, here)
  else if (typeof node === 'object' && node !== null) {
    const { kind, state, deducts, sign, awards } = node as Node
    const takes = (award: unknown) => (award as Node).sign === -1
    const harms =
      (kind === 'state' && state !== 'applies') || deducts === true || sign === -1 || (kind === 'row' && (awards as readonly unknown[]).every(takes))
    const place = harms ? 'harms' : here
    if (kind !== undefined && kind !== 'case') tellings[kind]?.(told[place], node as never)
    for (const part of Object.values(node)) walk(part, told, place)
  }
}

/** All uses of each name in the policy. */
export function usesIn(tree: Ast.PolicyNode): ReadonlyMap<string, Uses> {
  const found = new Map<string, Uses>()
  const note =
    (helps: boolean): Told =>
    (name, use) => {
      const known = found.get(name) ?? { uses: [], helps: false }
      known.uses.push(use)
      known.helps ||= helps
      found.set(name, known)
    }
  walk(tree.members, { helps: note(true), harms: note(false) }, 'helps')
  return found
}

/** Whether a value that is declared could stand wherever these uses are. */
export function couldBe(uses: readonly Use[], value: ValueSymbol | undefined): boolean {
  if (value === undefined || value.kind === 'reference-date') return true
  const { type } = value
  return uses.every((use) => {
    switch (use.type) {
      case 'number':
        return type.kind === 'number' && (use.unit === undefined || type.unit === undefined || sameDimension(use.unit, type.unit))
      case 'choice':
      case 'levels':
      case 'choices':
        return 'members' in type && use.members.every((member) => type.members.includes(member))
      case 'records':
      case 'periods':
        return type.kind === 'records'
      default:
        return type.kind === use.type
    }
  })
}

const sameDimension = (word: string, unit: string): boolean => {
  const [a, b] = [byForm.unit.zh.get(word) ?? byForm.unit.en.get(word), byForm.unit.id.get(unit)]
  return a === undefined || b === undefined ? word === unit : a.dimension === b.dimension
}

const typeWord = (id: TypeId, surface: Surface): string => byForm.type.id.get(id)?.[surface] ?? id
const keyword = (id: KeywordId, surface: Surface): string => formOf(id, surface)

function typeText(uses: readonly Use[], surface: Surface): string | undefined {
  // A name that is compared with 是 or 否 and with members: the members tell more.
  const use = uses.find(({ type }) => type === 'levels' || type === 'choices') ?? uses[0]
  if (!use) return undefined
  const comma = surface === 'zh' ? '、' : ', '
  switch (use.type) {
    case 'date':
    case 'yesno':
    case 'text':
    case 'periods':
      return typeWord(use.type, surface)
    case 'number': {
      const numbers = uses.flatMap((other) => (other.type === 'number' ? [other] : []))
      const places = Math.max(...numbers.map((number) => number.places))
      const unit = numbers.map((number) => number.unit).find((word) => word !== undefined)
      const shown = unit === undefined ? '' : ` ${byForm.unit.zh.get(unit)?.[surface] ?? unit}`
      if (places === 0) return `${typeWord('whole', surface)}${shown}`
      const places_ = byForm.unit.id.get('places')?.[surface] ?? ''
      return `${typeWord('decimal', surface)}${surface === 'zh' ? `${places}${places_}` : ` ${places} ${places_}`}${shown}`
    }
    case 'choice':
    case 'levels':
    case 'choices': {
      const members = [...new Set(uses.flatMap((other) => ('members' in other ? other.members : [])))]
      return members.length === 0 ? undefined : `${typeWord(use.type, surface)} [${members.join(comma)}]`
    }
    case 'records': {
      const field = surface === 'zh' ? '日期' : 'date'
      return `${typeWord('records', surface)} { ${field}: ${typeWord('date', surface)} }`
    }
  }
}

/** The edit that declares `name` after the last fact, or at the top of the policy. */
export function declaration(text: string, tree: Ast.PolicyNode, name: string, written: string, used: ReadonlyMap<string, Uses>): Fix | undefined {
  const { uses = [], helps = true } = used.get(name) ?? {}
  const type = typeText(uses, tree.surface)
  if (type === undefined || tree.casesOnly) return undefined
  // What can only harm must say what its absence means: to be asked for it takes nothing for granted.
  const line = `${keyword('fact', tree.surface)} ${written}: ${type}${helps ? '' : ` ${keyword('required', tree.surface)}`}`
  const last = tree.members.findLast(({ kind, span }) => kind === 'fact' && span.end > span.start)
  const open = text.indexOf('{', tree.name.span.end)
  const at = last ? lineEnd(text, last.span.end) : open < 0 ? undefined : open + 1
  if (at === undefined) return undefined
  const begin = last ? text.lastIndexOf('\n', last.span.start) + 1 : 0
  const margin = last ? (/^[ \t\u3000]*/.exec(text.slice(begin, last.span.start))?.[0] ?? '') : '  '
  return { title: 'declare', data: { text: line }, edits: [{ span: { start: at, end: at }, text: `\n${margin}${line}` }] }
}
