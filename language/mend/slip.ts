// Whether a word is another with a slip of the pen in it.

/** Whether one letter is wrong, missing, too many, or two have changed places. */
export function isSlipOf(written: string, meant: string): boolean {
  // Of every unknown name all known ones are asked: only what differs is taken apart.
  const short = Math.min(written.length, meant.length)
  if (Math.abs(written.length - meant.length) > 2 || written === meant) return false
  let [front, back] = [0, 0]
  while (front < short && written[front] === meant[front]) front += 1
  while (back < short - front && written.at(-1 - back) === meant.at(-1 - back)) back += 1
  if (written.length - front - back > 4 || meant.length - front - back > 4) return false
  const [left, right] = [written, meant].map((word) => [...word.slice(front, word.length - back)]) as [string[], string[]]
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0])
}
