// Texts. Two are the same when their characters are, code point by code point: nothing is folded, so nobody is taken for another.
// Their order is by code point too, as databases order UTF-8 bytes, and not by the halves in which a program may hold 𠮷. What
// cannot be told apart by eye, and what cannot be seen, is known here, so that it can be told.

/** A name as a policy has it: in a policy and in data the same, however its characters are composed (Ⅱ is II, Ａ is A). */
export const plainName = (name: string): string => name.normalize('NFKC')

/** The place of a name among others: of the very name, else of one that is the same however its characters are composed; -1 without one. */
export function placeOf(names: readonly string[], name: string): number {
  const exact = names.indexOf(name)
  return exact >= 0 ? exact : names.findIndex((other) => plainName(other) === plainName(name))
}

/** Nothing in it ends a line or turns the order of what is read, so that it can stand in a comment of what is generated. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\*\//g, '* /')

/** Below zero when `a` comes first. */
export function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i += 1) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}

/** Halves of characters beyond U+FFFF come after all others. */
const rank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)

/** What is drawn alike though it is another letter: dots between the parts of a name, dashes, and capitals of other alphabets. */
const drawnAlike = new Map(
  [
    ['·', '•‧∙⋅・･●'],
    ['-', '‐‑‒–—―−'],
    ['A', 'АΑ'],
    ['B', 'ВΒ'],
    ['C', 'С'],
    ['E', 'ЕΕ'],
    ['H', 'НΗ'],
    ['K', 'КΚ'],
    ['M', 'МΜ'],
    ['O', 'ОΟ'],
    ['P', 'РΡ'],
    ['T', 'ТΤ'],
    ['X', 'ХΧ'],
    ['a', 'а'],
    ['c', 'с'],
    ['e', 'е'],
    ['o', 'оο'],
    ['p', 'р'],
    ['x', 'х'],
    ['y', 'у'],
  ].flatMap(([plain = '', others = '']) => [...others].map((other) => [other, plain] as const)),
)

/** One form for all texts that look alike on a screen: composed or not, wide or narrow, with blanks at the ends or what has no width. */
export const lookOf = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/[^\0-\u007f\u3400-\u9fff]/gu, (char) => drawnAlike.get(char) ?? char)

/** Whether it holds a character that every computer may draw otherwise, as rare Han were before they had a number of their own. */
export const hasPrivateUse = (text: string): boolean => /\p{Co}/u.test(text)

/** Nothing in it is without an ink of its own: for messages about texts that look alike. */
export const visible = (text: string): string =>
  text
    .replace(/^ +| +$/g, (blanks) => '␠'.repeat(blanks.length))
    .replace(/[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]|(?! )\p{Zs}|(?<=^)\p{M}/gu, (char) => {
      const code = char.codePointAt(0) ?? 0
      return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
    })
