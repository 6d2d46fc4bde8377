// A run as text that runs elsewhere: nothing that somebody wrote becomes a part of it.

import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { emit, type Form } from '../../runtime/emit.ts'
import { inFolder } from '../cli/run.ts'
import { policyOf, runOf } from './support.ts'

/** What a name may hold that would end a comment or a text of what is generated. */
const enders = ['\u2028', '\u2029', '\u0085', '*/', "'", '"', '\\', '${', '</script>', '\u202e', '\u0000', '--', ';']

test.each(enders)('a name with %j ends nothing that is generated', (ender) =>
  inFolder(async (folder) => {
    const name = `柳塘${ender}globalThis.taken=true//`
    const policy = policyOf(`事实 「${name}」: 整数 个月 范围 0..600\n指标 「甲${name}」 最高20分 { 每1个月 「${name}」 得0.5分 }\n总分 = 「甲${name}」`)
    const run = runOf({ ...policy, name })
    const text = (form: Form): string => {
      const emitted = emit(run, form, 'zh')
      return emitted.ok ? emitted.text : expect.unreachable(emitted.problem.code)
    }
    const load = async (form: Form) => {
      await writeFile(`${folder}/${form}.mjs`, text(form))
      return import(/* @vite-ignore */ pathToFileURL(`${folder}/${form}.mjs`).href)
    }
    const { outputs, score } = (await load('reading')) as { outputs: string[]; score: (facts: object, out: number[]) => number[] }
    const total = outputs.indexOf('proven total:总分')
    expect(score({ [name]: '7' }, [])[total]).toBe(35)
    await load('person')
    await load('columns')
    expect('taken' in globalThis).toBe(false)
    const sql = text('query')
    const [, column = ''] = /-- {3}f_(\S+) BIGINT/.exec(sql) ?? []
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    await connection.run(`CREATE TABLE applicants AS SELECT 1 AS n, '甲' AS k, CAST(7 AS BIGINT) AS f_${column}, TRUE AS g_${column}`)
    expect(Object.values((await connection.runAndReadAll(sql)).getRowObjectsJson()[0] ?? {})).toContain('35')
  }),
)

test('the form of every fact stands above what reads it', () => {
  const many = Array.from({ length: 33 }, (_, i) => `项${i}`)
  const policy = policyOf(`
    事实 月数: 整数 个月 范围 0..600
    事实 金额: 小数 2位 元 范围 0..9.5
    事实 生日: 日期 范围 1950-01-01..2010-12-31
    事实 有证: 是否
    事实 说明: 文本
    事实 类别: 选项 [东、西]
    事实 证书: 多选 [${many.map((name) => `「${name}」`).join('、')}]
    事实 过失: 是否 缺省 否
    事实 奖: 记录 { 日期: 日期；有奖: 是否；分: 整数 分 范围 0..9 缺省 1 } 缺省 []
    指标 甲 累加 {
      当 生日 > 1980-01-01 得1分   当 月数 > 3个月 得1分   当 金额 > 3元 得1分   当 有证 得1分   当 说明 是 "有" 得1分
      当 类别 是 东 得1分   当 证书 含 「项0」 得1分   当 过失 扣1分   对每条 奖 近5年(审核日) 取首个 { 当 有奖 得 分 }
    }
    总分 = 甲`)
  const about = (form: Form, mark: string): readonly string[] => {
    const emitted = emit(runOf(policy), form, 'zh')
    const lines = emitted.ok ? emitted.text.split('\n') : []
    return lines.flatMap((line) => (line.startsWith(mark) ? [line.slice(mark.length)] : []))
  }
  const [first, second] = [many.slice(0, 31).map((name, i) => `${i} ${name}`), many.slice(31).map((name, i) => `${i} ${name}`)]
  const words = `sum of 2^i of the members: ${first.join(', ')}; under its name with “ 1”: ${second.join(', ')}`
  const list = 'list of at most 1000: { 日期: yyyymmdd as a number, 1900-01-01 to 2199-12-31; 有奖: true or false; 分: whole number, for 0 to 9 }'
  const plain = [
    '月数: whole number, for 0 to 600',
    '金额: whole number of units of 0.01, for 0 to 9.5',
    '生日: yyyymmdd as a number, 1950-01-01 to 2010-12-31',
    '有证: true or false',
    '说明: text',
    '类别: number of the member: 0 东, 1 西',
    `证书: ${words}`,
  ]
  expect(about('person', '// ')).toEqual(expect.arrayContaining([...plain, '过失: true or false; 否 when left out', `奖: ${list}; [] when left out`]))
  expect(about('columns', '// ')).toEqual(
    expect.arrayContaining([...plain, '过失: true or false; always given, false when nothing is said', `奖: ${list}; always given, [] when nothing is said`]),
  )
  expect(about('reading', '// ')).toEqual(
    expect.arrayContaining([
      '月数: whole number, 0 to 600',
      '金额: number of at most 2 decimals, 0 to 9.5',
      '生日: day as 1950-01-01 to 2010-12-31',
      '有证: true or false, 是 or 否',
      '说明: text',
      '类别: one of 东、西',
      `证书: some of ${many.join('、')}, as a list or joined by 、; [] for none`,
      '过失: true or false, 是 or 否; 否 when left out',
      '奖: list of at most 1000: { 日期: day as 1900-01-01 to 2199-12-31; 有奖: true or false, 是 or 否; 分: whole number, 0 to 9, 1 when left out }; [] when left out',
    ]),
  )
  const known = (name: string): string => `  g_${name} BOOLEAN  ${name}: whether it is known`
  const types = ['BIGINT', 'BIGINT', 'BIGINT', 'BOOLEAN', 'VARCHAR', 'BIGINT', 'BIGINT']
  const columns = plain.map((line, i) => [`  f_${line.split(':')[0]} ${types[i]}  ${line}`, ...(i === 6 ? ['  f_证书_1 BIGINT  证书 1'] : [])])
  expect(about('query', '-- ').filter((line) => /^ {2}[fgc]_|^records/.test(line))).toEqual([
    ...columns.flatMap((lines, i) => [...lines, known(plain[i]?.split(':')[0] ?? '')]),
    '  f_过失 BOOLEAN  过失: true or false; always given, false when nothing is said',
    'records_奖: n of the applicant, and  奖',
    '  c_日期 BIGINT  日期: yyyymmdd as a number, 1900-01-01 to 2199-12-31',
    '  c_有奖 BOOLEAN  有奖: true or false',
    '  c_分 BIGINT  分: whole number, for 0 to 9',
  ])
  expect(about('query', '-- ').find((line) => line.startsWith('awaiting'))).toBe(
    'awaiting 0 has bit i for fact i, awaiting 1 for fact 31 + i: 0 月数, 1 金额, 2 生日, 3 有证, 4 说明, 5 类别, 6 证书, 7 过失, 8 奖',
  )
})
