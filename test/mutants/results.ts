// What became of each fault: lines of a file that is added to, and the table of them.

import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { areaOf, areas } from './areas.ts'
import { keyOf, reasons } from './choose.ts'

/** `refused` by the type checker; `unreached` by any test. */
export const verdicts = ['refused', 'corpus', 'test', 'hung', 'crashed', 'survived', 'unreached'] as const

export type Verdict = (typeof verdicts)[number]

export interface Result {
  readonly id: string
  /** Of the file that it was put into. */
  readonly digest: string
  readonly file: string
  readonly line: number
  readonly kind: string
  readonly before: string
  readonly after: string
  readonly verdict: Verdict
  /** The test that noticed it. */
  readonly by?: string | undefined
  /** How many files of tests that reach it were left out. */
  readonly left?: number | undefined
  readonly cpu: number
}

/** The last word on each fault. */
export function readResults(path: string): ReadonlyMap<string, Result> {
  if (!existsSync(path)) return new Map()
  const lines = readFileSync(path, 'utf8').split('\n')
  // A run that was ended may have left the last line half written.
  const results = lines.flatMap((line): readonly Result[] => (line.endsWith('}') ? [JSON.parse(line) as Result] : []))
  return new Map(results.map((result) => [result.id, result]))
}

export function addResult(path: string, result: Result): void {
  mkdirSync(dirname(path), { recursive: true })
  const isCut = existsSync(path) && !/^$|\n$/.test(readFileSync(path, 'utf8'))
  appendFileSync(path, `${isCut ? '\n' : ''}${JSON.stringify(result)}\n`)
}

const lives = ({ verdict }: Result): boolean => verdict === 'survived' || verdict === 'unreached'

/** It survived, and nobody says why. */
export const isHole = (result: Result): boolean => lives(result) && !reasons.has(keyOf(result))

/** @returns the table by area, the survivors, and whether one of them is a hole */
export function summary(results: readonly Result[]): { readonly text: string; readonly holes: number } {
  const count = (of: readonly Result[]): readonly (string | number)[] => [
    of.length,
    ...verdicts.map((verdict) => of.filter((result) => result.verdict === verdict).length),
    of.filter(lives).filter((result) => reasons.has(keyOf(result))).length,
    Math.round(of.reduce((sum, { cpu }) => sum + cpu, 0)),
  ]
  const rows = [
    ['area', 'faults', ...verdicts, 'equivalent', 'CPU s'],
    ...areas.map((area) => [area, ...count(results.filter(({ file }) => areaOf(file) === area))]),
    ['all', ...count(results)],
  ].map((row) => row.map((cell, i) => (i === 0 ? String(cell).padEnd(12) : String(cell).padStart(11))).join(''))
  const survivors = results.filter(lives)
  const holes = survivors.filter(isHole)
  const told = survivors.map((result) => {
    const reason = reasons.get(keyOf(result))
    return `\n${reason === undefined ? 'HOLE' : 'equivalent'} ${result.id} ${result.file}:${result.line}${result.verdict === 'unreached' ? ', which no test reaches' : ''}${result.left === undefined ? '' : `, with ${result.left} files of tests not run`}\n  ${result.before}\n→ ${result.after}${reason === undefined ? '' : `\n  ${reason}`}`
  })
  return {
    text: [...rows, ...told, '', `${results.length - survivors.length} noticed, ${survivors.length - holes.length} equivalent, ${holes.length} holes`].join(
      '\n',
    ),
    holes: holes.length,
  }
}
