// Texts and names from a policy or a file in SQL: quotes are doubled, nothing else means anything in them.

/** A text as a literal. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** The name of a column. */
export const named = (name: string): string => `"${name.replaceAll('"', '""')}"`
