// Strict reading of applicants' data: one written form per type, and every kind of problem once, with the row, column and value
// where it stands and its reason and remedy in both languages.

import { readFile, writeFile } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { describe, expect, test } from 'vitest'
import { readPersonJson } from '../../runtime/batch/json.ts'
import { type Job, scoreFile } from '../../runtime/batch/score-file.ts'
import { readFacts, type WrittenFacts } from '../../runtime/facts.ts'
import { describeProblem, type Language, type Problem, type ProblemCode, problemCodes } from '../../runtime/problems.ts'
import { startRun } from '../../runtime/run.ts'
import { inFolder } from '../cli/run.ts'
import { policyOf, runOf } from './support.ts'

const policy = policyOf(`
  事实 生日: 日期 范围 1900-01-01..2024-12-31
  事实 月数: 整数 个月 范围 -10..720
  事实 金额: 小数 2位 元 范围 0..100.5
  事实 有证: 是否
  事实 说明: 文本
  事实 类别: 选项 [东、西]
  事实 等第: 等级 [低、中、高]
  事实 证书: 多选 [红、蓝、绿]
  事实 身份: 选项 [本人、代办] 必填
  事实 过失: 是否 缺省 否
  定义 年龄 = 周岁(生日, 审核日)
  指标 甲 累加 {
    当 年龄 > 20岁 得1分   当 月数 > 3个月 得1分   当 金额 > 3元 得1分   当 有证 得1分   当 说明 是 "有" 得1分
    当 类别 是 东 得1分   当 等第 是 高 得1分   当 证书 含 红 得1分   当 身份 是 本人 得1分   当 过失 扣1分
  }
  总分 = 甲
`)

const read = (column: string, value: string) => {
  const { facts, problems } = readFacts(policy, { 身份: '本人', [column]: value })
  return problems.length > 0 ? problems.map(({ code }) => code).join() : facts.has(column) ? 'known' : 'unknown'
}

describe('a written form', () => {
  test.each<[column: string, value: string, outcome: ProblemCode | 'known' | 'unknown']>([
    ['生日', '2004-02-29', 'known'],
    ['生日', '1900-01-01', 'known'],
    ['生日', '2024-12-31', 'known'],
    ['生日', '2025-01-01', 'out-of-range'],
    ['生日', '1899-12-31', 'out-of-range'],
    ['生日', '2023-02-29', 'no-such-day'],
    ['生日', '1900-02-29', 'no-such-day'],
    ['生日', '2000-13-01', 'no-such-day'],
    ['生日', '2000-00-10', 'no-such-day'],
    ['生日', '2000-04-31', 'no-such-day'],
    ['生日', '2000-1-1', 'not-a-date'],
    ['生日', '2000/01/01', 'not-a-date'],
    ['生日', '20000101', 'not-a-date'],
    ['生日', '2000-01-01T00:00', 'not-a-date'],
    ['生日', ' 2000-01-01', 'not-a-date'],
    ['生日', '２０００-０１-０１', 'not-a-date'],
    ['生日', '2000-01-01\n', 'not-a-date'],
    ['月数', '0', 'known'],
    ['月数', '-10', 'known'],
    ['月数', '720', 'known'],
    ['月数', '721', 'out-of-range'],
    ['月数', '-11', 'out-of-range'],
    ['月数', '99999999999999999999999999', 'out-of-range'],
    ['月数', '5.5', 'not-whole'],
    ['月数', '5.0', 'not-whole'],
    ['月数', '5.', 'not-a-number'],
    ['月数', '05', 'not-a-number'],
    ['月数', '+5', 'not-a-number'],
    ['月数', '-0', 'not-a-number'],
    ['月数', '1e2', 'not-a-number'],
    ['月数', '1,000', 'not-a-number'],
    ['月数', '0x1F', 'not-a-number'],
    ['月数', '5 ', 'not-a-number'],
    ['月数', '5个月', 'not-a-number'],
    ['月数', '５', 'not-a-number'],
    ['月数', '五', 'not-a-number'],
    ['月数', 'NaN', 'not-a-number'],
    ['月数', '5\n', 'not-a-number'],
    ['金额', '48.5', 'known'],
    ['金额', '100.50', 'known'],
    ['金额', '0', 'known'],
    ['金额', '100.51', 'out-of-range'],
    ['金额', '1.005', 'too-many-places'],
    ['金额', '.5', 'not-a-number'],
    ['金额', '00.5', 'not-a-number'],
    ['金额', '-0.00', 'not-a-number'],
    ['有证', '是', 'known'],
    ['有证', '否', 'known'],
    ['有证', 'true', 'not-yes-or-no'],
    ['有证', '1', 'not-yes-or-no'],
    ['有证', '有', 'not-yes-or-no'],
    ['说明', ' ', 'known'],
    ['说明', '任何 文字', 'known'],
    ['类别', '东', 'known'],
    ['类别', '北', 'unknown-member'],
    ['类别', '东 ', 'unknown-member'],
    ['类别', '东、西', 'unknown-member'],
    ['等第', '高', 'known'],
    ['等第', '2', 'unknown-member'],
    ['证书', '[]', 'known'],
    ['证书', '红', 'known'],
    ['证书', '绿、红', 'known'],
    ['证书', '红、红', 'repeated-member'],
    ['证书', '红、黄', 'unknown-member'],
    ['证书', '红,蓝', 'unknown-member'],
    ['证书', '红、', 'unknown-member'],
    ['生日', '', 'unknown'],
    ['月数', '', 'unknown'],
    ['证书', '', 'unknown'],
    ['身份', '', 'required-missing'],
    ['过失', '', 'known'],
  ])('of %s: %j is %s', (column, value, outcome) => expect(read(column, value)).toBe(outcome))

  test('of a name that an object has by nature is no fact', () => {
    expect(readFacts(policy, JSON.parse('{"身份":"本人","__proto__":"是","constructor":"是"}')).problems).toEqual([])
  })

  test('says of a zero with a minus sign what to write', () => {
    const [told] = readFacts(policy, { 月数: '-0', 身份: '本人' }).problems
    expect(told && describeProblem(told, 'zh')).toEqual({ reason: '“-0”不是数', remedy: '零没有负号，写 0' })
  })

  test('gives all problems of a row, not only the first', () => {
    const { problems } = readFacts(policy, { 月数: '五', 有证: '有' })
    expect(problems.map(({ code, column, value }) => [code, column, value])).toEqual([
      ['not-a-number', '月数', '五'],
      ['not-yes-or-no', '有证', '有'],
      ['required-missing', '身份', ''],
    ])
  })
})

const columns = ['编号', '生日', '月数', '金额', '有证', '说明', '类别', '等第', '证书', '身份']
const header = columns.join(',')
const rowWith = (column: string, value: string) =>
  columns.map((name) => (name === column ? value : name === '编号' ? '乙' : name === '身份' ? '本人' : '')).join(',')

/** A file in which row 3 has the problem, and what is said of it. */
const inRows: Readonly<Partial<Record<ProblemCode, { row: string; column: string; value: string }>>> = {
  'not-a-date': { row: rowWith('生日', '昨天'), column: '生日', value: '昨天' },
  'no-such-day': { row: rowWith('生日', '2023-02-29'), column: '生日', value: '2023-02-29' },
  'not-a-number': { row: rowWith('月数', '五'), column: '月数', value: '五' },
  'not-whole': { row: rowWith('月数', '5.5'), column: '月数', value: '5.5' },
  'too-many-places': { row: rowWith('金额', '1.005'), column: '金额', value: '1.005' },
  'out-of-range': { row: rowWith('月数', '721'), column: '月数', value: '721' },
  'not-yes-or-no': { row: rowWith('有证', '有'), column: '有证', value: '有' },
  'unknown-member': { row: rowWith('等第', '特高'), column: '等第', value: '特高' },
  'repeated-member': { row: rowWith('证书', '红、红'), column: '证书', value: '红、红' },
  'required-missing': { row: rowWith('身份', ''), column: '身份', value: '' },
  'empty-key': { row: rowWith('编号', ''), column: '编号', value: '' },
  'duplicate-key': { row: rowWith('编号', '甲'), column: '编号', value: '甲' },
  'wrong-field-count': { row: '乙,2000-01-01', column: '', value: '' },
  'not-text': { row: rowWith('说明', '\ufffd'), column: '', value: '' },
  'unreadable-row': { row: rowWith('说明', '"引"号'), column: '', value: '' },
}

const inHeader: Readonly<Partial<Record<ProblemCode, { header: string; column: string }>>> = {
  'missing-column': { header: header.replace(',有证', ',有证书'), column: '有证' },
  'duplicate-column': { header: header.replace(',有证', ',月数'), column: '月数' },
  'other-separator': { header: header.replaceAll(',', ';'), column: '' },
  'not-a-table': { header: '编\u0000号', column: '' },
}

/** What can be wrong with lists, with what is worked out of them, and with what must differ. */
const listPolicy = policyOf(`
  参数 单价 { 自 2020-01-01 为 2分 }
  事实 证号: 文本 唯一
  事实 献血: 记录 { 日期: 日期；毫升: 整数 毫升 范围 0..1000 } 范围 ..2
  事实 参保: 时段 { }
  事实 花费: 记录 { 日期: 日期；分值: 整数 分 范围 0..100 } 缺省 []
  事实 年: 整数 范围 1900..2100
  事实 领证日: 日期
  指标 公益 期限 自 日期 至 日期 + 1年 于 审核日 兑换 花费 扣 分值 { 对每条 献血 得1分 }
  指标 参保 { 每1个月 累计月数(参保) 得1分 }
  指标 出生 { 当 日期(年, 2, 29) < 审核日   得1分 }
  指标 领证 { 当 证号 不是 "无"   得 单价(领证日) }
  总分 = 公益 + 参保 + 出生 + 领证
`)

const listColumns = ['编号', '证号', '献血', '参保', '花费', '年', '领证日']
const sound: Readonly<Record<string, string>> = {
  证号: 'A1',
  献血: '[{"日期":"2024-06-01","毫升":"200"}]',
  参保: '[{"起":"2024-01-01","止":"2024-12-31"}]',
  年: '2000',
  领证日: '2021-01-01',
}
const listRow = (key: string, given: Readonly<Record<string, string>> = {}) =>
  listColumns.map((name) => (name === '编号' ? key : (given[name] ?? (name === '证号' ? key : sound[name]) ?? '')))
const listFile = (...given: readonly (readonly string[])[]) => stringify([listColumns, ...given])

/** A row that has the problem: what is written in it, and where it is reported. */
const inLists: Readonly<Partial<Record<ProblemCode, { given: Readonly<Record<string, string>>; column: string; value: string }>>> = {
  'not-records': { given: { 献血: '400' }, column: '献血', value: '400' },
  'too-many-records': { given: { 献血: '[{},{},{}]' }, column: '献血', value: '[{},{},{}]' },
  'unknown-field': { given: { 献血: '[{"日期":"2024-01-01","毫升":"1","地":"甲"}]' }, column: '献血[1]', value: '地' },
  'field-missing': { given: { 献血: '[{"日期":"2024-01-01"}]' }, column: '献血[1].毫升', value: '' },
  'field-not-text': { given: { 献血: '[{"日期":"2024-01-01","毫升":{"量":"400"}}]' }, column: '献血[1].毫升', value: '{"量":"400"}' },
  'period-reversed': {
    given: { 参保: '[{"起":"2024-02-01","止":"2024-01-01"}]' },
    column: '参保[1]',
    value: '[{"起":"2024-02-01","止":"2024-01-01"}]',
  },
  'no-parameter-value': { given: { 领证日: '2019-12-31' }, column: '领证日', value: '2019-12-31' },
  overspent: { given: { 花费: '[{"日期":"2024-07-01","分值":"3"}]' }, column: '花费', value: '3' },
  'no-such-date': { given: { 年: '2023' }, column: '年', value: '2023-2-29' },
}

const dataOfLists = {
  limit: '50',
  count: '51',
  fields: '日期、毫升',
  start: '2024-02-01',
  end: '2024-01-01',
  parameter: '工资',
  date: '2024-01-01',
  spent: '5',
  balance: '3',
  day: '审核日',
  reason: 'division',
}

/** In run.test.ts and records.test.ts, and with ranking. */
const elsewhere: readonly ProblemCode[] = [
  ...([
    'household-filled',
    'household-crossed',
    'household-one-sided',
    'household-differs',
    'household-too-large',
    'household-incomplete',
    'lists-differ',
    'household-main',
    'after-day',
    'empty-file',
    'cannot-compute',
  ] as const),
  // where deadlines are tested
  ...(['no-deadlines', 'no-such-start', 'calendar-unknown', 'outside-dates', 'extension-ahead'] as const),
  ...(['missing-days', 'unknown-day', 'day-is-set', 'scenario-needed', 'unknown-scenario', 'no-scenarios', 'no-ranking'] as const),
  ...(['seed-needed', 'seed-unseen', 'places-by-list', 'places-not-by-list', 'places-missing'] as const),
  ...(['no-rows', 'no-records', 'record-of-nobody', 'unknown-record-column', 'record-too-long', 'file-changed'] as const),
  ...(['looks-alike', 'more-look-alike', 'private-use'] as const),
  ...(['not-parquet', 'not-workbook', 'too-long-for-workbook', 'digits-lost', 'day-in-doubt', 'formula-failed'] as const),
  ...(['formula-without-value', 'cell-unreadable', 'merged-columns', 'hidden-rows', 'hidden-columns', 'hidden-sheet'] as const),
  ...(['workbook-too-large', 'old-or-locked-workbook', 'column-renamed'] as const),
]

const scoring = (text: string, language: Language, scored = policy, lists: readonly string[] = []) =>
  inFolder(async (folder) => {
    await writeFile(`${folder}/people.csv`, text)
    const job: Job = {
      run: runOf(scored),
      inputs: {
        people: { path: `${folder}/people.csv`, format: 'csv' },
        records: new Map(lists.map((name) => [name, { path: `${folder}/people.csv`, format: 'csv' }])),
      },
      out: { path: `${folder}/out.csv`, format: 'csv', byteOrderMark: false },
      rejects: `${folder}/rejects.csv`,
      language,
      stdout: new Writable(),
      onProgress: undefined,
    }
    const result = await scoreFile(job)
    const rejects: string[][] = result.ok && result.summary.rejected > 0 ? parse(await readFile(`${folder}/rejects.csv`, 'utf8'), { bom: true }) : []
    return { result, rejects }
  })

describe('a problem', () => {
  test('of every code is provoked here, or where runs and ranks are tested', () => {
    const here = [
      ...Object.keys(inRows),
      ...Object.keys(inHeader),
      ...Object.keys(inLists),
      'unknown-column',
      'repeated-name',
      'not-json',
      'not-unique',
      'not-a-list',
      'fact-not-text',
    ]
    expect([...here, ...elsewhere].sort()).toEqual([...problemCodes].sort())
  })

  test('repeated-name names what stands twice in a JSON row, but not what stands once in another object', () => {
    const person = readPersonJson('{"编号":"甲","月数":1,"说明":"\\"月数\\":","月数":2}')
    expect(person).toEqual({ ok: false, problem: { code: 'repeated-name', column: '月数', value: '月数', data: {} } })
    expect(readPersonJson('{"编号":"甲","说明":"{\\"编号\\":1}"}')).toMatchObject({ ok: true })
    expect(readPersonJson('{"编号":"甲","献血":[{"毫升":1},{"毫升":2}]}')).toMatchObject({ ok: true })
    expect(readPersonJson('{"编号":"甲","献血":[{"毫升":1,"毫升":2}]}')).toMatchObject({ ok: false, problem: { code: 'repeated-name', column: '毫升' } })
  })

  test.each([
    ['[1]', ''],
    ['"甲"', ''],
    ['null', ''],
    ['{"编号":"甲","月数":{"数":1}}', '月数'],
  ])('unreadable-row says so of %s', (text, column) => {
    expect(readPersonJson(text)).toMatchObject({
      ok: false,
      problem: { code: 'unreadable-row', column, value: '', data: { reason: expect.stringMatching(/./) } },
    })
  })

  test.each([
    ['{"编号":', { at: '', token: '' }],
    ['{"编号":甲}', { at: '', token: '甲' }],
    ['{"编号":"甲" 1}', { at: '11', token: '' }],
    ['{\n"编号":"甲"\n"月数":1}', { at: '3:1', token: '' }],
    ['', { at: '', token: '' }],
  ])('not-json says where %s stops being JSON', (text, data) => {
    expect(readPersonJson(text)).toEqual({ ok: false, problem: { code: 'not-json', column: '', value: '', data } })
  })

  describe.each(['zh', 'en'] as const)('in %s', (language) => {
    test.each(Object.entries(inRows))('%s is reported with row, column, value, reason and remedy', async (code, { row, column, value }) => {
      const { result, rejects } = await scoring(`${header}\n${rowWith('编号', '甲')}\n${row}\n${rowWith('编号', '丙')}\n`, language)
      if (!result.ok) throw new Error(`the run stopped: ${JSON.stringify(result.problems)}`)
      const rejection = result.summary.rejections.find((candidate) => candidate.row === 3)
      expect(rejection?.problem).toMatchObject({ code, column, value })
      const { reason, remedy } = describeProblem(rejection!.problem, language)
      const key = row.split(',')[0]
      expect(rejects.find(([number]) => number === '3')).toEqual(['3', code === 'unreadable-row' ? expect.any(String) : key, column, value, reason, remedy])
      expect(result.summary.read).toBe(3)
      expect(result.summary.scored).toBe(code === 'duplicate-key' ? 1 : 2)
    })

    test.each(Object.entries(inLists))('%s is reported with row, column, value, reason and remedy', async (code, { given, column, value }) => {
      const { result, rejects } = await scoring(listFile(listRow('甲'), listRow('乙', given), listRow('丙')), language, listPolicy)
      if (!result.ok) throw new Error(`the run stopped: ${JSON.stringify(result.problems)}`)
      expect(result.summary).toMatchObject({ read: 3, scored: 2, rejected: 1, rejections: [{ row: 3, key: '乙', problem: { code, column, value } }] })
      const { reason, remedy } = describeProblem(result.summary.rejections[0]!.problem, language)
      expect(rejects.slice(1)).toEqual([['3', '乙', column, value, reason, remedy]])
    })

    test('not-unique rejects every row that shares the value, and none that leaves it empty', async () => {
      const rows = [listRow('甲', { 证号: 'A1' }), listRow('乙', { 证号: '' }), listRow('丙', { 证号: 'A1' }), listRow('丁', { 证号: '' })]
      const { result, rejects } = await scoring(listFile(...rows), language, listPolicy)
      expect(result).toMatchObject({ ok: true, summary: { read: 4, scored: 2, rejected: 2 } })
      const { reason, remedy } = describeProblem({ code: 'not-unique', column: '证号', value: 'A1', data: { rows: '2、4' } }, language)
      expect(rejects.slice(1)).toEqual([
        ['2', '甲', '证号', 'A1', reason, remedy],
        ['4', '丙', '证号', 'A1', reason, remedy],
      ])
    })

    test('not-a-list stops the run', async () => {
      const { result } = await scoring(listFile(listRow('甲')).replace(',年,', ',「年」,'), language, listPolicy, ['年'])
      expect(result).toEqual({ ok: false, problems: [{ code: 'not-a-list', column: '年', value: '年', data: {} }] })
    })

    test.each(Object.entries(inHeader))('%s stops the run', async (code, { header: bad, column }) => {
      const { result } = await scoring(`${bad}\n${rowWith('编号', '甲')}\n`, language)
      expect(result).toMatchObject({ ok: false, problems: expect.arrayContaining([expect.objectContaining({ code, column })]) })
    })

    test('unknown-column is a notice and stops nothing', async () => {
      const { result } = await scoring(`${header},姓名\n${rowWith('编号', '甲')},某\n`, language)
      expect(result).toMatchObject({ ok: true, summary: { scored: 1, notices: [{ code: 'unknown-column', column: '姓名' }] } })
    })

    test.each(problemCodes.map((code) => [code]))('%s has a reason and a remedy without holes', (code) => {
      const data = {
        low: '0',
        high: '9',
        places: '2',
        members: '甲、乙',
        rows: '2、3',
        most: '9',
        other: '别',
        key: '丁',
        row: '9',
        at: '3:7',
        token: 'A',
        found: '4',
        expected: '5',
        suggestion: 'Y',
        known: '审核日',
        example: '审核日=2025-03-01',
        kind: 'number',
        year: '2027',
        first: '2004',
        last: '2026',
        ...dataOfLists,
      }
      const { reason, remedy } = describeProblem({ code, column: '列', value: '值', data } as Problem, language)
      expect(reason).not.toBe('')
      expect(remedy).not.toBe('')
      expect(reason + remedy).not.toMatch(/undefined|“”/)
      expect(/\p{Script=Han}/u.test((reason + remedy).replaceAll(/[是否甲乙值列]/g, '')) || language === 'en').toBe(true)
    })
  })
})

test('an optional column with a default may be left out of the header', async () => {
  const { result } = await scoring(`${header}\n${rowWith('编号', '甲')}\n`, 'zh')
  expect(header).not.toContain('过失')
  expect(result).toMatchObject({ ok: true, summary: { scored: 1, rejected: 0 } })
})

test('whoever calls without types is told of what is no text, and nothing is thrown', () => {
  const policy = policyOf('事实 月数: 整数 个月   范围 0..600\n事实 献血: 记录 { 日期: 日期 }\n指标 甲 { 每1个月 月数 得1分 }\n总分 = 甲')
  const given = (value: unknown) => readFacts(policy, { 月数: value } as WrittenFacts)
  for (const value of [36, 36n, true, [], { 量: 1 }, Symbol('月'), () => '36']) {
    const [found] = given(value).problems
    expect(found).toEqual({ code: 'fact-not-text', column: '月数', value: '', data: { kind: typeof value } })
    expect(found && describeProblem(found, 'zh').reason).toContain(typeof value)
  }
  expect(given(null)).toEqual(given(''))
  expect(startRun(policy, {})).toMatchObject({ ok: false, problems: [{ code: 'missing-days', value: '审核日' }] })
})
