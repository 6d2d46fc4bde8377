// The declared name nearest to one that nobody declared, for a suggestion.

/** At most one edit per three characters, two for short names; `undefined` when nothing is near. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > 40) return undefined
  let best: string | undefined
  let least = Math.max(1, Math.floor(name.length / 2)) + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= least) continue
    const distance = edits(name, candidate)
    if (distance < least && distance < Math.max(candidate.length, name.length)) [best, least] = [candidate, distance]
  }
  return best
}

function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
