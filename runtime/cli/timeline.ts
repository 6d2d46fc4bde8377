// heng timeline: the days of a policy's deadlines by the official calendar, as a table and as a calendar file.

import { firstDate, lastDate, parseDate } from '../exact/date.ts'
import { stopCleanly } from '../files/stop.ts'
import { writeWhole } from '../files/whole-file.ts'
import type { Language } from '../problems.ts'
import { calendarFile } from '../timeline/ics.ts'
import { describeTimelineProblem, printTimeline, ruleText } from '../timeline/print.ts'
import { type DeadlineEntry, type DeadlineRule, startingDays, timeline } from '../timeline/timeline.ts'
import { type Common, type ExitCode, print, printError, printJson } from './common.ts'
import { CannotRun, reasonOf, refuseOutputs } from './files.ts'
import { loadPolicy } from './run.ts'
import { say } from './text.ts'

export interface TimelineOptions extends Common {
  /** Days such as 受理日=2025-03-03, also several with commas. */
  readonly from: readonly string[]
  readonly ics: string | undefined
}

const words = {
  zh: {
    none: '政策里没有时限',
    badDay: (text: string) => `起算日写作 受理日=2025-03-03，而不是“${text}”`,
    unknownDay: (name: string, known: string) => `没有时限自“${name}”起算；起算日有：${known}`,
    dayTwice: (name: string) => `起算日“${name}”给了两次`,
    noEvents: '没有算出日期，没有写日历文件',
    written: (path: string) => `日历写在 ${path}`,
  },
  en: {
    none: 'the policy has no deadlines',
    badDay: (text: string) => `a day to count from reads 受理日=2025-03-03, not “${text}”`,
    unknownDay: (name: string, known: string) => `no deadline counts from “${name}”; they count from ${known}`,
    dayTwice: (name: string) => `the day “${name}” is given twice`,
    noEvents: 'no day is known, so no calendar file is written',
    written: (path: string) => `calendar written to ${path}`,
  },
} as const

export async function timelineCommand(path: string, options: TimelineOptions): Promise<ExitCode> {
  const { ics, json, language } = options
  const policy = await loadPolicy(path, options)
  const rules: readonly DeadlineRule[] = policy.deadlines
  if (rules.length === 0) throw new CannotRun(words[language].none)
  const entries = timeline(rules, readDays(rules, options.from, language))
  const problems = entries.flatMap((entry) => (entry.kind === 'unknown' ? [describeTimelineProblem(entry.problem, language)] : []))
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

/** Each day once, and only days from which something counts. */
function readDays(rules: readonly DeadlineRule[], written: readonly string[], language: Language): ReadonlyMap<string, string> {
  const w = words[language]
  const known = startingDays(rules)
  const days = new Map<string, string>()
  for (const text of written.flatMap((entry) => entry.split(/[,，、]/))) {
    const [, name = '', date = ''] = /^([^=＝]+)[=＝]([^=＝]+)$/.exec(text) ?? []
    const day = parseDate(date)
    if (day === undefined || day < firstDate || day > lastDate) throw new CannotRun(w.badDay(text))
    if (!known.includes(name)) throw new CannotRun(w.unknownDay(name, known.join('、')))
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
    problem: problem ? { ...problem, zh: describeTimelineProblem(problem, 'zh'), en: describeTimelineProblem(problem, 'en') } : null,
  }
}
