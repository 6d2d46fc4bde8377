// Texts and names from a policy or a file in SQL: quotes are doubled, nothing else means anything in them but the end of a text.

import { oneLine } from '../exact/text.ts'

/** A text as a literal. */
export const quoted = (text: string): string =>
  text
    .split('\0')
    .map((part) => `'${part.replaceAll("'", "''")}'`)
    .join(' || chr(0) || ')

/** A line of comment. */
export const comment = (text: string): string => `-- ${oneLine(text)}\n`

/** The name of a column. */
export const named = (name: string): string => `"${name.replaceAll('"', '""').replaceAll('\0', '␀')}"`
