// Compiling, scoring and the language's services, beside the page: what the newest text says is kept, so that questions about it compile
// nothing again.

import type { Compiled } from '../../language/compile.ts'
import { withFound } from '../../language/service/difference.ts'
import { outline } from '../../language/service/outline.ts'
import type { TestCase } from '../../runtime/ir/cases.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import { sampleFileOf } from '../paths.ts'
import { readBeside, readPolicy } from '../state/server.ts'
import { runCases } from './cases.ts'
import { withNewCase } from './new-case.ts'
import type { LanguageWorker, Said, Subject } from './protocol.ts'
import { formOf, resultOf } from './score.ts'
import { type ReadText, textServices } from './services.ts'
import { makeTexts } from './texts.ts'
import { bestKnown, typicalPeople } from './typical.ts'

/** A policy that was opened. */
interface Opened {
  newest: ReadText
  /** The newest version without errors, by which people are scored. */
  scoring: Policy | undefined
  /** Of the file beside it. */
  readonly cases: readonly { readonly path: string; readonly testCase: TestCase }[]
}

const fromServer = async (path: string): Promise<string> => (await (path.endsWith('.heng') ? readPolicy : readBeside)(path)).text

/** @param readText gives a file of the folder, or fails */
export function makeLanguageWorker(readText: (path: string) => Promise<string> = fromServer): LanguageWorker {
  const texts = makeTexts(readText)
  const policies = new Map<string, Opened>()
  const papers = new Map<string, Promise<string>>()

  const read = ({ path, text }: Subject): ReadText => {
    const known = policies.get(path)
    if (known?.newest.text === text) return known.newest
    const next = { path, text, compiled: texts.compile(text, path) }
    // Of what was not opened nothing is kept.
    if (known) keep(known, next)
    return next
  }
  const keep = (opened: Opened, next: ReadText) => {
    opened.newest = next
    opened.scoring = next.compiled.policy ?? opened.scoring
  }
  /** Once all that it takes in is here. */
  const readWhole = async ({ path, text }: Subject): Promise<Compiled> => {
    let compiled = texts.compile(text, path)
    while (await texts.fetchMissing()) compiled = texts.compile(text, path)
    return compiled
  }
  const scoringOf = ({ path }: Subject) => policies.get(path)?.scoring

  return {
    ...textServices(read, async (path) => {
      const text = papers.get(path) ?? readText(path)
      papers.set(path, text)
      text.catch(() => papers.delete(path))
      return text
    }),

    async open({ saved, fileOfCases, language, ...subject }) {
      texts.forget()
      papers.clear()
      const others = fileOfCases && (await readWhole(fileOfCases)).cases
      const cases = others?.map((testCase) => ({ path: fileOfCases?.path ?? '', testCase })) ?? []
      const compiled = await readWhole(subject)
      const older = compiled.policy || saved === subject.text ? undefined : texts.compile(saved, subject.path).policy
      policies.set(subject.path, { newest: { ...subject, compiled }, scoring: compiled.policy ?? older, cases })
      const policy = scoringOf(subject)
      const sample = policy && (await readText(sampleFileOf(subject.path)).catch(() => undefined))
      const chosen = sample ? typicalPeople(policy, sample, language) : []
      const best = bestKnown([...compiled.cases, ...cases.map(({ testCase }) => testCase)])
      return { ...saidOf({ text: subject.text, compiled }, policy), typical: chosen.length > 0 ? chosen : best ? [best] : [] }
    },

    async study(subject, people, explained) {
      let { compiled } = read(subject)
      if (await texts.fetchMissing()) {
        compiled = texts.compile(subject.text, subject.path)
        // A newer text may have come meanwhile.
        const opened = policies.get(subject.path)
        if (opened?.newest.text === subject.text) keep(opened, { ...subject, compiled })
      }
      const policy = scoringOf(subject)
      return {
        ...saidOf({ text: subject.text, compiled }, policy),
        results: new Map(
          people.map((person) => [person.id, policy ? resultOf(policy, person, person.id === explained) : { kind: 'problems' as const, problems: [] }]),
        ),
      }
    },

    async runCases(subject) {
      const { path, compiled } = read(subject)
      const { policy } = compiled
      if (!policy) return undefined
      const own = compiled.cases.map((testCase) => ({ path, testCase }))
      const opened = policies.get(path)
      return runCases(policy, [...own, ...(opened?.cases ?? [])], () => opened?.newest.compiled !== compiled)
    },

    async explainCase(subject, testCase) {
      const policy = scoringOf(subject)
      return policy ? resultOf(policy, testCase, true) : { kind: 'problems', problems: [] }
    },

    async takeFound({ path, text }, title, difference) {
      return withFound(text, title, difference, (tried) => texts.compile(tried, path))
    },

    async newCase(policy, into, person) {
      const own = { text: policy.text, compiled: await readWhole(policy) }
      return withNewCase(own, into.path === policy.path ? own : { text: into.text, compiled: await readWhole(into) }, person)
    },

    async placeOf(of, rule) {
      const scoring = policies.get(of)?.scoring
      const place = scoring?.places[rule]
      const path = place && scoring?.sources[place.source]?.path
      return place && path !== undefined ? { path, span: { start: place.start, end: place.end } } : undefined
    },
  }
}

/** @param policy by which people are scored */
function saidOf({ text, compiled }: Pick<ReadText, 'text' | 'compiled'>, policy: Policy | undefined): Said {
  const { parsed, diagnostics } = compiled
  // A file of cases has no name of its own.
  const name = parsed.tree.name.text || (policy?.name ?? '')
  return {
    reading: { text, name, surface: parsed.surface, diagnostics, outline: outline(compiled) },
    form: policy && formOf(policy),
    stale: compiled.policy === undefined,
  }
}
