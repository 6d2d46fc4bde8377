// Types named things when they are first needed: each once, in order of dependence. What is needed for its own value is a cycle.

import type { Report } from '../diagnostics/diagnostic.ts'
import type { Span } from '../span.ts'

/** Definitions or totals built on one another, in a row. */
const deepestChain = 100

export class Order {
  readonly #report: Report
  /** Keys of what is being typed, the outermost first. */
  readonly #open: string[] = []
  /** How many definitions stand on one another: of each one, and of what the open ones have met so far. */
  readonly #depths = new Map<string, number>()
  readonly #below: number[] = []

  constructor(report: Report) {
    this.#report = report
  }

  /**
   * The symbol of `name` among `done`, typed now if it was not yet; `undefined`, and reported at `span`, inside its own value.
   * @param key tells it from things of other kinds: a letter for the kind, a space, the name
   */
  once<Symbol>(key: string, done: Map<string, Symbol>, name: string, span: Span, type: () => Symbol): Symbol | undefined {
    const known = done.get(name)
    if (known) {
      this.#meet(this.#depths.get(key) ?? 0)
      return known
    }
    const from = this.#open.indexOf(key)
    if (from >= 0) {
      const cycle = [...this.#open.slice(from), key].map((entry) => entry.slice(2))
      this.#report({ code: 'cycle', span, data: { names: cycle.join(' → ') } })
      return undefined
    }
    if (this.#open.length >= deepestChain) {
      this.#tooDeep(span)
      return undefined
    }
    const [symbol, depth] = this.#measured(key, type)
    this.#meet(depth)
    this.#depths.set(key, depth)
    if (depth > deepestChain) this.#tooDeep(span)
    done.set(name, symbol)
    return symbol
  }

  #measured<Symbol>(key: string, type: () => Symbol): readonly [Symbol, number] {
    this.#open.push(key)
    this.#below.push(0)
    const symbol = type()
    this.#open.pop()
    return [symbol, (this.#below.pop() ?? 0) + 1]
  }

  #meet(depth: number) {
    this.#below.push(Math.max(this.#below.pop() ?? 0, depth))
  }

  #tooDeep(span: Span) {
    this.#report({ code: 'nested-too-deep', span, data: { limit: String(deepestChain) } })
  }
}
