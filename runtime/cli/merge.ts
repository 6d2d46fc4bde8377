// heng merge: two versions of a policy that grew from one, made one again; git's merge driver for .heng.

import { mergeTexts } from '../../language/merge/merge.ts'
import { lineEndOf, withLineEnds } from '../exact/line-ends.ts'
import { stopCleanly } from '../files/stop.ts'
import { encodeText } from '../files/text.ts'
import { writeWhole } from '../files/whole-file.ts'
import { type Common, type ExitCode, printError, printJson } from './common.ts'
import { CannotRun, readTextFile, reasonOf } from './files.ts'
import { say } from './text.ts'

/** Writes what comes out over `mine`, in the form that this file has; 1 where both changed the same, which stands between marks then. */
export async function mergeCommand(base: string, mine: string, theirs: string, { language, json }: Common): Promise<ExitCode> {
  const w = say[language]
  const [ours, from, other] = await Promise.all([mine, base, theirs].map((path) => readTextFile(path, w.cannotRead)))
  if (!ours || !from || !other) throw new CannotRun(w.noFiles)
  // It would be written as UTF-8, which nobody asked for.
  if (ours.form.encoding === 'gb18030') throw new CannotRun(w.keptGb18030(mine))
  const [a, o, b] = [ours, from, other].map(({ text }) => withLineEnds(text, '\n')) as [string, string, string]
  const { text, conflicts } = mergeTexts(a, o, b, w.mergeSides)
  stopCleanly()
  await writeWhole(mine, encodeText(withLineEnds(text, lineEndOf(ours.text)), ours.form)).catch((error: unknown) => {
    throw new CannotRun(w.cannotWrite(mine, reasonOf(error)))
  })
  if (json) printJson({ file: mine, conflicts })
  else if (conflicts > 0) printError(w.mergeConflicts(mine, conflicts))
  return conflicts > 0 ? 1 : 0
}
