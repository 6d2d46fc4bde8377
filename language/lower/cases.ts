// The cases of a text → their compiled form.

import type { TestCase } from '../../runtime/ir/cases.ts'
import { positions } from '../span.ts'
import type { TypedTestCase } from '../typed.ts'

/** The cases of a text. */
export function lowerCases(cases: readonly TypedTestCase[], text: string): readonly TestCase[] {
  const position = positions(text)
  return cases.map(({ node, scenario, dates, facts, people, quota, expected }): TestCase => {
    const { span } = node.title
    const { state, until, lowest, highest, awaiting, places, admitted, figures } = expected
    return {
      title: node.title.text,
      ...(scenario === undefined ? {} : { scenario }),
      dates: { ...dates },
      facts: { ...facts },
      ...(people ? { people: people.map((person) => ({ ...person })) } : {}),
      ...(quota === undefined ? {} : { quota: typeof quota === 'number' ? quota : { ...quota } }),
      ...(node.seed ? { seed: node.seed.text } : {}),
      expected: {
        ...(state === undefined ? {} : { state }),
        ...(until === undefined ? {} : { until }),
        ...(lowest === undefined ? {} : { lowest }),
        ...(highest === undefined ? {} : { highest }),
        ...(awaiting === undefined ? {} : { awaiting: [...awaiting] }),
        ...(places === undefined ? {} : { places: { ...places } }),
        ...(admitted === undefined ? {} : { admitted: [...admitted] }),
        figures: { ...figures },
      },
      place: { source: 0, start: span.start, end: span.end, ...position(span.start) },
    }
  })
}
