// Names that the data of every policy shares.

/** The column of the applicant's key. */
export const keyColumn = '编号'

/** What may stand in its place where nothing else is called so. */
export const keyColumnEnglish = 'id'

/**
 * Which of the names that are written is the applicant's key.
 *
 * @param written whether a name is among them
 * @param taken whether something else is called so: a fact, or a field of a record
 */
export const keyAmong = (written: (name: string) => boolean, taken: (name: string) => boolean): string =>
  !written(keyColumn) && written(keyColumnEnglish) && !taken(keyColumnEnglish) ? keyColumnEnglish : keyColumn

/** What the total is called that a policy gives no name. */
export const unnamedTotal = '总分'

/** The fields of a period that hold its first and its last day. */
export const periodStart = '起'
export const periodEnd = '止'
