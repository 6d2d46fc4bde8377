// One after the other: what reads a file and then writes it must not be overtaken in between.

const busy = new Map<string, Promise<unknown>>()

/** Does `work` once everything that was asked for this file before is done. */
export function inTurn<T>(file: string, work: () => Promise<T>): Promise<T> {
  const turn = (busy.get(file) ?? Promise.resolve()).then(work)
  const settled = turn
    .catch(() => undefined)
    .then(() => {
      if (busy.get(file) === settled) busy.delete(file)
    })
  busy.set(file, settled)
  return turn
}
