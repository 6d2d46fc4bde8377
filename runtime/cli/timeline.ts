// heng timeline: the days of a policy's deadlines by the official calendar, as a table and as a calendar file.

import { stopCleanly } from '../files/stop.ts'
import { writeWhole } from '../files/whole-file.ts'
import { describeProblem, type Language } from '../problems.ts'
import { calendarFile } from '../timeline/ics.ts'
import { printTimeline, ruleText } from '../timeline/print.ts'
import { type DeadlineEntry, type TimelineProblem, timelineOf } from '../timeline/timeline.ts'
import { type Common, type ExitCode, print, printError, printJson } from './common.ts'
import { CannotRun, reasonOf, refuseOutputs } from './files.ts'
import { loadPolicy } from './run.ts'
import { problemText, say } from './text.ts'

export interface TimelineOptions extends Common {
  /** Days such as 受理日=2025-03-03, also several with commas. */
  readonly from: readonly string[]
  readonly ics: string | undefined
}

const words = {
  zh: {
    badDay: (text: string) => `起算日写作 受理日=2025-03-03，而不是“${text}”`,
    dayTwice: (name: string) => `起算日“${name}”给了两次`,
    noEvents: '没有算出日期，没有写日历文件',
    written: (path: string) => `日历写在 ${path}`,
  },
  en: {
    badDay: (text: string) => `a day to count from reads 受理日=2025-03-03, not “${text}”`,
    dayTwice: (name: string) => `the day “${name}” is given twice`,
    noEvents: 'no day is known, so no calendar file is written',
    written: (path: string) => `calendar written to ${path}`,
  },
} as const

export async function timelineCommand(path: string, options: TimelineOptions): Promise<ExitCode> {
  const { ics, json, language } = options
  const policy = await loadPolicy(path, options)
  const found = timelineOf(policy, readDays(options.from, language))
  if (!found.ok) throw new CannotRun(found.problems.map((problem) => problemText(problem, language)).join('\n'))
  const { entries } = found
  const problems = entries.flatMap((entry) => (entry.kind === 'unknown' ? [describeProblem(entry.problem, language)] : []))
  if (json) printJson({ policy: { name: policy.name, number: policy.number ?? null }, deadlines: entries.map(jsonEntry) })
  else {
    print(printTimeline(entries, language))
    for (const { reason, remedy } of problems) printError(language === 'zh' ? `${reason}。${remedy}` : `${reason}. ${remedy}`)
  }
  if (ics !== undefined)
    await writeCalendar(
      policy.sources.map((source) => source.path),
      ics,
      calendarFile(policy.name, entries, language),
      language,
    )
  return problems.length > 0 ? 1 : 0
}

/** Each day once. */
function readDays(written: readonly string[], language: Language): ReadonlyMap<string, string> {
  const w = words[language]
  const days = new Map<string, string>()
  for (const text of written.flatMap((entry) => entry.split(/[,，、]/))) {
    const [, name = '', date = ''] = /^([^=＝]+)[=＝]([^=＝]+)$/.exec(text) ?? []
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new CannotRun(w.badDay(text))
    if (days.has(name)) throw new CannotRun(w.dayTwice(name))
    days.set(name, date)
  }
  return days
}

async function writeCalendar(inputs: readonly string[], path: string, text: string | undefined, language: Language): Promise<void> {
  if (text === undefined) throw new CannotRun(words[language].noEvents)
  refuseOutputs([path], inputs, language)
  stopCleanly()
  await writeWhole(path, text).catch((error: unknown) => {
    throw new CannotRun(say[language].cannotWrite(path, reasonOf(error)))
  })
  printError(words[language].written(path))
}

function jsonEntry(entry: DeadlineEntry) {
  const { kind, rule } = entry
  const dated = entry.kind === 'not-given' ? undefined : entry
  const problem = entry.kind === 'unknown' ? entry.problem : undefined
  return {
    id: rule.id,
    name: rule.name,
    rule: { zh: ruleText(rule, 'zh'), en: ruleText(rule, 'en') },
    from: { name: rule.from, date: dated?.from ?? null },
    status: kind,
    sense: dated?.sense ?? null,
    day: dated?.day ?? null,
    extendedTo: entry.kind === 'counted' ? (entry.extendedTo ?? null) : null,
    cites: rule.cites,
    unsourced: rule.unsourced ?? [],
    problem: problem
      ? { code: problem.code, deadline: rule.name, ...numbered(problem), zh: describeProblem(problem, 'zh'), en: describeProblem(problem, 'en') }
      : null,
  }
}

/** Years are numbers for machines. */
function numbered({ code, data }: TimelineProblem) {
  return code === 'calendar-unknown' ? { date: data.date, year: Number(data.year), first: Number(data.first), last: Number(data.last) } : data
}
