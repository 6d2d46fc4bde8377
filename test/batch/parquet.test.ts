// A Parquet file has columns with types: each value is read as it would be written, to the last digit.

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, expect, test } from 'vitest'
import { policyOf } from '../runtime/support.ts'
import { scored, summaryOf } from './run.ts'

const folder = await mkdtemp(join(tmpdir(), 'heng-parquet-'))
afterAll(() => rm(folder, { recursive: true }))
const connection = await (await DuckDBInstance.create(':memory:')).connect()

/** A file of one person, with a column of each expression. */
async function fileOf(columns: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const path = join(folder, 'p.parquet')
  const selected = Object.entries({ 编号: "'甲'", ...columns }).map(([name, value]) => `${value} AS "${name}"`)
  await connection.run(`COPY (SELECT ${selected.join(', ')}) TO '${path}' (FORMAT parquet)`)
  return readFile(path)
}

const policy = policyOf(`
  事实 月数: 整数 个月 范围 0..720 缺省 0
  事实 金额: 小数 2位 元 范围 0..1000 缺省 0
  事实 有证: 是否 缺省 否
  事实 生日: 日期 缺省 1990-01-01
  事实 证书: 多选 [红、蓝] 缺省 []
  指标 甲 累加 {
    每1个月 月数 得1分   每1元 金额 得1000分   当 有证 得0.1分   当 生日 = 2000-02-29 得0.2分   当 证书 含 蓝 得0.3分   当 证书 含 红 得0.4分
  }
  总分 = 甲`)

test.each([
  ['月数', "CAST('60' AS VARCHAR)", '60'],
  ['月数', 'CAST(60 AS TINYINT)', '60'],
  ['月数', 'CAST(600 AS DOUBLE)', '600'],
  ['月数', 'CAST(111 AS FLOAT)', '111'],
  ['月数', 'CAST(100 AS DECIMAL(9, 3))', '100'],
  ['金额', 'CAST(7.11 AS DOUBLE)', '7110'],
  ['金额', 'CAST(7.10 AS DECIMAL(8, 4))', '7100'],
  ['金额', 'CAST(110 AS DECIMAL(8, 4))', '110000'],
  ['金额', 'CAST(0.01 AS DECIMAL(18, 2))', '10'],
  ['有证', 'true', '0.1'],
  ['有证', 'false', '0'],
  ['有证', 'CAST(NULL AS BOOLEAN)', '0'],
  ['生日', "DATE '2000-02-29'", '0.2'],
  ['生日', "TIMESTAMP '2000-02-29 00:00:00'", '0.2'],
  ['证书', "['蓝']", '0.3'],
  ['证书', "['红', '蓝']", '0.7'],
  ['证书', 'CAST([] AS VARCHAR[])', '0'],
])('%s as %s', async (name, value, total) => {
  expect((await scored(policy, ['p.parquet', await fileOf({ [name]: value })])).totals).toEqual([['甲', total]])
})

test.each([
  ['月数', 'CAST(6.5 AS DOUBLE)', 'not-whole', '6.5'],
  ['金额', 'CAST(7.111 AS DECIMAL(8, 4))', 'too-many-places', '7.111'],
  ['生日', "TIMESTAMP '2000-02-29 00:00:01'", 'not-a-date', '2000-02-29 00:00:01'],
  ['生日', "TIMESTAMPTZ '2000-02-29 00:00:00+00'", 'not-a-date', expect.stringMatching(/^2000-02-2\d .*[+-]\d\d/)],
])('%s as %s is refused: %s', async (name, value, code, written) => {
  const run = await scored(policy, ['p.parquet', await fileOf({ [name]: value })])
  expect(summaryOf(run).rejections).toMatchObject([{ problem: { code, column: name, value: written } }])
})
