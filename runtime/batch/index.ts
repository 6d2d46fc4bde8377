// What the installed batch offers: a run, and files of applicants → files of scores or of a ranking, by an embedded database.

export { readPolicy } from '../ir/read.ts'
export { describeProblem, type Problem } from '../problems.ts'
export { type Asked, type Run, startRun } from '../run.ts'
export type { Inputs } from './applicants.ts'
export type { Source } from './load.ts'
export type { Target } from './output.ts'
export { type RankJob, type RankJobResult, type RankSummary, rankFile } from './rank-file.ts'
export { type Findings, type Job, type JobResult, type Summary, scoreFile } from './score-file.ts'
export { interruptSessions, type Progress } from './session.ts'
