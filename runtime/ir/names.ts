// Names that the data of every policy shares.

/** The column of the applicant's key. */
export const keyColumn = '编号'

/** What the total is called that a policy gives no name. */
export const unnamedTotal = '总分'

/** The fields of a period that hold its first and its last day. */
export const periodStart = '起'
export const periodEnd = '止'
