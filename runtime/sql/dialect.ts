// Where SQL dialects differ: whole division, casting, bits, digests, and the calendar that a session needs before the query runs.

export interface Dialect {
  /** Statements that define the calendar functions used below; run once in a session. */
  readonly calendar: readonly string[]
  /** ⌊a ÷ b⌋ of what is not negative, a ÷ b of what divides without rest. */
  divide(a: string, b: string): string
  /** A 64-bit whole number. */
  big(text: string): string
  /** One of so many whole numbers, by its place from 0. */
  entry(of: readonly number[], place: string): string
  joinBits(a: string, b: string): string
  hasBit(word: string, bit: number): string
  countBits(word: string): string
  /** SHA-256 of a text, in small hexadecimal digits. */
  digest(text: string): string
}

const leap = (year: string): string => `((${year} % 4 = 0 AND ${year} % 100 <> 0) OR ${year} % 400 = 0)`

export const duckdb: Dialect = {
  calendar: [
    `CREATE OR REPLACE TEMP MACRO heng_month_length(y, m) AS
  CASE WHEN m = 2 THEN CASE WHEN ${leap('y')} THEN 29 ELSE 28 END WHEN m IN (4, 6, 9, 11) THEN 30 ELSE 31 END`,
    `CREATE OR REPLACE TEMP MACRO heng_month_day(c, d) AS
  (c // 12) * 10000 + (c % 12 + 1) * 100 + LEAST(d, heng_month_length(c // 12, c % 12 + 1))`,
    `CREATE OR REPLACE TEMP MACRO heng_add_months(d, k) AS
  heng_month_day((d // 10000) * 12 + (d // 100) % 100 - 1 + k, d % 100)`,
    `CREATE OR REPLACE TEMP MACRO heng_day_text(d) AS CAST(make_date(d // 10000, (d // 100) % 100, d % 100) AS VARCHAR)`,
    `CREATE OR REPLACE TEMP MACRO heng_from_date(d) AS year(d) * 10000 + month(d) * 100 + day(d)`,
    `CREATE OR REPLACE TEMP MACRO heng_add_days(d, k) AS
  heng_from_date(make_date(d // 10000, (d // 100) % 100, d % 100) + CAST(k AS INTEGER))`,
    `CREATE OR REPLACE TEMP MACRO heng_full_months(a, b) AS
  (b // 10000 - a // 10000) * 12 + (b // 100) % 100 - (a // 100) % 100
  - CASE WHEN a % 100 > b % 100 AND heng_month_length(b // 10000, (b // 100) % 100) > b % 100 THEN 1 ELSE 0 END`,
    `CREATE OR REPLACE TEMP MACRO heng_age(a, b) AS
  b // 10000 - a // 10000
  - CASE WHEN CASE WHEN a % 10000 = 229 AND NOT ${leap('(b // 10000)')} THEN 228 ELSE a % 10000 END > b % 10000 THEN 1 ELSE 0 END`,
  ],
  divide: (a, b) => `(${a} // ${b})`,
  big: (text) => `CAST(${text} AS BIGINT)`,
  entry: (of, place) => `([${of.join(', ')}])[${place} + 1]`,
  joinBits: (a, b) => `(${a} | ${b})`,
  hasBit: (word, bit) => `((${word} & ${2 ** bit}) <> 0)`,
  countBits: (word) => `CAST(bit_count(${word}) AS BIGINT)`,
  digest: (text) => `sha256(${text})`,
}
