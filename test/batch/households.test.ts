// Households in a ranking: alone is alone, two are ranked together or not at all, and what they chose differently is told; by the
// database as by the interpreter.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { rankFile } from '../../runtime/batch/rank-file.ts'
import { readFacts } from '../../runtime/facts.ts'
import { sharedInHouseholds } from '../../runtime/household-facts.ts'
import { inputOf } from '../../runtime/javascript/inputs.ts'
import { makePlan } from '../../runtime/plan/plan.ts'
import { rank } from '../../runtime/rank/rank.ts'
import { factColumns } from '../../runtime/sql/columns.ts'
import { duckdb } from '../../runtime/sql/dialect.ts'
import { rankScript } from '../../runtime/sql/rank-script.ts'
import { openDuckdb, tables } from '../runtime/engines.ts'
import { policyOf, reviewDay, runOf } from '../runtime/support.ts'

const school = (places = '名额 2', household = '取高', facts = '') =>
  policyOf(`事实 家庭编号: 文本   缺省 编号
  事实 基分: 整数 分   范围 0..100   必填
  事实 主: 是否   缺省 否
  事实 镇: 选项 [东、西]   缺省 东
  事实 领证: 日期   范围 1990-01-01..审核日   缺省 2000-01-01
  ${facts}
  指标 基本 { 得 基分 }
  指标 证 { 当 领证 < 2020-01-01 得0分 }
  指标 镇分 { 当 主 或 镇 是 西 得0分 }
  总分 = 基本 + 证 + 镇分
  应用 入学 { ${places}   同户 家庭编号 ${household}   排序 总分 从高到低   并列 同名次   末位同分 不取 }`)

async function ranked(csv: string, policy = school()) {
  const [scenario] = policy.scenarios
  if (!scenario) throw new Error('no use')
  const folder = await mkdtemp(join(tmpdir(), 'heng-test-'))
  const path = (name: string) => join(folder, name)
  try {
    await writeFile(path('people.csv'), csv)
    const result = await rankFile({
      run: runOf(policy, reviewDay, { scenario: scenario.name, ranks: true }),
      inputs: { people: { path: path('people.csv'), format: 'csv' }, records: new Map() },
      out: { path: path('out.csv'), format: 'csv', byteOrderMark: false },
      rejects: path('rejects.csv'),
      language: 'zh',
      stdout: new Writable(),
      onProgress: undefined,
      explain: undefined,
    })
    if (!result.ok) throw new Error(JSON.stringify(result))
    const table = async (name: string) => parse(await readFile(path(name), 'utf8').catch(() => ''), { columns: true, bom: true }) as Record<string, string>[]
    const rows = await table('out.csv')
    return {
      admitted: rows.filter(({ 结果 }) => 结果 === '入围').map(({ 编号 }) => 编号),
      places: rows.map(({ 编号, 名次 }) => [编号, 名次]),
      remarks: new Map(rows.map(({ 编号, 状态, 说明 }) => [编号, [状态, 说明]])),
      rejects: (await table('rejects.csv')).map(({ 编号, 列, 原因 }) => [编号, 列, 原因]),
      summary: result.summary,
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The same people through the interpreter: whom it places, and whom it rejects. */
function interpreted(csv: string, policy = school()) {
  const people = (parse(csv, { columns: true }) as Record<string, string>[]).map((row) => ({ key: row.编号 ?? '', facts: readFacts(policy, row).facts }))
  const result = rank(runOf(policy, reviewDay, { scenario: '入学', ranks: true }), people)
  if (!result.ok) throw new Error(result.lists.join())
  const { rows, rejected } = result.ranking
  return {
    admitted: rows.filter((row) => row.result === 'admitted').map(({ key }) => key),
    rejected: rejected.map(({ key, problems }) => [key, problems[0]?.code]),
  }
}

test.each([
  ['a stranger wrote the key of somebody alone', '1001,,90\n1002,1001,80\n1003,,70\n', ['1001', '1002']],
  ['two strangers did, who are one household', '1001,,90\n1002,1001,80\n1004,1001,85\n1003,,70\n', ['1001', '1004']],
  ['the key was written by its owner, too', '1001,1001,90\n1002,1001,80\n1003,,70\n', ['1001', '1003']],
  ['nobody gives a household', '1001,,90\n1002,,80\n1003,,70\n', ['1001', '1002']],
  ['a household is named like what stands for one alone', '1001,a1002,90\n1002,,80\n1003,s,70\n', ['1001', '1002']],
])('%s', async (_, people, admitted) => {
  const csv = `编号,家庭编号,基分\n${people}`
  expect((await ranked(csv)).admitted).toEqual(admitted)
  expect(interpreted(csv).admitted).toEqual(admitted)
})

test('a file without the column is of people who are alone', async () => {
  expect((await ranked('编号,基分\n1001,90\n1002,80\n')).admitted).toEqual(['1001', '1002'])
})

const two = (bad: string) => `编号,家庭编号,基分,领证\n甲,H,${bad}\n乙,H,80,\n丙,,70,\n丁,,60,\n`

test.each([
  ['whose row cannot be read', 'x,'],
  ['who lacks what is required', ',2020-01-01'],
  ['whose value is out of range', '101,'],
  ['whose date lies after the day', '90,2025-03-02'],
])('the other of somebody %s is not ranked, and both rows say why', async (_, bad) => {
  const found = await ranked(two(bad))
  expect(found.admitted).toEqual(['丙', '丁'])
  expect(found.rejects.map(([key, column]) => [key, column]).sort()).toEqual([
    ['乙', '家庭编号'],
    ['甲', expect.stringMatching(/基分|领证/)],
  ])
  expect(found.rejects.find(([key]) => key === '乙')?.[2]).toContain('甲')
  expect(found.summary.read).toBe(found.summary.ranked + found.summary.aside + found.summary.rejected)
})

test('the interpreter does not rank the other of somebody who cannot be right', () => {
  expect(interpreted(two('90,2025-03-02'))).toEqual({ admitted: ['丙', '丁'], rejected: expect.arrayContaining([['乙', 'household-incomplete']]) })
})

test('one whose key is written by a rejected stranger is still alone', async () => {
  expect((await ranked('编号,家庭编号,基分\n甲,,90\n乙,甲,x\n丙,,70\n')).admitted).toEqual(['甲', '丙'])
})

test('three of one household are too many, whoever of them is rejected as well', async () => {
  const { admitted, rejects } = await ranked('编号,家庭编号,基分\n甲,H,90\n乙,H,80\n丁,H,70\n丙,,70\n')
  expect(admitted).toEqual(['丙'])
  expect(rejects.map(([key]) => key)).toEqual(['甲', '乙', '丁'])
})

test('a main applicant whose other member is rejected is not ranked', async () => {
  const policy = school('名额 2', '累加至 主 先合后限')
  const { admitted, rejects } = await ranked('编号,家庭编号,基分,主\n甲,H,90,是\n乙,H,x,否\n丙,,70,是\n丁,,60,是\n', policy)
  expect(admitted).toEqual(['丙', '丁'])
  expect(rejects.map(([key]) => key)).toEqual(['甲', '乙'])
})

test('two who name different lists are told; who is ranked decides', async () => {
  const policy = school('名额 按 镇 { 列 东、西   行 1、1 }')
  const csv = '编号,家庭编号,基分,镇\n甲,H,90,东\n乙,H,80,西\n丙,,70,西\n'
  const { summary, admitted } = await ranked(csv, policy)
  expect(admitted.toSorted()).toEqual(['丙', '甲'])
  expect(summary.notices).toMatchObject([{ code: 'lists-differ', column: '镇', value: '甲 东 / 乙 西', data: { count: '1' } }])
  expect((await ranked(csv.replace('乙,H,80,西', '乙,H,80,东'), policy)).summary.notices).toEqual([])
})

// ---- a member who is undecided or out -----------------------------------------------------------------------------------

const asking = (places = '名额 2') =>
  policyOf(`事实 家庭编号: 文本   缺省 编号
  事实 基分: 整数 分   范围 0..100   必填
  事实 子女出生: 日期   范围 1990-01-01..审核日   同户 家庭编号
  事实 在住: 是否
  事实 镇: 选项 [东、西]   同户 家庭编号
  事实 犯罪: 是否   缺省 否
  指标 基本 { 得 基分 }
  指标 镇分 { 当 镇 是 西 得0分 }
  总分 = 基本 + 镇分
  对象 当 在住
  否决 当 犯罪
  应用 入学 {
    对象 当 周岁(子女出生, 审核日) < 18岁
    ${places}
    同户 家庭编号 取高
    排序 总分 从高到低、另一方(总分, 0分) 从高到低
    并列 同名次
    末位同分 不取
  }`)
const head = '编号,家庭编号,基分,子女出生,在住,镇,犯罪\n'
const both = async (people: string, policy = asking()) => {
  const found = await ranked(head + people, policy)
  const rows = parse(head + people, { columns: true }) as Record<string, string>[]
  const shared = sharedInHouseholds(policy, rows)
  const byInterpreter = rank(
    runOf(policy, reviewDay, { scenario: '入学', ranks: true }),
    shared.people.map((row) => ({ key: row.编号 ?? '', facts: readFacts(policy, row).facts })),
  )
  if (!byInterpreter.ok) throw new Error(byInterpreter.lists.join())
  const wrong = new Set(shared.problems.length > 0 ? found.rejects.map(([key]) => key) : [])
  if (wrong.size === 0) expect(byInterpreter.ranking.rows.filter((row) => row.result === 'admitted').map(({ key }) => key)).toEqual(found.admitted)
  return found
}
const others = '丙,,60,2015-01-01,是,东,\n丁,,50,2015-01-01,是,东,\n'

test.each([
  ['the first', '甲,H,90,,是,,\n乙,H,10,2015-01-01,是,东,\n'],
  ['the second', '乙,H,10,2015-01-01,是,东,\n甲,H,90,,是,,\n'],
])('what %s of two leaves empty the other says, and it is told', async (_, two) => {
  const { admitted, summary } = await both(`${two}${others}`)
  expect(admitted).toEqual(['甲', '丙'])
  expect(summary.notices).toMatchObject([
    { code: 'household-filled', column: '子女出生', data: { count: '1' } },
    { code: 'household-filled', column: '镇', data: { count: '1' } },
  ])
})

test('the list that one of two chose is that of both', async () => {
  const { admitted } = await both(`甲,H,90,2015-01-01,是,,\n乙,H,10,2015-01-01,是,西,\n${others}`, asking('名额 按 镇 { 列 东、西   行 1、1 }'))
  expect(admitted).toEqual(['丙', '甲'])
})

test('two different answers of one household are told of both', async () => {
  const { admitted, rejects } = await both(`甲,H,90,2015-01-01,是,东,\n乙,H,10,2016-01-01,是,东,\n${others}`)
  expect(admitted).toEqual(['丙', '丁'])
  expect(rejects.filter(([, column]) => column === '子女出生')).toEqual([
    ['甲', '子女出生', '填的是“2015-01-01”，同户的 乙 填的是“2016-01-01”'],
    ['乙', '子女出生', '填的是“2016-01-01”，同户的 甲 填的是“2015-01-01”'],
  ])
  const rows = parse(`${head}甲,H,90,2015-01-01,是,东,\n乙,H,10,2016-01-01,是,东,\n`, { columns: true }) as Record<string, string>[]
  expect(sharedInHouseholds(asking(), rows).problems).toEqual([
    { code: 'household-differs', column: '子女出生', value: '2015-01-01', data: { other: '2016-01-01', key: '乙' } },
    { code: 'household-differs', column: '子女出生', value: '2016-01-01', data: { other: '2015-01-01', key: '甲' } },
  ])
})

const measured = policyOf(`事实 家庭编号: 文本   缺省 编号
  事实 基分: 整数 分   范围 0..100
  事实 他分: 小数1位 分   范围 0..1000   同户 家庭编号
  指标 基本 { 得 基分 }
  指标 住房 { 当 他分 > 0分 得1分 }
  总分 = 基本 + 住房
  应用 入学 { 名额 9   同户 家庭编号 取高   排序 总分 从高到低   并列 同名次   末位同分 不取 }`)

test.each([
  ['8', '8.0', []],
  ['8.5', '8.5', []],
  ['8', '8.5', ['甲', '乙']],
  // What nobody can read is the fault of who wrote it.
  ['8', '８', ['乙']],
  ['八', '8', ['甲']],
])('%s and %s are compared as values: told of %j', async (mine, other, told) => {
  const text = `编号,家庭编号,基分,他分\n甲,H,9,${mine}\n乙,H,5,${other}\n`
  const { rejects } = await ranked(text, measured)
  expect(rejects.filter(([, column]) => column === '他分').map(([key]) => key)).toEqual(told)
  const shared = sharedInHouseholds(measured, parse(text, { columns: true }))
  const unread = shared.people.flatMap((row) => readFacts(measured, row).problems.map(() => row.编号))
  expect([...new Set([...shared.problems.map(({ value }) => (value === mine ? '甲' : '乙')), ...unread])]).toEqual(told)
})

test.each([
  ['strangers who leave it empty', '甲,,90,,是,东,\n乙,,80,2015-01-01,是,东,\n'],
  ['three of one household', '甲,H,90,,是,东,\n乙,H,80,2015-01-01,是,东,\n戊,H,70,2015-01-01,是,东,\n'],
  ['who leaves it empty alone', '甲,H,90,,是,东,\n乙,G,80,2015-01-01,是,东,\n'],
])('nobody else says it: %s', async (_, people) => {
  expect((await both(people + others)).admitted).not.toContain('甲')
})

test.each([
  ['in a state that is open', '甲,H,90,2015-01-01,是,东,\n乙,H,10,,,,\n'],
  ['the better one', '甲,H,10,2015-01-01,是,东,\n乙,H,90,,,,\n'],
])('as long as one of two is undecided nobody of the household is ranked, and both rows say so: %s', async (_, people) => {
  const { admitted, remarks } = await both(people + others)
  expect(admitted).toEqual(['丙', '丁'])
  expect(remarks.get('甲')).toEqual(['待定', expect.stringContaining('同户另一方待定，这一户暂不排名')])
  expect(remarks.get('乙')).toEqual(['待定', expect.stringContaining('待核实 在住')])
})

test.each([
  ['one fact', '', '', '待核实 在住'],
  ['two', '事实 有房: 是否', '当 有房 得1分', '待核实 在住、有房'],
])('what is not known of %s that may be missing stands beside the place', async (_, fact, row, remark) => {
  const policy = policyOf(`事实 在住: 是否
    ${fact}
    指标 甲 累加 { 得1分   当 在住 得1分 ${row} }
    总分 = 甲
    应用 入学 { 名额 1   排序 总分 从高到低   并列 同名次   末位同分 不取 }`)
  const { remarks } = await ranked(`编号,在住${fact && ',有房'}\n甲,是${fact && ',是'}\n乙,${fact && ','}\n`, policy)
  expect([...remarks]).toEqual([
    ['甲', ['符合条件', '']],
    ['乙', ['符合条件', remark]],
  ])
})

test.each([
  ['vetoed', '乙,H,10,2015-01-01,是,东,是\n', '一票否决'],
  ['not eligible', '乙,H,10,2015-01-01,否,东,\n', '不符合申请条件'],
])('who is %s lets the other compete alone, and both rows say so', async (_, other, state) => {
  const { admitted, remarks } = await both(`甲,H,90,2015-01-01,是,东,\n${other}${others}`)
  expect(admitted).toEqual(['甲', '丙'])
  expect(remarks.get('甲')?.[1]).toContain(`同户 乙（${state}），单独参加`)
  expect(remarks.get('乙')).toEqual([state, expect.stringContaining('同户 甲，单独参加')])
})

test('two who give the key of each other are told, in words of the column that exists', async () => {
  const { admitted, rejects } = await both(`甲,乙,90,2015-01-01,是,东,\n乙,甲,80,2015-01-01,是,东,\n${others}`)
  expect(admitted).toEqual(['丙', '丁'])
  expect(rejects).toEqual([
    ['甲', '家庭编号', '填的是 乙 的编号，乙 填的是这一位的编号'],
    ['乙', '家庭编号', '填的是 甲 的编号，甲 填的是这一位的编号'],
  ])
})

test('who gives the key of somebody that gives none is told: they are no household', async () => {
  const { admitted, summary } = await both(`甲,乙,90,2015-01-01,是,东,\n乙,,80,2015-01-01,是,东,\n${others}`)
  expect(admitted).toEqual(['甲', '乙'])
  expect(summary.notices).toMatchObject([{ code: 'household-one-sided', column: '家庭编号', value: '甲 → 乙' }])
})

// ---- the script of a ranking ---------------------------------------------------------------------------------------------

async function byScript(policy: ReturnType<typeof school>, csv: string, prepare: readonly string[]) {
  const run = runOf(policy, reviewDay, { scenario: '入学', ranks: true })
  const made = makePlan(run)
  if (!made.ok) throw new Error('no plan')
  const script = rankScript(run, made.plan, duckdb, 'zh')
  if (!script.ok) throw new Error(script.reason)
  const people = parse(csv, { columns: true }) as Record<string, string>[]
  const inputs = people.map((row) => inputOf(policy, readFacts(policy, row).facts))
  const connection = await openDuckdb()
  for (const statement of [
    ...tables(
      factColumns(made.plan.facts),
      inputs,
      people.map(({ 编号 = '' }) => 编号),
    ),
    ...prepare,
  ])
    await connection.run(statement)
  for (const statement of script.statements.slice(0, -1)) await connection.run(statement)
  const rows = (await connection.runAndReadAll(script.statements.at(-1) ?? '')).getRowObjectsJson()
  return rows.filter(({ 结果 }) => 结果 === '入围').map(({ 编号 }) => 编号)
}

const three = '编号,家庭编号,基分,镇\n甲,甲,90,东\n乙,乙,80,西\n丙,丙,70,西\n'

test.each(['CREATE TABLE', 'CREATE TEMP TABLE'])('the quotas of the caller are read from what %s made', async (made) => {
  const policy = school('名额 按 镇')
  expect(await byScript(policy, three, [`${made} quotas AS SELECT * FROM (VALUES ('东', 1), ('西', 1)) q(list, places)`])).toEqual(['甲', '乙'])
})

test('quotas that the policy says need no table, and a table of that name stays as it is', async () => {
  expect(await byScript(school('名额 1'), three, [])).toEqual(['甲'])
  expect(await byScript(school('名额 1'), three, ['CREATE TABLE quotas AS SELECT 7 AS other'])).toEqual(['甲'])
})

test('the columns of a fact stay what they are when others are declared', () => {
  const columns = (facts: string) =>
    new Map(
      factColumns(policyOf(`${facts}\n指标 甲 { 得1分 }\n总分 = 甲`).facts).map(({ fact, columns: own, given, records }) => [
        fact.name,
        [
          ...own.map(({ column }) => column),
          given,
          records?.relation,
          ...(records?.fields.flatMap((field) => field.columns.map(({ column }) => column)) ?? []),
        ],
      ]),
    )
  const before = columns('事实 学历: 文本\n事实 B: 整数 范围 0..9\n事实 b: 整数 范围 0..9\n事实 献血: 记录 { 日期: 日期；「毫 升」: 整数 范围 0..9 }')
  const after = columns(
    '事实 新: 是否\n事实 学历: 文本\n事实 其他: 文本\n事实 献血: 记录 { 地: 文本；日期: 日期；「毫 升」: 整数 范围 0..9 }\n事实 B: 整数 范围 0..9\n事实 b: 整数 范围 0..9',
  )
  for (const name of ['学历', 'B', 'b']) expect(after.get(name)).toEqual(before.get(name))
  expect(after.get('献血')).toEqual(expect.arrayContaining(before.get('献血') ?? []))
  const all = [...after.values()].flat().filter((column) => column !== undefined)
  expect(new Set(all.map((column) => column.toLowerCase())).size).toBe(all.length)
  expect(before.get('学历')).toEqual(['f_学历', 'g_学历', undefined])
})

test('the points of the other count where the database has no query for the policy', async () => {
  const policy = policyOf(`事实 家庭编号: 文本   缺省 编号
  事实 活动: 记录 { 申请日期: 日期；分值: 整数 分 范围 0..100 }   缺省 []
  事实 用分: 记录 { 日期: 日期；分值: 整数 分 范围 0..100 }   缺省 []
  指标 服务 最高50分 期限 自 年初(申请日期) 至 年末(申请日期 + 1年) 于 审核日 兑换 用分 扣 分值 { 对每条 活动 得 分值 }
  总分 = 服务
  应用 入学 { 名额 1   同户 家庭编号 取高   排序 总分 + 另一方(总分, 0分) × 50% 从高到低   并列 同名次   末位同分 不取 }`)
  const row = (key: string, household: string, points: number) => `${key},${household},"[{""申请日期"":""2025-01-02"",""分值"":""${points}""}]"\n`
  const csv = (other: number) => `编号,家庭编号,活动\n${row('甲', 'H', 30)}${row('乙', 'H', other)}${row('丙', '', 33)}`
  for (const [other, admitted] of [
    [10, ['甲']],
    [2, ['丙']],
  ] as const) {
    expect((await ranked(csv(other), policy)).admitted).toEqual(admitted)
    expect(interpreted(csv(other), policy).admitted).toEqual(admitted)
  }
})
