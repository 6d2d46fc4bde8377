// A plan as a JavaScript module that reads an applicant as files are read: values in their written forms, ranges, members, defaults,
// what is required, records. What cannot be read is said, and gives no points. The reader below is held against `readFacts` by test,
// for what is well written and for what is not.

import { parseDate } from '../exact/date.ts'
import { decimal, multiply } from '../exact/number.ts'
import { keyColumn, keyColumnEnglish, periodEnd, periodStart } from '../ir/names.ts'
import type { Fact, FactType } from '../ir/schema.ts'
import type { Output } from '../plan/outputs.ts'
import type { Plan } from '../plan/plan.ts'
import { partsOf } from './inputs.ts'
import { personModule } from './person.ts'
import { comment, literal } from './quote.ts'

/** What the reader has to know of a fact, as plain JSON; bounds in units of the last decimal, as digits. */
function description(fact: Fact) {
  return {
    name: fact.name,
    required: fact.required,
    ...(fact.default === undefined ? {} : { default: fact.default }),
    ...(fact.defaultKey ? { defaultKey: true } : {}),
    ...described(fact.type),
  }
}

type Described = Readonly<Record<string, unknown>>

function described(type: FactType): Described {
  switch (type.kind) {
    case 'number': {
      const units = (bound: string) => String(multiply(decimal(bound), decimal(`1${'0'.repeat(type.places)}`)).numerator)
      return { kind: type.kind, places: type.places, low: units(type.low), high: units(type.high) }
    }
    case 'date':
      return { kind: type.kind, low: parseDate(type.low), high: parseDate(type.high) }
    case 'choice':
    case 'levels':
    case 'choices':
      return { kind: type.kind, members: type.members }
    case 'records':
      return {
        kind: type.kind,
        limit: type.limit,
        periods: type.periods,
        fields: type.fields.map((field) => ({
          name: field.name,
          ...(field.default === undefined ? {} : { default: field.default }),
          ...described(field.type),
        })),
      }
    default:
      return { kind: type.kind }
  }
}

/**
 * The text of a module with `read(facts)` and `score(facts, out)`, which fills `out` in the order of `outputs`. Facts are as a file
 * has them, JSON values or texts; `score` of facts that cannot be read gives rejected 1, and no number for anything else.
 */
export function readingModule(plan: Plan, outputs: readonly Output[]): string {
  const facts = plan.facts.map((fact) => `  ${literal(JSON.stringify(description(fact)))},\n`).join('')
  const bare = personModule(plan, outputs).replace('export function score(', 'function scoreRead(')
  return [
    bare,
    comment('What each fact is, as JSON.'),
    `const described = [\n${facts}].map((text) => withPlaces(JSON.parse(text)))\n`,
    describedText(plan.facts),
    reader(),
  ].join('')
}

/** What is looked up of facts, and what all that are read have the form of: engines are quick with objects of one form. */
function describedText(facts: readonly Fact[]): string {
  const blank = facts
    .flatMap(({ name, type }) => partsOf(name, type))
    .map((name) => `${name === '__proto__' ? `[${literal(name)}]` : literal(name)}: undefined`)
  return `const placesOfFacts = new Map(described.map(({ name }, place) => [name, place]))
const blank = () => ({ ${blank.join(', ')} })

${comment('Members by their place, and bounds as numbers, for facts and for fields.')}function withPlaces(type) {
  if (type.kind === 'number') Object.assign(type, { least: Number(type.low), most: Number(type.high) })
  if (type.members) type.places = new Map(type.members.map((name, place) => [name, place]))
  type.fields?.forEach(withPlaces)
  return type
}
`
}

const reader = (): string => [readText(), wrongText(), writtenText(), recordsText(), valuesText()].join('')

const readText = (): string => `
${comment('Facts as a file has them → the plain values that are scored, and what is wrong: { facts, problems: [{ code, column, value }] }.')}export function read(facts) {
  const problems = []
  const plain = blank()
  const problem = (code, column, value) => {
    problems.push({ code, column, value })
  }
  if (!isRecord(facts)) {
    problem('unreadable-row', '', '')
    return { facts: plain, problems }
  }
  const forms = Array(described.length)
  const others = new Map()
  ${comment('Most give facts in the order of the policy.').trim()}
  let next = 0
  for (const name of Object.keys(facts)) {
    let own = name
    let at = next < described.length && described[next].name === name ? next : placesOfFacts.get(name)
    if (at === undefined && name !== ${literal(keyColumn)}) {
      own = name.normalize('NFKC')
      at = placesOfFacts.get(own)
    }
    if (at !== undefined) next = at + 1
    const form = writtenForm(facts[name])
    if (form === undefined) problem('unreadable-row', own, '')
    else if (at === undefined ? others.has(own) : forms[at] !== undefined) problem('repeated-name', own, own)
    else if (at === undefined) others.set(own, form)
    else forms[at] = form
  }
  const key = others.has(${literal(keyColumn)}) || !others.has(${literal(keyColumnEnglish)}) ? ${literal(keyColumn)} : ${literal(keyColumnEnglish)}
  for (const own of others.keys()) if (own !== key) problem('unknown-column', own, own)
  if (problems.length > 0) return { facts: plain, problems }
  for (let i = 0; i < described.length; i += 1) {
    const fact = described[i]
    const own = forms[i] ?? ''
    const text = own !== '' ? own : fact.defaultKey ? (others.get(key) ?? '') : fact.default
    if (text === undefined || (text === '' && fact.defaultKey)) {
      if (fact.required) problem('required-missing', fact.name, '')
      continue
    }
    const value = fact.kind === 'records' ? readRecords(fact, text) : readValue(fact.name, fact, text)
    if (value instanceof Wrong) problem(value.code, value.column, value.value)
    else put(plain, fact, value)
  }
  return { facts: plain, problems }
}

${comment('Fills out; facts that cannot be read give 1 for rejected, and NaN for everything else: read says what is wrong.')}export function score(facts, out) {
  const { facts: plain, problems } = read(facts)
  if (problems.length === 0) return scoreRead(plain, out)
  for (let i = 0; i < outputs.length; i += 1) out[i] = outputs[i] === 'rejected' ? 1 : NaN
  return out
}
`

const wrongText = (): string => `
class Wrong {
  constructor(code, column, value) {
    this.code = code
    this.column = column
    this.value = value
  }
}

${comment('A number as its source text.')}class NumberText {
  constructor(text) {
    this.text = text
  }
}

const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberText)
`

const writtenText = (): string => `
${comment('No half of a letter, and no sign that stands for bytes that were none.')}const isText = (text) => (text.isWellFormed ? text.isWellFormed() && !text.includes('\\ufffd') : !/\\p{Cs}|\\ufffd/u.test(text))

function writtenScalar(value) {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return isText(value) ? value : undefined
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  return value instanceof NumberText ? value.text : undefined
}

const areTexts = (list) => list.every((member) => typeof member === 'string')
const writtenList = (list) => (list.length === 0 ? '[]' : writtenScalar(list.join('、')))
const writtenField = (value) => (Array.isArray(value) && areTexts(value) ? writtenList(value) : writtenScalar(value))

function writtenForm(value) {
  if (!Array.isArray(value)) return writtenScalar(value)
  if (areTexts(value)) return writtenList(value)
  if (!value.every(isRecord)) return undefined
  const records = value.map((record) => Object.entries(record).map(([name, field]) => [name, writtenField(field)]))
  if (records.some((fields) => fields.some(([, form]) => form === undefined))) return undefined
  return JSON.stringify(records.map((fields) => Object.fromEntries(fields)))
}
`

const recordsText = (): string => `
${comment('A text that names a field twice in one record would be read as the last of them.')}function repeats(text) {
  const open = []
  for (const [token] of text.matchAll(/"(?:[^"\\\\]|\\\\.)*"\\s*:?|[{}]/g)) {
    if (token === '{') open.push(new Set())
    else if (token === '}') open.pop()
    else if (token.endsWith(':')) {
      const name = JSON.parse(token.slice(0, -1))
      if (open.at(-1)?.has(name)) return true
      open.at(-1)?.add(name)
    }
  }
  return false
}

const tellsSource = JSON.parse('1', (_, value, context) => context?.source === '1') === true

${comment('JSON whose numbers keep their source text. An engine that does not tell it reads texts that begin with 1 for numbers, with 0 for texts.')}function parseKeepingNumbers(text) {
  if (tellsSource) return JSON.parse(text, (_, value, context) => (typeof value === 'number' ? new NumberText(context.source) : value))
  JSON.parse(text)
  const marked = text.replace(/"((?:[^"\\\\]|\\\\.)*)"(\\s*:)?|-?\\d[\\d.eE+-]*/g, (token, inside, colon) =>
    inside === undefined ? '"1' + token + '"' : colon === undefined ? '"0' + inside + '"' : token,
  )
  return JSON.parse(marked, (_, value) => (typeof value !== 'string' ? value : value[0] === '1' ? new NumberText(value.slice(1)) : value.slice(1)))
}

function readRecords(fact, text) {
  const wrong = (code, column = fact.name) => new Wrong(code, column, text.slice(0, 80))
  let list
  try {
    list = parseKeepingNumbers(text)
  } catch {
    return wrong('not-records')
  }
  if (!Array.isArray(list) || !list.every(isRecord)) return wrong('not-records')
  if (repeats(text)) return wrong('repeated-name')
  if (list.length > fact.limit) return wrong('too-many-records')
  const records = []
  for (const [i, entry] of list.entries()) {
    const column = fact.name + '[' + (i + 1) + ']'
    const given = Object.create(null)
    for (const [name, value] of Object.entries(entry)) {
      const own = name.normalize('NFKC')
      if (own in given) return wrong('repeated-name', column)
      given[own] = value
    }
    if (Object.keys(given).some((name) => !fact.fields.some((field) => field.name === name))) return wrong('unknown-field', column)
    const record = Object.create(null)
    for (const field of fact.fields) {
      const at = column + '.' + field.name
      const form = writtenField(given[field.name])
      if (form === undefined) return wrong('field-not-text', at)
      const written = form === '' ? field.default : form
      if (written === undefined) return wrong('field-missing', at)
      const value = readValue(at, field, written)
      if (value instanceof Wrong) return value
      put(record, field, value)
    }
    if (fact.periods && record[${literal(periodEnd)}] < record[${literal(periodStart)}]) return wrong('period-reversed', column)
    records.push(record)
  }
  return records
}
`

const valuesText = (): string => `
function placeOf({ members, places }, name) {
  return places.get(name) ?? members.findIndex((other) => other.normalize('NFKC') === name.normalize('NFKC'))
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function readValue(column, type, text) {
  if (type.kind === 'levels' || type.kind === 'choice') {
    const place = type.places.get(text)
    if (place !== undefined) return place
  }
  const wrong = (code) => new Wrong(code, column, text)
  switch (type.kind) {
    case 'date': {
      const parts = /^(\\d{4})-(\\d{2})-(\\d{2})$/.exec(text)
      if (!parts) return wrong('not-a-date')
      const [year, month, day] = parts.slice(1).map(Number)
      const leap = month === 2 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0) ? 1 : 0
      if (month < 1 || month > 12 || day < 1 || day > lengths[month - 1] + leap) return wrong('no-such-day')
      const value = year * 10000 + month * 100 + day
      return value < type.low || value > type.high ? wrong('out-of-range') : value
    }
    case 'number': {
      // Of 15 digits a number is exact.
      if (text.length < 16 && type.places === 0 && /^(0|-?[1-9]\\d*)$/.test(text)) {
        const value = Number(text)
        return value < type.least || value > type.most ? wrong('out-of-range') : value
      }
      if (!/^(?!-0(\\.0+)?$)-?(0|[1-9]\\d*)(\\.\\d+)?$/.test(text)) return wrong('not-a-number')
      const [whole, decimals = ''] = text.split('.')
      if (decimals.length > type.places) return wrong(type.places === 0 ? 'not-whole' : 'too-many-places')
      const digits = whole + decimals.padEnd(type.places, '0')
      if (digits.length < 16) return Number(digits) < type.least || Number(digits) > type.most ? wrong('out-of-range') : Number(digits)
      const units = BigInt(digits)
      return units < BigInt(type.low) || units > BigInt(type.high) ? wrong('out-of-range') : Number(units)
    }
    case 'yesno':
      return text === '是' || text === '否' ? text === '是' : wrong('not-yes-or-no')
    case 'text':
      return text
    case 'choices': {
      const held = text === '[]' ? [] : text.split('、').map((name) => placeOf(type, name))
      if (held.includes(-1)) return wrong('unknown-member')
      return new Set(held).size < held.length ? wrong('repeated-member') : held
    }
    default: {
      const member = placeOf(type, text)
      return member < 0 ? wrong('unknown-member') : member
    }
  }
}

${comment('Several members are bits, 31 to a word.')}function put(to, type, value) {
  if (type.kind !== 'choices') {
    to[type.name] = value
    return
  }
  for (let word = 0; word * 31 < type.members.length; word += 1) {
    to[word === 0 ? type.name : type.name + ' ' + word] = value.reduce((bits, member) => (Math.floor(member / 31) === word ? bits + 2 ** (member % 31) : bits), 0)
  }
}
`
