// Names that the data of every policy shares.

/** The column of the applicant's key. */
export const keyColumn = '编号'

/** The fields of a period that hold its first and its last day. */
export const periodStart = '起'
export const periodEnd = '止'
