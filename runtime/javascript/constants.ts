// The numbers that generated code looks up: all of a kind in one array, for an engine reads fastest from few and long ones.

type Kind = 'bytes' | 'whole' | 'wide'
const arrays: Readonly<Record<Kind, { readonly name: string; readonly type: string }>> = {
  bytes: { name: 'e1', type: 'Uint8Array' },
  whole: { name: 'e4', type: 'Int32Array' },
  wide: { name: 'e8', type: 'Float64Array' },
}

const kindOf = (values: readonly number[]): Kind => {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return low >= 0 && high < 2 ** 8 ? 'bytes' : low >= -(2 ** 31) && high < 2 ** 31 ? 'whole' : 'wide'
}

export class Constants {
  readonly #starts = new Map<string, number>()
  readonly #values: Readonly<Record<Kind, number[]>> = { bytes: [], whole: [], wide: [] }
  readonly #steps = new Map<string, string>()

  /** The value at a place among some. */
  entry(values: readonly number[], place: string): string {
    const kind = kindOf(values)
    const all = this.#values[kind]
    const key = `${kind} ${values.join()}`
    const start = this.#starts.get(key) ?? all.length
    if (start === all.length) all.push(...values)
    this.#starts.set(key, start)
    return `${arrays[kind].name}[${place}${start === 0 ? '' : ` + ${start}`}]`
  }

  /** An array that says of each value between two how many of the steps are not above it. */
  steps(low: number, high: number, steps: readonly number[]): string {
    const text = `stepsOf(${low}, ${high}, [${steps.join(', ')}])`
    const name = this.#steps.get(text) ?? `c${this.#steps.size}`
    this.#steps.set(text, name)
    return name
  }

  declared(): string {
    const used = (Object.keys(arrays) as Kind[]).filter((kind) => this.#values[kind].length > 0)
    return [
      ...used.map((kind) => `const ${arrays[kind].name} = ${arrays[kind].type}.from([${this.#values[kind].join(', ')}])\n`),
      ...[...this.#steps].map(([text, name]) => `const ${name} = ${text}\n`),
    ].join('')
  }
}
