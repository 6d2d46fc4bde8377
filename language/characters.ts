// What a Chinese keyboard types, read as its ASCII twin one character at a time, so that offsets never move.

const twins = new Map<number, number>()
const pair = (from: string, to: string) => {
  let index = 0
  for (const char of from) {
    twins.set(char.charCodeAt(0), to.charCodeAt(to.length === 1 ? 0 : index))
    index += 1
  }
}
for (let code = 0xff01; code <= 0xff5e; code += 1) twins.set(code, code - 0xfee0)
pair('【】《》〈〉｟｠', '[]<><>()')
pair('×÷−–·', '*/--·')
pair('≤≥≠', '≤≥≠')
pair('。．', '.')
pair('、', ',')
pair('﹐﹑､', ',')

/** The ASCII twin of a full-width character's code, or the code itself. */
export const twin = (code: number): number => (code < 0x80 ? code : (twins.get(code) ?? code))

const isAsciiLetter = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95

const otherLetter = /[\p{L}\p{M}\p{Nl}〇々·]/u

/** A letter of a word: Han (also beyond the basic plane, so a code point), ASCII or any other script's. */
export const isLetter = (codePoint: number): boolean =>
  (codePoint >= 0x4e00 && codePoint <= 0x9fff) ||
  (codePoint >= 0x2e80 && codePoint <= 0x2fdf) ||
  isAsciiLetter(codePoint) ||
  (codePoint > 0x7f && otherLetter.test(String.fromCodePoint(codePoint)))

export const isAsciiNameLetter = isAsciiLetter

export const isDigit = (code: number): boolean => code >= 48 && code <= 57

const invisibles = new Set([0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0xa0, 0x3000, 0x202f])

export const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13 || invisibles.has(code)

/** Blanks that nobody sees and that text pasted from elsewhere brings along; an ideographic space is an honest blank. */
export const isInvisible = (code: number): boolean => invisibles.has(code) && code !== 0x3000

/** Columns that a text takes on a terminal or in a two-cell editor font: Han and full-width forms take two. */
export function displayWidth(text: string): number {
  let width = 0
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    width += code >= 0x1100 && wide.test(char) ? 2 : 1
  }
  return width
}
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u
