// Texts and names from a policy in generated JavaScript: nothing in them ends what they stand in.

import { oneLine } from '../exact/text.ts'
import type { Input } from './inputs.ts'

/** Line ends in comments, and the ends of what a module may be put into: a page, or another text. */
const escaped = (text: string): string =>
  text.replace(/[\u007f-\u009f\u2028\u2029\ufeff<]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A value as a literal. JSON leaves U+2028 and U+2029 as they are, which older engines take for line ends. */
export const literal = (value: Input[string]): string => escaped(JSON.stringify(value))

/** Generated code without what stands in its texts. */
export const withoutTexts = (code: string): string => code.replace(/"(?:[^"\\]|\\.)*"/g, '""')

/** A line of comment. */
export const comment = (text: string): string => `// ${oneLine(text)}\n`
