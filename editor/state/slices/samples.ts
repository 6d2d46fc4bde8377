// The sample people of the open policy, which one is selected, and the result of each.

import { keepSamples, type Sample } from '../kept.ts'
import { defaultDates, type Result, resultsOf } from '../results.ts'
import type { Slice, Studio } from './slice.ts'

export interface SamplesSlice {
  readonly samples: readonly Sample[]
  readonly selected: string
  readonly results: ReadonlyMap<string, Result>
  addSample(copy: boolean): void
  selectSample(id: string): void
  removeSample(): void
  changeSample(change: Partial<Omit<Sample, 'id'>>): void
  /** @param written `''` for not known */
  changeFact(name: string, written: string): void
}

export const selectedSample = ({ samples, selected }: Studio): Sample | undefined => samples.find(({ id }) => id === selected)

export const createSamples: Slice<SamplesSlice> = (set, get) => {
  const setSamples = (samples: readonly Sample[], selected: string) => {
    const { open } = get()
    set({ samples, selected, results: resultsOf(open?.scoring, samples) })
    if (open) keepSamples(open.path, { selected, list: [...samples] })
  }

  return {
    samples: [],
    selected: '',
    results: new Map(),

    addSample(copy) {
      const { samples, open, language } = get()
      const current = selectedSample(get())
      const id = crypto.randomUUID()
      const number = samples.length + 1
      const name = language === 'zh' ? `样本${number}` : `Sample ${number}`
      const dates = current?.dates ?? defaultDates(open?.scoring)
      setSamples([...samples, { id, name, scenario: current?.scenario, dates, facts: copy && current ? current.facts : {} }], id)
    },

    selectSample(id) {
      setSamples(get().samples, id)
    },

    removeSample() {
      const { samples, selected } = get()
      if (samples.length <= 1) return
      const at = samples.findIndex(({ id }) => id === selected)
      const rest = samples.filter(({ id }) => id !== selected)
      setSamples(rest, rest[Math.max(0, at - 1)]?.id ?? '')
    },

    changeSample(change) {
      const { samples, selected } = get()
      setSamples(
        samples.map((sample) => (sample.id === selected ? { ...sample, ...change } : sample)),
        selected,
      )
    },

    changeFact(name, written) {
      const facts = selectedSample(get())?.facts
      get().changeSample({ facts: { ...facts, [name]: written } })
    },
  }
}
