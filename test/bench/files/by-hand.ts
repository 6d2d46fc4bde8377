// node by-hand.ts PEOPLE OUT REJECTS FORMAT: the ranking of the flat scheme as somebody who knows DuckDB and the paper would write it: strict reading, rejects with their
// columns, points in hundredths, places by list. What it writes is the same as what `heng rank` writes, but for the words of reasons.

import { DuckDBInstance } from '@duckdb/node-api'
import { columns } from './people.ts'
import { quotas } from './scheme.ts'

type Format = 'csv' | 'parquet'

const day = 20250301

const members = {
  学历: ['高中及以下', '大专', '本科及以上'],
  桐乡学历: ['高中及以下', '大专', '本科', '硕士', '博士'],
  人才码: ['无', 'E类', 'F类'],
} as const
const yesNo = ['自有住房', '人大代表', '企业中层', '紧缺职业', '见义勇为', '党员先锋作用']
const dates = ['出生日期', '居住登记日期']
/** Decimals and the greatest value. */
const figures: Readonly<Record<string, readonly [number, number]>> = {
  养老保险月数: [0, 720],
  累计居住月数: [0, 1200],
  桐乡养老保险月数: [0, 720],
  职工医保月数: [0, 720],
  公积金缴存月数: [0, 720],
  纳税额: [2, 10_000_000],
  发明专利数: [0, 100],
  其他科技成果数: [0, 100],
  市级表彰: [0, 100],
  县级表彰: [0, 100],
  志愿时长: [1, 10_000],
  献血毫升: [0, 100_000],
  捐款额: [2, 10_000_000],
  行政拘留次数: [0, 100],
  其他处罚次数: [0, 100],
}

/** A value as a whole number, NULL when it is not in its written form; an empty one is -1. */
function reading(column: string): string {
  const text = `"${column}"`
  const read = (): string => {
    if (dates.includes(column)) {
      const asDate = `CASE WHEN regexp_full_match(${text}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN TRY_CAST(${text} AS DATE) END`
      return `CASE WHEN ${asDate} BETWEEN DATE '1900-01-01' AND DATE '2100-12-31' THEN CAST(replace(${text}, '-', '') AS INTEGER) END`
    }
    if (yesNo.includes(column)) return `CASE ${text} WHEN '是' THEN 1 WHEN '否' THEN 0 END`
    if (column in members) return `CASE ${text} ${members[column as keyof typeof members].map((name, i) => `WHEN '${name}' THEN ${i}`).join(' ')} END`
    if (column === '镇街')
      return `CASE ${text} ${Object.keys(quotas)
        .map((name, i) => `WHEN '${name}' THEN ${i}`)
        .join(' ')} END`
    const [places, most] = figures[column] ?? [0, 0]
    const form = places === 0 ? '(0|[1-9][0-9]*)' : `(0|[1-9][0-9]*)([.][0-9]{1,${places}})?`
    const value = `CASE WHEN regexp_full_match(${text}, '${form}') THEN TRY_CAST(TRY_CAST(${text} AS DECIMAL(18, ${places})) * ${10 ** places} AS BIGINT) END`
    return `CASE WHEN ${value} <= ${most * 10 ** places} THEN ${value} END`
  }
  return `CASE WHEN ${text} = '' THEN -1 ELSE ${read()} END`
}

const facts = columns.slice(1)
const leastOf = (column: string, factor: number, most: number) => `LEAST(${most}, GREATEST("${column}", 0) * ${factor})`
const fullOf = (column: string, per: number, factor: number, most: number) => `LEAST(${most}, GREATEST("${column}", 0) // ${per} * ${factor})`
const months = `(${day} // 10000 - "居住登记日期" // 10000) * 12 + ${Math.floor(day / 100) % 100} - "居住登记日期" // 100 % 100 - CASE WHEN "居住登记日期" % 100 > ${day % 100} THEN 1 ELSE 0 END`
const birthday = `CASE WHEN "出生日期" % 10000 = 229 THEN 228 ELSE "出生日期" % 10000 END`

const statements = (from: string, first: number): readonly string[] => [
  `CREATE TEMP TABLE raw AS SELECT * FROM ${from}`,
  `CREATE TEMP TABLE typed AS SELECT rowid + ${first} AS n, 编号, ${facts.map((name) => `${reading(name)} AS "${name}"`).join(', ')} FROM raw`,
  `CREATE TEMP TABLE twice AS SELECT 编号 FROM typed GROUP BY 编号 HAVING COUNT(*) > 1`,
  `CREATE TEMP TABLE rejects AS SELECT n, 编号, CASE WHEN 编号 = '' OR 编号 IN (FROM twice) THEN '编号；' ELSE '' END ||
    concat_ws('；', ${facts.map((name) => `CASE WHEN "${name}" IS NULL THEN '${name}' END`).join(', ')}) AS columns
    FROM typed WHERE 编号 = '' OR 编号 IN (FROM twice) OR ${facts.map((name) => `"${name}" IS NULL`).join(' OR ')}`,
  `CREATE TEMP TABLE scored AS
    WITH ages AS (SELECT *, ${Math.floor(day / 10000)} - "出生日期" // 10000 - CASE WHEN ${birthday} > ${day % 10000} THEN 1 ELSE 0 END AS age
      FROM typed ANTI JOIN rejects USING (n)),
    common AS (SELECT *, LEAST(9000,
        CASE WHEN "出生日期" < 0 THEN 0 WHEN age BETWEEN 55 AND 60 THEN 500 WHEN age < 55 THEN LEAST(2000, 500 + (55 - age) * 100) ELSE 0 END
        + CASE "学历" WHEN 2 THEN 1000 WHEN 1 THEN 800 WHEN 0 THEN 500 ELSE 0 END
        + ${leastOf('养老保险月数', 50, 3000)} + ${leastOf('累计居住月数', 25, 3000)}) AS common FROM ages),
    own AS (SELECT *, LEAST(20000,
        CASE "桐乡学历" WHEN 4 THEN 3000 WHEN 3 THEN 2500 WHEN 2 THEN 2000 WHEN 1 THEN 1000 ELSE 0 END
        + LEAST(2000, CASE WHEN "自有住房" = 1 THEN 1000 ELSE 0 END
          + CASE WHEN "居住登记日期" < 0 THEN 0 ELSE LEAST(1000, GREATEST(${months}, 0) // 12 * 100) END)
        + ${fullOf('桐乡养老保险月数', 12, 200, 3000)} + ${leastOf('公积金缴存月数', 10, 1200)} + ${fullOf('职工医保月数', 12, 100, 1000)}
        + CASE WHEN "人大代表" = 1 THEN 2000 WHEN "企业中层" = 1 THEN 1200 WHEN "紧缺职业" = 1 THEN 1000 ELSE 0 END
        + CASE "人才码" WHEN 1 THEN 2000 WHEN 2 THEN 1000 ELSE 0 END
        + ${fullOf('纳税额', 100_000, 100, 2000)}
        + LEAST(3000, GREATEST("发明专利数", 0) * 1500 + GREATEST("其他科技成果数", 0) * 500)
        + LEAST(3000, GREATEST("市级表彰", 0) * 2000 + GREATEST("县级表彰", 0) * 1000 + CASE WHEN "见义勇为" = 1 THEN 2000 ELSE 0 END)
        + LEAST(2000, ${leastOf('志愿时长', 1, 400)} + GREATEST("献血毫升", 0) // 200 * 200 + ${fullOf('捐款额', 100_000, 100, 1000)})
        + CASE WHEN "党员先锋作用" = 1 THEN 500 ELSE 0 END) AS own FROM common)
    SELECT n, 编号, list.name AS list, list.places, own, NULLIF("居住登记日期", -1) AS since,
      GREATEST(0, common + own - GREATEST("行政拘留次数", 0) * 2000 - GREATEST("其他处罚次数", 0) * 500) AS total
    FROM own JOIN (VALUES ${Object.entries(quotas)
      .map(([name, places], i) => `(${i}, '${name}', ${places})`)
      .join(', ')}) list(code, name, places) ON list.code = "镇街"`,
  `CREATE TEMP TABLE placed AS SELECT *, COUNT(*) OVER (PARTITION BY list, place) AS equals FROM (SELECT *,
    RANK() OVER before AS place, row_number() OVER (PARTITION BY list ORDER BY total DESC, own DESC, since NULLS LAST, 编号) AS i,
    LAG(total) OVER w AS total_before, LAG(own) OVER w AS own_before, LAG(since) OVER w AS since_before
    FROM scored WINDOW before AS (PARTITION BY list ORDER BY total DESC, own DESC, since NULLS LAST),
      w AS (PARTITION BY list ORDER BY total DESC, own DESC, since NULLS LAST, 编号))`,
]

const points = (value: string) =>
  `CAST(${value} // 100 AS VARCHAR) || CASE WHEN ${value} % 100 = 0 THEN '' ELSE '.' || rtrim(lpad(CAST(${value} % 100 AS VARCHAR), 2, '0'), '0') END`

const output: Readonly<Record<Format, (value: string) => string>> = {
  csv: points,
  parquet: (value) => `CAST(${value} / 100 AS DECIMAL(18, 2))`,
}

const ranking = (format: Format): string => `SELECT 编号, list AS 名单, place AS 名次, '符合条件' AS 状态, ${output[format]('total')} AS 总分,
  ${output[format]('total')} AS "排序1 总分", ${output[format]('own')} AS "排序2 个性",
  substr(CAST(since AS VARCHAR), 1, 4) || '-' || substr(CAST(since AS VARCHAR), 5, 2) || '-' || substr(CAST(since AS VARCHAR), 7, 2) AS "排序3 居住登记日期",
  CASE WHEN i = 1 THEN NULL WHEN total_before <> total THEN '总分' WHEN own_before <> own THEN '个性' WHEN since_before IS DISTINCT FROM since THEN '居住登记日期' ELSE '各项相同' END AS 区分项,
  CASE WHEN place <= places THEN '入围' ELSE '未入围' END AS 结果, CASE WHEN place <= places THEN 1 END AS 轮次, NULL AS 说明
  FROM placed ORDER BY list, place, i`

const [people = '', out = '', rejects = '', format = 'csv'] = process.argv.slice(2) as [string?, string?, string?, Format?]
const connection = await (await DuckDBInstance.create(':memory:')).connect()
const names = columns.map((name) => `'${name}': 'VARCHAR'`).join(', ')
const csv = `read_csv('${people}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {${names}}, nullstr = '\u0001')`
for (const statement of format === 'csv' ? statements(csv, 2) : statements(`read_parquet('${people}')`, 1)) await connection.run(statement)
await connection.run(`COPY (SELECT n AS 行, 编号, columns AS 列 FROM rejects ORDER BY n) TO '${rejects}' (FORMAT csv, HEADER)`)
await connection.run(`COPY (${ranking(format)}) TO '${out}' (${format === 'csv' ? 'FORMAT csv, HEADER' : 'FORMAT parquet'})`)
