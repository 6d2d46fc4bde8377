// Whether a word is another with a slip of the pen in it.

/** Whether one letter is wrong, missing, too many, or two have changed places. */
export function isSlipOf(written: string, meant: string): boolean {
  const [a, b] = [[...written], [...meant]]
  if (Math.abs(a.length - b.length) > 1 || written === meant) return false
  let [front, back] = [0, 0]
  while (front < Math.min(a.length, b.length) && a[front] === b[front]) front += 1
  while (back < Math.min(a.length, b.length) - front && a.at(-1 - back) === b.at(-1 - back)) back += 1
  const [left, right] = [a.slice(front, a.length - back), b.slice(front, b.length - back)]
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0])
}
