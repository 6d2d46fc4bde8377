// How much of a long property is tried: a sample in `npm test`, all of it in `.ci/run`, which sets WHOLE. COUNT and SEED ask for
// another number and another seed.

const isWhole = process.env.WHOLE === '1'

export const times = (sample: number, whole: number): number => Number(process.env.COUNT ?? (isWhole ? whole : sample))

/** One in so many of what can be listed, of all of it where the property runs whole. */
export const oneIn = (sample: number): number => (isWhole ? 1 : sample)

/** @param fixed the seed that decides */
export const seedOr = (fixed: number): number => Number(process.env.SEED ?? fixed)
