// The classes of a feature by the names that they have in its file of styles.

/** @returns what takes names with blanks between them; a name that the feature does not have is one of the whole page */
export const classesOf =
  (css: Readonly<Record<string, string>>) =>
  (names: string): string =>
    names
      .split(' ')
      .map((name) => css[name] ?? name)
      .join(' ')
